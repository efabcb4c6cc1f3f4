/// Proves that every advertised type is found: what `martlet redact --selftest` runs.
///
/// Each detector is switched on alone and shown all of its samples, bare and in the places where logs have them; what
/// it finds must be gone and its look-alikes must be there still. Each word of each key rule is shown in front of a
/// value that fits the rule. The lines go the way of `martlet redact`: kernel, parser, engine.
package struct RedactionSelfTest: Sendable {
    /// What became of one detector or key rule.
    package struct Row: Sendable {
        /// The detector's name, or `key:` and the rule's.
        package var name: String
        /// Lines shown that held something to find.
        package var samples = 0
        /// Lines shown that only looked like it.
        package var lookAlikes = 0
        /// Lines that were not treated as they must be.
        package var failures: [String] = []
    }

    /// Shows every sample to its detector.
    package static func run() -> [Row] {
        Detector.catalogue.map(prove) + KeyRule.catalogue.filter { $0.treatment != .pair }.map(prove)
    }

    // MARK: Detectors

    private static func prove(_ detector: Detector) -> Row {
        // Base64 is looked into for what others know.
        let keys = detector.form == .base64JSON ? "default" : "-all"
        var redactor = SampleRedactor(RedactionOptions(detectors: [detector.name], keys: [keys]))
        var row = Row(name: detector.name)
        for template in detector.positives {
            let (sample, secrets) = SampleText.expandWithPieces(template)
            for line in contexts(of: sample) {
                row.samples += 1
                let shown = redactor.redact(line)
                let isGone = shown.contains("[REDACTED:\(detector.name)]") && !keepsAny(of: secrets, shown, detector)
                if !isGone { row.failures.append("\(line)\n  -> \(shown)") }
            }
        }
        for template in detector.nearMisses {
            let sample = SampleText.expand(template)
            for line in [sample, json(sample)] {
                row.lookAlikes += 1
                let shown = redactor.redact(line)
                if shown != line { row.failures.append("\(line)\n  -> \(shown)") }
            }
        }
        return row
    }

    /// Whether a made-up part of a token can still be read.
    private static func keepsAny(of secrets: [String], _ shown: String, _ detector: Detector) -> Bool {
        detector.form == .token && secrets.contains { $0.utf8.count >= 12 && shown.contains($0) }
    }

    /// The places: bare, behind a time and a level, in a JSON string, and in JSON inside a JSON string.
    private static func contexts(of sample: String) -> [String] {
        [sample, "2026-11-21T10:00:00Z INFO api - " + sample, json(sample), json(json(sample))]
    }

    private static func json(_ text: String) -> String { "{\"level\":\"info\",\"msg\":\(quoted(text)),\"took\":12}" }

    private static func quoted(_ text: String) -> String {
        var arena = Arena(capacity: text.utf8.count + 2)
        arena.appendQuoted(text)
        return String(decoding: arena.bytes, as: UTF8.self)
    }

    // MARK: Key rules

    private static func prove(_ rule: KeyRule) -> Row {
        var redactor = SampleRedactor(RedactionOptions(detectors: ["-all"], keys: ["all"]))
        var row = Row(name: "key:" + rule.name)
        let (value, secret) = sample(of: rule)
        for word in rule.anywhere + rule.atEnd + rule.inside.map({ "my" + $0 }) {
            let pair = "{\"\(word)\":\"\(value)\"}"
            for line in [pair, "{\"a\":[{\"b\":\(pair)}]}", json(pair), "level=info \(word)=\"\(value)\" took=12"] {
                row.samples += 1
                let shown = redactor.redact(line)
                if shown.contains(secret) || !shown.contains("[REDACTED:") {
                    row.failures.append("\(line)\n  -> \(shown)")
                }
            }
        }
        return row
    }

    /// A value that fits a rule, and the part of it that must go.
    private static func sample(of rule: KeyRule) -> (String, String) {
        switch rule.treatment {
        case .authorization: return ("Bearer kR7hunter2xQ9", "kR7hunter2xQ9")
        case .cookie: return ("id=kR7hunter2xQ9; theme=dark", "kR7hunter2xQ9")
        case .whole, .pair: break
        }
        let value =
            switch rule.shape {
            case .anything, .made, .otherThanUUID, .long, .opaque, .credential: "kR7hunter2xQ9zT4vB8"
            case .cvv: "481"
            case .pin: "4815"
            case .oneTimeCode: "481516"
            case .expiry: "11/29"
            case .cardNumber: "4111111111111111"
            case .idNumber: "AB1234567"
            case .phone: "0151-23456789"
            case .email: "bob@example.com"
            case .date: "1980-01-02"
            }
        return (value, value)
    }
}

/// A line redactor for texts.
private struct SampleRedactor: ~Copyable {
    private var redactor: LineRedactor

    init(_ options: RedactionOptions) {
        var problems: [RedactionProblem] = []
        let policy = RedactionPolicy(options, problems: &problems)
        precondition(problems.isEmpty, "the catalogue's own names are known")
        let names = CanonicalNames(adding: [])
        let lexicon = FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
        redactor = LineRedactor(lexicon: lexicon, policy: policy)
    }

    /// What may be shown of a line; nothing, where nothing may.
    mutating func redact(_ line: String) -> String {
        var text = Arena(capacity: line.utf8.count)
        var shown = Arena(capacity: line.utf8.count + 64)
        text.append(line)
        _ = redactor.redact(UnsafePointer(text.base), text.count, into: &shown)
        return String(decoding: shown.bytes, as: UTF8.self)
    }
}
