extension SignalSnapshot {
    /// What was counted since an earlier snapshot of the same worker; what did not change is left out.
    package func delta(since earlier: SignalSnapshot) -> SignalSnapshot {
        var delta = SignalSnapshot(bounds: bounds)
        for (key, value) in requests {
            let before = earlier.requests[key] ?? Requests()
            guard value.count != before.count || value.errors != before.errors else { continue }
            delta.requests[key] = Requests(count: value.count &- before.count, errors: value.errors &- before.errors)
        }
        for (key, value) in durations {
            guard let before = earlier.durations[key] else {
                delta.durations[key] = value
                continue
            }
            guard value.buckets != before.buckets else { continue }
            delta.durations[key] = Durations(
                buckets: zip(value.buckets, before.buckets).map { $0 &- $1 },
                sum: value.sum &- before.sum
            )
        }
        delta.records = Self.delta(records, earlier.records)
        delta.readRecords = Self.delta(readRecords, earlier.readRecords)
        delta.readBytes = Self.delta(readBytes, earlier.readBytes)
        delta.correlated = Self.delta(correlated, earlier.correlated)
        delta.replacedTimes = Self.delta(replacedTimes, earlier.replacedTimes)
        delta.dropped = Self.delta(dropped, earlier.dropped)
        delta.truncated = Self.delta(truncated, earlier.truncated)
        delta.parsed = Self.delta(parsed, earlier.parsed)
        delta.redactions = Self.delta(redactions, earlier.redactions)
        delta.truncatedByOutput = truncatedByOutput &- earlier.truncatedByOutput
        delta.limited = limited &- earlier.limited
        return delta
    }

    private static func delta<Key: Hashable>(_ now: [Key: UInt64], _ before: [Key: UInt64]) -> [Key: UInt64] {
        var delta: [Key: UInt64] = [:]
        for (key, value) in now {
            let change = value &- (before[key] ?? 0)
            if change != 0 { delta[key] = change }
        }
        return delta
    }
}
