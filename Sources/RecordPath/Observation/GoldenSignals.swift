/// Traffic, errors and latency per service, method, route and status class; one worker's share.
///
/// Integers only. The number of series is bounded per metric: what is over goes to the route `__other__`, then to the service
/// `__other__`.
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
    /// The labels of each series as text; of the newest ones they are made by `take`.
    var requestLabels: [SignalSnapshot.Request] = []
    var durationLabels: [SignalSnapshot.Request] = []
    /// `bounds.count + 1` buckets a series, not cumulated; of 32 bits, which a snapshot's records fit many times over,
    /// so that more of them are in the nearest cache.
    var buckets = Column<UInt32>()
    var exemplars = Exemplars()
    /// How many series the last call of `take` told of.
    var lastRows = (requests: 0, durations: 0)
    /// Grows by one at each call of `take`.
    var epoch: UInt32 = 0
    private(set) var limited: UInt64 = 0
    let otherRoute: UInt32
    private let otherService: UInt32
    let bucketOf: LatencyBuckets
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

    /// Adds requests to their series.
    mutating func add(_ number: SeriesNumber, count: UInt64, errors: UInt64) {
        let series = requestSeries.pointer(at: number.series)
        series.pointee.epoch = epoch
        series.pointee.count &+= count
        series.pointee.errors &+= errors
        if !number.isOwn { limited &+= count }
    }

    /// Adds latencies to their series: a count for each bucket.
    mutating func add(_ number: SeriesNumber, sum: Int64, _ counts: UnsafePointer<UInt16>) {
        let series = durationSeries.pointer(at: number.series)
        series.pointee.epoch = epoch
        series.pointee.sum &+= sum
        let own = buckets.pointer(at: number.series * width)
        for bucket in 0..<width { own[bucket] &+= UInt32(counts[bucket]) }
        guard !number.isOwn else { return }
        for bucket in 0..<width { limited &+= UInt64(counts[bucket]) }
    }

    /// Offers a request as an exemplar of its bucket.
    @inline(__always) mutating func tell(_ record: inout Record, of series: Int, bucket: Int, isError: Bool) {
        guard let trace = record.traceID else { return }
        let bucket = series &* width &+ bucket
        exemplars.offer(bucket, trace, latency: record.latency, time: record.time, isError: isError)
    }

    /// The labels of a packed series key.
    static func unpack(_ key: UInt64) -> (service: UInt32, route: UInt32, method: Int, statusClass: Int) {
        (UInt32(key >> 40), UInt32(key >> 8 & 0xFFFF_FFFF), Int(key >> 4 & 15), Int(key & 15))
    }

    /// The request series of some labels and a route.
    @inline(never) mutating func requests(of labels: UInt64, route: UInt32) -> SeriesNumber {
        let key = labels | UInt64(route) &<< 8
        let known = requests.find(key)
        if known >= 0 { return route == otherRoute ? .shared(known) : .own(known) }
        return requests.count < maximumSeries ? .own(addRequest(key)) : .shared(sharedRequest(key))
    }

    /// The latency series of some labels, whose status class does not count, and a route.
    @inline(never) mutating func durations(of labels: UInt64, route: UInt32) -> SeriesNumber {
        let key = labels & ~15 | UInt64(route) &<< 8
        let known = durations.find(key)
        if known >= 0 { return route == otherRoute ? .shared(known) : .own(known) }
        return durations.count < maximumSeries ? .own(addDuration(key)) : .shared(sharedDuration(key))
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
    private mutating func sharedRequest(_ key: UInt64) -> Int {
        for folded in Self.folds(key, route: otherRoute, service: otherService) {
            let known = requests.find(folded.key)
            if known >= 0 { return known }
            if folded.isLast || requests.count < maximumSeries + maximumSeries / 10 { return addRequest(folded.key) }
        }
        return 0
    }

    private mutating func sharedDuration(_ key: UInt64) -> Int {
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
