import RecordPath

/// Lines through kernel, parser and engine, as `martlet redact` sends them.
struct FilterProbe: ~Copyable {
    private var redactor: LineRedactor
    private var text = Arena(capacity: 4096)
    private var shown = Arena(capacity: 4096)

    init(
        _ options: RedactionOptions = RedactionOptions(),
        hasher: (any KeyedHasher)? = nil,
        isNaive: Bool = false
    ) {
        var problems: [RedactionProblem] = []
        let policy = RedactionPolicy(options, hasher: hasher, problems: &problems)
        precondition(problems.isEmpty, "\(problems)")
        redactor = LineRedactor(lexicon: Self.lexicon(policy), policy: policy, isNaive: isNaive)
    }

    static func lexicon(_ policy: RedactionPolicy) -> FieldLexicon {
        let names = CanonicalNames(adding: [])
        return FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
    }

    /// What may be shown of a line.
    mutating func redact(_ line: String) -> String {
        String(decoding: redact(Array(line.utf8)), as: UTF8.self)
    }

    /// What may be shown of a line.
    mutating func redact(_ line: [UInt8]) -> [UInt8] {
        text.removeAll()
        shown.removeAll()
        text.append(line)
        _ = redactor.redact(UnsafePointer(text.base), text.count, into: &shown)
        return shown.bytes
    }

    /// Redacts a line and forgets it: for what it costs.
    mutating func look(at line: [UInt8]) {
        text.removeAll()
        shown.removeAll()
        text.append(line)
        _ = redactor.redact(UnsafePointer(text.base), text.count, into: &shown)
    }

    /// Redactions so far, by detector.
    var counts: [String: UInt64] {
        redactor.counts().reduce(into: [:]) { $0[$1.key.detector, default: 0] += $1.value }
    }
}
