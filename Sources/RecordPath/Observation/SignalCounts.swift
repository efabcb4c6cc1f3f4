/// Everything that one worker has counted since the last time, as rows: whoever adds it up gives it names and sums.
package struct SignalCounts: Sendable {
    package let series: SeriesCounts
    package internal(set) var services: [ServiceCounts] = []
    /// By service.
    package internal(set) var latencies: [(service: String, sketch: LatencySketch)] = []
    /// What little there is besides.
    var rest = SignalSnapshot(bounds: [])

    /// Makes counts of series alone.
    package init(series: SeriesCounts) { self.series = series }
}

extension SignalSnapshot {
    /// Adds everything that a worker has counted.
    package mutating func add(_ counts: SignalCounts) {
        add(counts.series)
        addWithoutSeries(counts)
    }

    /// Adds what a worker has counted besides request and latency series.
    package mutating func addWithoutSeries(_ counts: SignalCounts) {
        for service in counts.services { add(service) }
        for (service, sketch) in counts.latencies { latencies[service, default: LatencySketch()] += sketch }
        add(counts.rest)
    }
}
