/// What one worker has counted of the lines of a service, request series aside.
package struct ServiceCounts: Sendable {
    /// Where each kind of counter begins among a service's.
    enum Group {
        static let levels = 0
        static let readRecords = 8
        static let readBytes = 16
        /// Lines with a trace id, with a request id only, with neither.
        static let correlated = 24
        /// Times replaced: year out of range, too far ahead.
        static let replaced = 27
        static let dropped = 29
        static let truncated = 32
        static let width = 40
    }

    fileprivate let name: String
    /// `Group.width` of them.
    fileprivate let counters: [UInt64]

    init(_ name: String, _ counters: some Collection<UInt64>) {
        precondition(counters.count == Group.width)
        self.name = name
        self.counters = Array(counters)
    }
}

extension SignalSnapshot {
    /// Adds what was counted of the lines of a service.
    mutating func add(_ counts: ServiceCounts) {
        typealias Group = ServiceCounts.Group
        let (name, counters) = (counts.name, counts.counters)
        for level in Level.allCases where counters[Group.levels + Int(level.rawValue)] > 0 {
            let count = counters[Group.levels + Int(level.rawValue)]
            records[Labelled(service: name, label: level.name), default: 0] += count
        }
        for input in InputKind.allCases where counters[Group.readRecords + Int(input.rawValue)] > 0 {
            let key = Labelled(service: name, label: input.name)
            readRecords[key, default: 0] += counters[Group.readRecords + Int(input.rawValue)]
            readBytes[key, default: 0] += counters[Group.readBytes + Int(input.rawValue)]
        }
        for (index, kind) in ["trace", "request", "none"].enumerated() where counters[Group.correlated + index] > 0 {
            correlated[Labelled(service: name, label: kind), default: 0] += counters[Group.correlated + index]
        }
        for (index, reason) in Self.timeReasons.enumerated() where counters[Group.replaced + index] > 0 {
            replacedTimes[Labelled(service: name, label: reason), default: 0] += counters[Group.replaced + index]
        }
        for reason in Observation.DropReason.allCases where counters[Group.dropped + reason.rawValue] > 0 {
            dropped[reason.name, default: 0] += counters[Group.dropped + reason.rawValue]
        }
        if counters[Group.truncated] > 0 { truncated[name, default: 0] += counters[Group.truncated] }
    }
}
