/// Traffic, errors and latency per service, method, route and status class; one worker's share.
///
/// Integers only. The number of series is bounded per metric: what is over goes to the route `__other__`, then to
/// the service `__other__`.
struct GoldenSignals: ~Copyable {
    /// Methods that have a label value of their own; the last one stands for all others.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "__other__"]
    static let other = "__other__"

    let bounds: [Int64]
    let maximumSeries: Int
    // Written here and by `remove`.
    var routes = NameTable()
    var requests = SeriesIndex()
    var durations = SeriesIndex()
    var requestCounts: [UInt64] = []
    var errorCounts: [UInt64] = []
    /// The epoch of the last observation of each series.
    var requestEpochs: [UInt32] = []
    var durationEpochs: [UInt32] = []
    /// `bounds.count + 1` buckets a series, not cumulated.
    var buckets: [UInt64] = []
    /// Sum of latencies a series, nanoseconds; wraps after 292 years of latency.
    var sums: [Int64] = []
    /// One for each bucket of each series.
    var exemplars = Exemplars()
    /// Grows by one at each call of `take`.
    var epoch: UInt32 = 0
    private(set) var limited: UInt64 = 0
    let otherRoute: UInt32
    private let otherService: UInt32

    /// Makes empty tables; `bounds` are the latency buckets in nanoseconds, ascending.
    init(bounds: [Int64], maximumSeries: Int, otherService: UInt32) {
        self.bounds = bounds
        self.maximumSeries = maximumSeries
        self.otherService = otherService
        otherRoute = routes.number(Self.other) ?? 0
    }

    /// The number of a route template; `__other__` once there are too many.
    ///
    /// 8 bytes behind it are readable.
    mutating func route(_ template: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        routes.number(template, count, limit: maximumSeries) ?? otherRoute
    }

    /// Counts the request that a record tells of; `method` is an index in `methods`.
    @inline(__always) mutating func observe(_ record: Record, method: Int, route: UInt32, isError: Bool) {
        let base = UInt64(record.service) &<< 40 | UInt64(route) &<< 8 | UInt64(method) &<< 4
        let series = request(base | UInt64(record.status / 100))
        requestEpochs[series] = epoch
        requestCounts[series] &+= 1
        if isError { errorCounts[series] &+= 1 }
        guard record.latency >= 0 else { return }
        let duration = self.duration(base)
        durationEpochs[duration] = epoch
        var bucket = 0
        for bound in bounds { bucket &+= record.latency > bound ? 1 : 0 }
        bucket &+= duration &* (bounds.count &+ 1)
        buckets[bucket] &+= 1
        sums[duration] &+= record.latency
        guard let trace = record.traceID else { return }
        exemplars.offer(bucket, trace, latency: record.latency, time: record.time, isError: isError)
    }

    /// The labels of a packed series key.
    static func unpack(_ key: UInt64) -> (service: UInt32, route: UInt32, method: Int, statusClass: Int) {
        (UInt32(key >> 40), UInt32(key >> 8 & 0xFFFF_FFFF), Int(key >> 4 & 15), Int(key & 15))
    }

    @inline(__always) private mutating func request(_ key: UInt64) -> Int {
        guard let series = requests.series(key, limit: maximumSeries) else { return limitedRequest(key) }
        if series == requestCounts.count { addRequest() }
        return series
    }

    @inline(__always) private mutating func duration(_ key: UInt64) -> Int {
        guard let series = durations.series(key, limit: maximumSeries) else { return limitedDuration(key) }
        if series == sums.count { addDuration() }
        return series
    }

    private mutating func addRequest() {
        requestCounts.append(0)
        errorCounts.append(0)
        requestEpochs.append(epoch)
    }

    private mutating func addDuration() {
        sums.append(0)
        durationEpochs.append(epoch)
        buckets.append(contentsOf: repeatElement(0, count: bounds.count + 1))
        exemplars.append(bounds.count + 1)
    }

    /// Over the budget: first without the route, then without the service.
    ///
    /// These few series are always had.
    @inline(never) private mutating func limitedRequest(_ key: UInt64) -> Int {
        limited += 1
        let known = requests.count
        for folded in Self.folds(key, route: otherRoute, service: otherService) {
            let limit = folded.isLast ? Int.max : maximumSeries + maximumSeries / 10
            guard let series = requests.series(folded.key, limit: limit) else { continue }
            if requests.count > known { addRequest() }
            return series
        }
        return 0
    }

    @inline(never) private mutating func limitedDuration(_ key: UInt64) -> Int {
        limited += 1
        let known = durations.count
        for folded in Self.folds(key, route: otherRoute, service: otherService) {
            let limit = folded.isLast ? Int.max : maximumSeries + maximumSeries / 10
            guard let series = durations.series(folded.key, limit: limit) else { continue }
            if durations.count > known { addDuration() }
            return series
        }
        return 0
    }

    private static func folds(_ key: UInt64, route: UInt32, service: UInt32) -> [(key: UInt64, isLast: Bool)] {
        let withoutRoute = key & ~(0xFFFF_FFFF << 8) | UInt64(route) << 8
        let withoutService = withoutRoute & 0xFF_FFFF_FFFF | UInt64(service) << 40
        return [(withoutRoute, false), (withoutService, true)]
    }
}
