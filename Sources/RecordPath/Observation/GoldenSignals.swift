/// Traffic, errors and latency per service, method, route and status class; one worker's share.
///
/// Integers only. The number of series is bounded per metric: what is over goes to the route `__other__`, then to
/// the service `__other__`.
struct GoldenSignals: ~Copyable {
    /// Methods that have a label value of their own; the last one stands for all others.
    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "__other__"]
    static let other = "__other__"

    /// What was counted of a request series.
    struct Requests: BitwiseCopyable {
        var count: UInt64 = 0
        var errors: UInt64 = 0
        /// The epoch of the last observation.
        var epoch: UInt32
        /// The series of the same labels' latency; negative: not looked up, or there is none.
        var durations: Int32 = -1
    }

    /// What was counted of a latency series, besides its buckets.
    struct Durations: BitwiseCopyable {
        /// Of latencies, nanoseconds; wraps after 292 years of latency.
        var sum: Int64 = 0
        /// The epoch of the last observation.
        var epoch: UInt32
    }

    let bounds: [Int64]
    let maximumSeries: Int
    // Written here and by `remove`.
    var routes = NameTable()
    var requests = KeyIndex()
    var durations = KeyIndex()
    var requestSeries = Column<Requests>()
    var durationSeries = Column<Durations>()
    /// `bounds.count + 1` buckets a series, not cumulated.
    var buckets = Column<UInt64>()
    var exemplars = Exemplars()
    /// Grows by one at each call of `take`.
    var epoch: UInt32 = 0
    private(set) var limited: UInt64 = 0
    let otherRoute: UInt32
    private let otherService: UInt32
    private let bucketOf: LatencyBuckets
    private let width: Int

    /// Makes empty tables; `bounds` are the latency buckets in nanoseconds, ascending.
    init(bounds: [Int64], maximumSeries: Int, otherService: UInt32) {
        self.bounds = bounds
        self.maximumSeries = maximumSeries
        self.otherService = otherService
        otherRoute = routes.number(Self.other) ?? 0
        bucketOf = LatencyBuckets(bounds)
        width = bounds.count + 1
    }

    /// The number of a route template; `__other__` once there are too many.
    ///
    /// 8 bytes behind it are readable.
    mutating func route(_ template: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        routes.number(template, count, limit: maximumSeries) ?? otherRoute
    }

    /// The series key of some labels without a route; `method` is an index in `methods`.
    @inline(__always) static func labels(service: UInt32, method: Int, statusClass: UInt64) -> UInt64 {
        UInt64(service) &<< 40 | UInt64(truncatingIfNeeded: method) &<< 4 | statusClass
    }

    /// Counts the request that a record tells of; `part` is its latency's in the sketch.
    @inline(__always) mutating func observe(
        _ record: inout Record,
        _ labels: UInt64,
        _ slot: UnsafeMutablePointer<RouteCache.Slot>,
        isError: Bool,
        part: Int
    ) {
        let key = labels | UInt64(slot.pointee.route) &<< 8
        let isKnown = slot.pointee.request != 0
        let number = isKnown ? Int(slot.pointee.request) &- 1 : request(key, slot)
        let request = requestSeries.pointer(at: number)
        request.pointee.epoch = epoch
        request.pointee.count &+= 1
        request.pointee.errors &+= isError ? 1 : 0
        guard record.latency >= 0 else { return }
        var series = Int(request.pointee.durations)
        // A series over the budget stands for many latency series.
        if !isKnown || series < 0 { series = duration(key & ~15, of: slot.pointee.request != 0 ? number : -1) }
        let duration = durationSeries.pointer(at: series)
        duration.pointee.epoch = epoch
        duration.pointee.sum &+= record.latency
        let bucket = series &* width &+ bucketOf.number(of: record.latency, part: part)
        buckets.pointer(at: bucket).pointee &+= 1
        guard let trace = record.traceID else { return }
        exemplars.offer(bucket, trace, latency: record.latency, time: record.time, isError: isError)
    }

    /// The labels of a packed series key.
    static func unpack(_ key: UInt64) -> (service: UInt32, route: UInt32, method: Int, statusClass: Int) {
        (UInt32(key >> 40), UInt32(key >> 8 & 0xFFFF_FFFF), Int(key >> 4 & 15), Int(key & 15))
    }

    /// The series of a key, noted in the slot of its path unless it is over the budget.
    @inline(never) private mutating func request(
        _ key: UInt64,
        _ slot: UnsafeMutablePointer<RouteCache.Slot>
    ) -> Int {
        let known = requests.find(key)
        guard known >= 0 || requests.count < maximumSeries else { return limitedRequest(key) }
        let series = known >= 0 ? known : addRequest(key)
        slot.pointee.request = UInt32(series + 1)
        return series
    }

    /// The latency series of some labels, noted with the request series of the same labels if that is there.
    @inline(never) private mutating func duration(_ labels: UInt64, of request: Int) -> Int {
        let known = durations.find(labels)
        guard known >= 0 || durations.count < maximumSeries else { return limitedDuration(labels) }
        let series = known >= 0 ? known : addDuration(labels)
        if request >= 0 { requestSeries.pointer(at: request).pointee.durations = Int32(series) }
        return series
    }

    private mutating func addRequest(_ key: UInt64) -> Int {
        requestSeries.append(Requests(epoch: epoch))
        return requests.add(key)
    }

    private mutating func addDuration(_ key: UInt64) -> Int {
        durationSeries.append(Durations(epoch: epoch))
        buckets.append(0, count: width)
        return durations.add(key)
    }

    /// Over the budget: first without the route, then without the service.
    ///
    /// These few series are always had.
    @inline(never) private mutating func limitedRequest(_ key: UInt64) -> Int {
        limited += 1
        for folded in Self.folds(key, route: otherRoute, service: otherService) {
            let known = requests.find(folded.key)
            if known >= 0 { return known }
            if folded.isLast || requests.count < maximumSeries + maximumSeries / 10 { return addRequest(folded.key) }
        }
        return 0
    }

    @inline(never) private mutating func limitedDuration(_ key: UInt64) -> Int {
        limited += 1
        for folded in Self.folds(key, route: otherRoute, service: otherService) {
            let known = durations.find(folded.key)
            if known >= 0 { return known }
            if folded.isLast || durations.count < maximumSeries + maximumSeries / 10 {
                return addDuration(folded.key)
            }
        }
        return 0
    }

    private static func folds(_ key: UInt64, route: UInt32, service: UInt32) -> [(key: UInt64, isLast: Bool)] {
        let withoutRoute = key & ~(0xFFFF_FFFF << 8) | UInt64(route) << 8
        let withoutService = withoutRoute & 0xFF_FFFF_FFFF | UInt64(service) << 40
        return [(withoutRoute, false), (withoutService, true)]
    }
}
