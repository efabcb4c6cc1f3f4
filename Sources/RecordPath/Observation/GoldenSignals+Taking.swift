/// What was counted leaves as values with names, so that it becomes durable and is shown.
extension GoldenSignals {
    /// Adds what was counted since the last call to `snapshot`; only series that were observed since cost anything.
    mutating func take(services names: borrowing NameTable, into snapshot: inout SignalSnapshot) {
        // A name becomes text once, not once for each of its series.
        var texts = SeriesTexts()
        for series in 0..<requestSeries.count where requestSeries[series].epoch == epoch {
            let key = texts.labels(requests.key(series), services: names, routes: routes, hasStatus: true)
            let counts = requestSeries.pointer(at: series)
            snapshot.requests[key, default: .init()].add(counts.pointee.count, counts.pointee.errors)
            counts.pointee.count = 0
            counts.pointee.errors = 0
        }
        let width = bounds.count + 1
        for series in 0..<durationSeries.count where durationSeries[series].epoch == epoch {
            let key = texts.labels(durations.key(series), services: names, routes: routes, hasStatus: false)
            let range = series * width..<(series + 1) * width
            let own = SignalSnapshot.Durations(
                buckets: buckets.elements(range),
                sum: durationSeries[series].sum,
                exemplars: exemplars.elements(range)
            )
            snapshot.durations[key] = snapshot.durations[key].map { $0 + own } ?? own
            for bucket in range { buckets[bucket] = 0 }
            durationSeries.pointer(at: series).pointee.sum = 0
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
