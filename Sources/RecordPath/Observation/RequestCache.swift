/// Which series the requests of a path count for, remembered by a hash of path and labels, and what they have counted
/// since the last `settle`: direct-mapped, so that it never grows.
///
/// The tables of series are not touched for a request.
struct RequestCache: ~Copyable {
    private static let places = 2048

    private var slots: RequestSlots
    /// The route of each slot, and the labels of its series without route and status class.
    private let routes = Column<UInt32>(repeating: 0, count: places)
    private let labels = Column<UInt64>(repeating: 0, count: places)
    /// The request series of each slot, one a status class.
    private let requests = Column<SeriesNumber>(repeating: .unknown, count: places * RequestSlots.classes)
    /// Slots that have counted something.
    private var counting = Column<UInt16>()
    private let isCounting = Column<Bool>(repeating: false, count: places)
    private let recogniser: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private let template = Arena(capacity: RouteTemplates.maxBytes)
    private let buckets: Int

    /// `buckets` are those of a latency series.
    init(templates: [String], buckets: Int) {
        recogniser = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
        slots = RequestSlots(count: Self.places, buckets: buckets)
        self.buckets = buckets
    }

    /// Counts a request; `part` is its latency's in the sketch.
    ///
    /// 32 bytes behind path and method are readable.
    @inline(__always) mutating func count(
        _ record: inout Record,
        isError: Bool,
        part: Int,
        for signals: inout GoldenSignals
    ) {
        let index = place(of: &record, &signals)
        let head = slots.head(index)
        // Nothing yet, or all that fits.
        if head.pointee.count &- 1 >= RequestSlots.maximumCount { begin(index, &signals) }
        head.pointee.count &+= 1
        let cells = slots.cells(index)
        let statusClass = max(1, min(record.status / 100, RequestSlots.classes)) &- 1
        cells[statusClass] &+= 1
        cells[RequestSlots.classes &+ statusClass] &+= isError ? 1 : 0
        guard record.latency >= 0 else { return }
        head.pointee.sum &+= record.latency
        if head.pointee.durations == .unknown {
            head.pointee.durations = signals.durations(of: labels[index], route: routes[index])
        }
        let bucket = signals.bucketOf.number(of: record.latency, part: part)
        cells[2 &* RequestSlots.classes &+ bucket] &+= 1
        signals.tell(&record, of: head.pointee.durations.series, bucket: bucket, isError: isError)
    }

    /// The slot of a record's path, service and method.
    @inline(__always) private mutating func place(of record: inout Record, _ signals: inout GoldenSignals) -> Int {
        let path = record.line.base + record.path.lowerBound
        let count = record.path.upperBound &- record.path.lowerBound
        // What is longer than eight bytes is no method, whatever stands behind them.
        let method = Bytes.prefix64(
            record.line.base + record.method.lowerBound,
            record.method.upperBound &- record.method.lowerBound
        )
        let seed = method ^ (UInt64(record.service) &* 0x9E37_79B9_7F4A_7C15)
        let hash = Self.hash(path, count, seed: seed, takesNumbersAsOne: takesNumbersAsOne) | 1
        let index = Int(truncatingIfNeeded: hash &>> 12) & (Self.places &- 1)
        if slots.head(index).pointee.hash != hash { take(index, for: hash, &record, path, count, &signals) }
        return index
    }

    /// A hash of a path and of a seed; with `takesNumbersAsOne` the same for all that differ in a last segment of at
    /// most seven digits only: `/orders/1`, `/orders/2`, ….
    @inline(__always) static func hash(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        seed: UInt64 = 0,
        takesNumbersAsOne: Bool
    ) -> UInt64 {
        let digits = takesNumbersAsOne ? Bytes.trailingNumber(path, count) : 0
        let mark = UInt64(bitPattern: Int64(0 &- min(digits, 1)))
        return Bytes.tableHash(path, count &- digits, seed: seed ^ mark)
    }

    /// Gives the series all that was counted.
    mutating func settle(into signals: inout GoldenSignals) {
        for place in 0..<counting.count {
            settle(Int(counting[place]), into: &signals)
            isCounting[Int(counting[place])] = false
        }
        counting.removeAll()
    }

    /// Forgets all numbers: they mean other routes and series now.
    ///
    /// Only after `settle`.
    mutating func removeAll() { slots = RequestSlots(count: Self.places, buckets: buckets) }

    // MARK: Not for every request

    /// Gives a slot to a path and labels that are not its own.
    @inline(never) private mutating func take(
        _ index: Int,
        for hash: UInt64,
        _ record: inout Record,
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        _ signals: inout GoldenSignals
    ) {
        settle(index, into: &signals)
        let length = recogniser.write(path, count, to: template.base)
        routes[index] = signals.route(UnsafePointer(template.base), length)
        let method = Method.index(record.line.base + record.method.lowerBound, record.method.count)
        labels[index] = GoldenSignals.labels(service: record.service, method: method, statusClass: 0)
        requests.pointer(at: index * RequestSlots.classes).update(repeating: .unknown, count: RequestSlots.classes)
        slots.head(index).pointee = RequestSlots.Head(hash: hash)
    }

    @inline(never) private mutating func begin(_ index: Int, _ signals: inout GoldenSignals) {
        settle(index, into: &signals)
        guard !isCounting[index] else { return }
        isCounting[index] = true
        counting.append(UInt16(index))
    }

    @inline(never) private func settle(_ index: Int, into signals: inout GoldenSignals) {
        let head = slots.head(index)
        guard head.pointee.count > 0 else { return }
        let cells = slots.cells(index)
        for statusClass in 0..<RequestSlots.classes where cells[statusClass] > 0 {
            let number = requests.pointer(at: index * RequestSlots.classes + statusClass)
            if number.pointee == .unknown {
                let labels = labels[index] | UInt64(statusClass + 1)
                number.pointee = signals.requests(of: labels, route: routes[index])
            }
            let errors = cells[RequestSlots.classes + statusClass]
            signals.add(number.pointee, count: UInt64(cells[statusClass]), errors: UInt64(errors))
        }
        if head.pointee.durations != .unknown {
            signals.add(head.pointee.durations, sum: head.pointee.sum, cells + 2 * RequestSlots.classes)
        }
        slots.clear(index)
    }
}
