/// What was counted leaves as values with names, so that it becomes durable and is shown.
extension GoldenSignals {
    private static let classes = (0..<10).map { "\($0)xx" }

    /// Adds what was counted since the last call to `snapshot`; only series that were observed since cost anything.
    mutating func take(services: borrowing NameTable, into snapshot: inout SignalSnapshot) {
        let counted = (0..<requestSeries.count).filter { requestSeries[$0].epoch == epoch }
        snapshot.requests.reserveCapacity(counted.count)
        for series in counted {
            let key = requestLabels[series] ?? labels(requests.key(series), services, hasStatus: true)
            requestLabels[series] = key
            let counts = requestSeries.pointer(at: series)
            snapshot.requests[key, default: .init()].add(counts.pointee.count, counts.pointee.errors)
            counts.pointee.count = 0
            counts.pointee.errors = 0
        }
        takeDurations(services, into: &snapshot)
        exemplars.begin()
        epoch &+= 1
    }

    private mutating func takeDurations(_ services: borrowing NameTable, into snapshot: inout SignalSnapshot) {
        let width = bounds.count + 1
        let counted = (0..<durationSeries.count).filter { durationSeries[$0].epoch == epoch }
        snapshot.durations.reserveCapacity(counted.count)
        for series in counted {
            let key = durationLabels[series] ?? labels(durations.key(series), services, hasStatus: false)
            durationLabels[series] = key
            let range = series * width..<(series + 1) * width
            let own = SignalSnapshot.Durations(
                buckets: range.map { UInt64(buckets[$0]) },
                sum: durationSeries[series].sum,
                exemplars: exemplars.elements(range)
            )
            if let before = snapshot.durations.updateValue(own, forKey: key) {
                snapshot.durations[key] = before + own
            }
            buckets.pointer(at: range.lowerBound).update(repeating: 0, count: width)
            durationSeries.pointer(at: series).pointee.sum = 0
        }
    }

    /// The labels of a series as text.
    private func labels(
        _ key: UInt64,
        _ services: borrowing NameTable,
        hasStatus: Bool
    ) -> SignalSnapshot.Request {
        let labels = Self.unpack(key)
        return SignalSnapshot.Request(
            service: services.name(labels.service),
            method: Self.methods[labels.method],
            route: routes.name(labels.route),
            statusClass: hasStatus ? Self.classes[labels.statusClass] : ""
        )
    }
}
