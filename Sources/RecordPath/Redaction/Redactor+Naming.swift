extension Redactor {
    /// Counts under the labels of `martlet_redactions_total`; only what happened.
    var namedCounts: [SignalSnapshot.Redaction: UInt64] {
        let actions = RedactionAction.allCases
        let names = policy.detectorNames
        return withCounts { counts in
            var named: [SignalSnapshot.Redaction: UInt64] = [:]
            for (index, count) in counts.enumerated() where count > 0 {
                let action = actions[index % actions.count]
                named[.init(detector: names[index / actions.count], action: action.rawValue)] = count
            }
            return named
        }
    }
}

extension RedactionPolicy {
    /// The rules for a stream's service.
    func scope(of service: String?) -> RedactionScope {
        guard hasScopes, var service else { return .everywhere }
        return service.withUTF8 { scope(forService: $0) }
    }
}
