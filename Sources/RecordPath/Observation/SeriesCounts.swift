/// What one worker has counted of request and latency series since the last time: a row a series, in no order.
///
/// Nothing is hashed for it and little is allocated: a busy worker gives away a thousand of these a second.
package struct SeriesCounts: Sendable {
    /// Labels by the number of a series.
    package typealias Labels = [SignalSnapshot.Request]

    /// Requests and errors of a series.
    package struct Requests: Sendable {
        /// The number of the series.
        let series: Int
        package let count: UInt64
        package let errors: UInt64
    }

    /// Latencies of a series.
    package struct Durations: Sendable {
        /// The number of the series.
        let series: Int
        /// Nanoseconds.
        let sum: Int64
        /// The first of its buckets among those of all rows, and its exemplars.
        let bucket: Int
        let exemplars: Range<Int>
    }

    package private(set) var requests: [Requests] = []
    package private(set) var durations: [Durations] = []
    private var buckets: [UInt32] = []
    private var exemplars: [SignalSnapshot.Exemplar] = []
    /// Buckets a row.
    private let width: Int
    // The worker's own tables for as long as it adds no series, so that a row needs no reference.
    private let requestLabels: Labels
    private let durationLabels: Labels

    /// Memory that it takes, also once it is added up, about.
    package var memoryBytes: Int {
        requests.count * 512 + durations.count * (512 + width * 32) + (requestLabels.count + durationLabels.count) * 8
    }

    /// Makes empty counts of some series; `bounds` are the latency buckets.
    package init(bounds: [Int64], requests: Labels = [], durations: Labels = []) {
        width = bounds.count + 1
        requestLabels = requests
        durationLabels = durations
    }

    mutating func reserve(requests: Int, durations: Int) {
        self.requests.reserveCapacity(requests)
        self.durations.reserveCapacity(durations)
        buckets.reserveCapacity(durations * width)
    }

    /// Adds requests of a series.
    package mutating func add(_ series: Int, count: UInt64, errors: UInt64) {
        requests.append(Requests(series: series, count: count, errors: errors))
    }

    /// Adds latencies of a series, with a count for each bucket.
    package mutating func add(
        _ series: Int,
        buckets counts: some Collection<UInt32>,
        sum: Int64,
        exemplars own: some Sequence<SignalSnapshot.Exemplar> = []
    ) {
        precondition(counts.count == width)
        let first = exemplars.count
        exemplars.append(contentsOf: own)
        let range = first..<exemplars.count
        durations.append(Durations(series: series, sum: sum, bucket: buckets.count, exemplars: range))
        buckets.append(contentsOf: counts)
    }

    /// The labels of a row.
    package func key(_ row: Requests) -> SignalSnapshot.Request { requestLabels[row.series] }

    /// The labels of a row.
    package func key(_ row: Durations) -> SignalSnapshot.Request { durationLabels[row.series] }

    /// What the buckets of a row have counted together.
    package func count(_ row: Durations) -> UInt64 { counts(row).reduce(0) { $0 + UInt64($1) } }

    fileprivate func counts(_ row: Durations) -> ArraySlice<UInt32> { buckets[row.bucket..<row.bucket + width] }

    fileprivate func exemplars(_ row: Durations) -> ArraySlice<SignalSnapshot.Exemplar> { exemplars[row.exemplars] }
}

extension SignalSnapshot {
    /// Adds a row of requests to a series.
    package mutating func add(_ row: SeriesCounts.Requests, to key: Request) {
        requests[key, default: Requests()].add(row.count, row.errors)
    }

    /// Adds a row of latencies to a series.
    package mutating func add(_ row: SeriesCounts.Durations, of counts: SeriesCounts, to key: Request) {
        let none = Durations(buckets: [], sum: 0)
        durations[key, default: none].add(counts.counts(row), row.sum, counts.exemplars(row))
    }

    /// Adds everything that a worker has counted.
    package mutating func add(_ counts: SeriesCounts) {
        for row in counts.requests { add(row, to: counts.key(row)) }
        for row in counts.durations { add(row, of: counts, to: counts.key(row)) }
    }
}
