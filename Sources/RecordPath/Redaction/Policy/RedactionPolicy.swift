internal import CScan

/// Everything that redaction decides by: immutable, shared by all workers.
package struct RedactionPolicy: Sendable {
    let tables: PolicyTables
    let classifier: KeyClassifier
    let firstKeyRule: Int
    let unscanned: Int
    let allowList: AllowList
    let numbers: NumberRedaction
    let hasher: (any KeyedHasher)?
    let userRules: [UserRule]
    private let services: [ServicePattern]
    /// The name of every detector, key rule (`key:…`) and user rule, in the order of a redactor's counters.
    package let detectorNames: [String]
    /// What stands in a tag for each of them.
    let types: [String]

    /// Makes a policy.
    ///
    /// What is wrong with the options is in `problems`, and left out of the policy.
    package init(
        _ options: RedactionOptions = RedactionOptions(),
        hasher: (any KeyedHasher)? = nil,
        problems: inout [RedactionProblem]
    ) {
        let builder = PolicyBuilder(options)
        problems += builder.problems
        tables = PolicyTables(builder)
        classifier = builder.classifier
        firstKeyRule = builder.firstKeyRule
        unscanned = builder.unscanned
        services = builder.services
        userRules = builder.userRules
        detectorNames = builder.detectors.map(\.name)
        types = builder.detectors.map(\.type)
        allowList = AllowList(options.allow, detectors: detectorNames, problems: &problems)
        numbers = options.numbers
        self.hasher = hasher
        let hashes = options.action == .hash || options.rules.contains { $0.action == .hash }
        if hashes, hasher == nil {
            problems.append(
                RedactionProblem(
                    key: "hash_key",
                    problem: "the action hash needs a key",
                    advice: "set redact.hash_key, for example to ${file:/run/secrets/martlet-hash-key}"
                )
            )
        }
    }

    /// Makes the policy of an absent `redact:` section.
    package init() {
        var problems: [RedactionProblem] = []
        self.init(RedactionOptions(), problems: &problems)
    }

    /// The tables for `martlet_scan_line`; valid as long as the policy.
    package var kernelTables: OpaquePointer? { tables.kernel }

    /// The share of positions of ordinary text that the kernel looks at twice, estimated.
    package var expectedHits: Double { tables.expectedHits }

    /// What a key means: `KeyVerdict.rawValue`, or 2 + the number of a key rule.
    package func verdict(forKey key: UnsafeBufferPointer<UInt8>) -> UInt8 { classifier.verdict(forKey: key) }

    /// Which rules hold for a service; resolve it once per stream.
    ///
    /// Where several globs match, the first in alphabetical order decides.
    package func scope(forService name: UnsafeBufferPointer<UInt8>) -> RedactionScope {
        guard let index = services.firstIndex(where: { $0.matches(name) }) else { return .everywhere }
        return RedactionScope(index: index + 1)
    }

    /// Whether any rule names services, so that scopes are worth resolving.
    package var hasScopes: Bool { !services.isEmpty }
}
