/// What was counted leaves as values with names, so that it becomes durable and is shown.
extension GoldenSignals {
    private static let classes = (0..<10).map { "\($0)xx" }

    /// What was counted since the last call; only series that were observed since cost anything.
    ///
    /// `now` is nanoseconds of a clock that never goes back.
    mutating func take(services: borrowing NameTable, now: Int64) -> SeriesCounts {
        label(services)
        var counts = SeriesCounts(bounds: bounds, requests: requestLabels, durations: durationLabels)
        counts.reserve(requests: lastRows.requests, durations: lastRows.durations)
        for series in 0..<requestSeries.count {
            let counted = requestSeries.pointer(at: series)
            guard counted.pointee.epoch == epoch else { continue }
            counts.add(series, count: counted.pointee.count, errors: counted.pointee.errors)
            counted.pointee.count = 0
            counted.pointee.errors = 0
        }
        takeDurations(into: &counts)
        lastRows = (counts.requests.count, counts.durations.count)
        exemplars.begin(now: now)
        epoch &+= 1
        return counts
    }

    private mutating func takeDurations(into counts: inout SeriesCounts) {
        let width = bounds.count + 1
        for series in 0..<durationSeries.count {
            let counted = durationSeries.pointer(at: series)
            guard counted.pointee.epoch == epoch else { continue }
            let first = series * width
            let own = UnsafeMutableBufferPointer(start: buckets.pointer(at: first), count: width)
            counts.add(
                series,
                buckets: own,
                sum: counted.pointee.sum,
                exemplars: exemplars.take(first..<first + width)
            )
            own.update(repeating: 0)
            counted.pointee.sum = 0
        }
    }

    private mutating func label(_ services: borrowing NameTable) {
        for series in requestLabels.count..<requests.count {
            requestLabels.append(labels(requests.key(series), services, hasStatus: true))
        }
        for series in durationLabels.count..<durations.count {
            durationLabels.append(labels(durations.key(series), services, hasStatus: false))
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
