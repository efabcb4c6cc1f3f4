/// What was counted leaves as values with names, so that it becomes durable and is shown.
extension GoldenSignals {
    /// Adds what was counted since the last call to `snapshot`; only series that were observed since cost anything.
    mutating func take(services names: borrowing NameTable, into snapshot: inout SignalSnapshot) {
        // A name becomes text once, not once for each of its series.
        var texts = SeriesTexts()
        for series in requestEpochs.indices where requestEpochs[series] == epoch {
            let key = texts.labels(requests.key(series), services: names, routes: routes, hasStatus: true)
            snapshot.requests[key, default: .init()].add(requestCounts[series], errorCounts[series])
            requestCounts[series] = 0
            errorCounts[series] = 0
        }
        let width = bounds.count + 1
        for series in durationEpochs.indices where durationEpochs[series] == epoch {
            let key = texts.labels(durations.key(series), services: names, routes: routes, hasStatus: false)
            let range = series * width..<(series + 1) * width
            let own = SignalSnapshot.Durations(
                buckets: Array(buckets[range]),
                sum: sums[series],
                exemplars: exemplars.slots[range].map(SignalSnapshot.Exemplar.init)
            )
            snapshot.durations[key] = snapshot.durations[key].map { $0 + own } ?? own
            for bucket in range { buckets[bucket] = 0 }
            sums[series] = 0
        }
        epoch &+= 1
    }
}

/// The names of series as text, each made once.
private struct SeriesTexts {
    private static let classes = (0..<10).map { "\($0)xx" }
    private var services: [UInt32: String] = [:]
    private var routes: [UInt32: String] = [:]

    mutating func labels(
        _ key: UInt64,
        services serviceNames: borrowing NameTable,
        routes routeNames: borrowing NameTable,
        hasStatus: Bool
    ) -> SignalSnapshot.Request {
        let labels = GoldenSignals.unpack(key)
        let service = services[labels.service] ?? serviceNames.name(labels.service)
        let route = routes[labels.route] ?? routeNames.name(labels.route)
        services[labels.service] = service
        routes[labels.route] = route
        return SignalSnapshot.Request(
            service: service,
            method: GoldenSignals.methods[labels.method],
            route: route,
            statusClass: hasStatus ? Self.classes[labels.statusClass] : ""
        )
    }
}
