import RecordPath

/// Redacts names of containers and services before they become labels: the same engine and policy as for lines.
final class NameRedactor: Sendable {
    private let redactor: Locked<LineRedactor>

    init(_ configuration: AgentConfiguration) {
        let policy = configuration.redact.policy
        redactor = Locked(LineRedactor(lexicon: FieldLexicon(names: [], policy: policy), policy: policy))
    }

    /// The name, or what may be shown of it.
    @Sendable func redact(_ name: String) -> String {
        redactor.withLock { redactor in
            var text = Arena(capacity: name.utf8.count)
            var safe = Arena(capacity: name.utf8.count + 64)
            text.append(name)
            switch redactor.redact(UnsafePointer(text.base), text.count, into: &safe) {
            case .clean, .edited: return String(decoding: safe.bytes, as: UTF8.self)
            case .dropped, .withheld: return "[REDACTED]"
            }
        }
    }
}
