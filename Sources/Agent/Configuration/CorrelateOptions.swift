import RecordPath
import Settings

/// `correlate`: where ids are looked for.
package struct CorrelateOptions: Sendable {
    /// Stands for the built-in names in `trace` and `request`.
    private static let builtIn = "default"

    /// Field names looked at for ids, ahead of the built-in ones.
    package var names: [CanonicalNames.Addition]
    /// How long a request id is remembered with its trace id.
    package var remember: Duration

    /// The same in nanoseconds.
    package var rememberNanoseconds: Int64 {
        remember.components.seconds * 1_000_000_000 + remember.components.attoseconds / 1_000_000_000
    }

    /// Reads `correlate`.
    init(reading reader: ConfigurationReader) {
        names = []
        for (key, field) in [("trace", "trace_id"), ("request", "request_id")] {
            let own = reader.strings(key, default: [Self.builtIn]).filter { $0 != Self.builtIn }
            if let addition = CanonicalNames.Addition(field: field, names: own) { names.append(addition) }
        }
        remember = reader.duration("remember", default: .seconds(300), in: .zero ... .seconds(3600))
    }
}
