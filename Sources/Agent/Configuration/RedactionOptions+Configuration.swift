import RecordPath
import Settings

/// `redact`, with the key that stays outside the policy.
package struct RedactionSettings: Sendable {
    package var options: RedactionOptions
    /// Key of the `hash` action.
    package var hashKey: Secret?
    /// The whole policy.
    package var policy: RedactionPolicy

    /// Reads `redact`; what the policy refuses is reported at its key.
    init(reading reader: ConfigurationReader) {
        options = RedactionOptions(
            detectors: reader.strings("detectors", default: ["default"]),
            keys: reader.strings("keys", default: ["default"]),
            allow: reader.strings("allow", default: []),
            numbers: reader.choice("numbers", default: .string),
            action: reader.choice("action", default: .tag),
            rules: reader.children("rules").compactMap(RedactionOptions.Rule.init(reading:))
        )
        hashKey = reader.secret("hash_key")
        var problems: [RedactionProblem] = []
        policy = RedactionPolicy(options, hasher: hashKey.map(KeyedHash.init(key:)), problems: &problems)
        for problem in problems { reader.report(problem.key, problem.problem, problem.advice) }
    }
}

extension RedactionOptions.Rule {
    /// Reads one rule; nil without a name, which is reported.
    init?(reading reader: ConfigurationReader) {
        let action: RedactionAction? = reader.node("action") == nil ? nil : reader.choice("action", default: .tag)
        let pattern = reader.optionalString("pattern")
        let detectors = reader.strings("detectors", default: [])
        let services = reader.strings("services", default: [])
        guard let name = reader.requiredString("name", "give the rule a name such as order-ref") else { return nil }
        self.init(name: name, pattern: pattern, detectors: detectors, action: action, services: services)
    }
}
