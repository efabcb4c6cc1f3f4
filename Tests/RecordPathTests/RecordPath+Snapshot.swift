import RecordPath

extension RecordPath {
    /// Everything counted since the last call, added up.
    mutating func takeSnapshot() -> SignalSnapshot {
        var snapshot = SignalSnapshot(bounds: [])
        snapshot.add(takeCounts())
        return snapshot
    }
}
