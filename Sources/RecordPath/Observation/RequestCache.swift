/// Which series the requests of a path count for, remembered by a hash of path and labels, and what they have counted
/// since the last `settle`: direct-mapped, so that it never grows.
///
/// A request costs one place of the cache and one bucket; the tables of series are not touched.
struct RequestCache: ~Copyable {
    private static let places = 4096

    /// A path with its service, method and status class, and what was counted of it: 32 bytes, half a cache line.
    private struct Slot: BitwiseCopyable {
        /// 0: free.
        var hash: UInt64 = 0
        /// Of latencies, nanoseconds.
        var sum: Int64 = 0
        var requests = SeriesNumber.unknown
        var durations = SeriesNumber.unknown
        var count: UInt32 = 0
        var errors: UInt32 = 0
    }

    private var slots = Column<Slot>(repeating: Slot(), count: places)
    /// The route of each slot.
    private let routes = Column<UInt32>(repeating: 0, count: places)
    /// Slots that may have counted something, and whether a slot is among them.
    private var counting = Column<UInt16>()
    private let isCounting = Column<Bool>(repeating: false, count: places)
    private let recogniser: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private let template = Arena(capacity: RouteTemplates.maxBytes)

    init(templates: [String]) {
        recogniser = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
    }

    /// Counts a request; `labels` are its service, method and status class, `part` is its latency's in the sketch.
    ///
    /// 32 bytes behind the path are readable.
    @inline(__always) mutating func count(
        _ record: inout Record,
        labels: UInt64,
        isError: Bool,
        part: Int,
        for signals: inout GoldenSignals
    ) {
        let path = record.line.base + record.path.lowerBound
        let path64 = Self.hash(path, record.path.count, takesNumbersAsOne: takesNumbersAsOne)
        let hash = Bytes.mix(path64 ^ labels &* 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F) | 1
        let index = Int(truncatingIfNeeded: hash &>> 12) & (Self.places &- 1)
        let slot = slots.pointer(at: index)
        if slot.pointee.hash != hash {
            settle(index, into: &signals)
            slot.pointee = Slot(hash: hash, requests: requests(path, record.path.count, labels, index, &signals))
        }
        if slot.pointee.count == 0 { begin(index) }
        slot.pointee.count &+= 1
        slot.pointee.errors &+= isError ? 1 : 0
        guard record.latency >= 0 else { return }
        slot.pointee.sum &+= record.latency
        if !slot.pointee.durations.isOwn {
            slot.pointee.durations = signals.durations(slot.pointee.durations, of: labels, route: routes[index])
        }
        signals.time(&record, of: slot.pointee.durations.series, isError: isError, part: part)
    }

    /// A hash of a path; with `takesNumbersAsOne` the same for all that differ in a last segment of at most seven
    /// digits only: `/orders/1`, `/orders/2`, ….
    @inline(__always) static func hash(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        takesNumbersAsOne: Bool
    ) -> UInt64 {
        let digits = Bytes.trailingDigits(path, count)
        let end = count &- digits
        let isNumbered =
            takesNumbersAsOne && digits > 0 && digits < 8 && end > 0 && path[max(end, 1) &- 1] == 0x2F
        let seed: UInt64 = isNumbered ? 0x9E37_79B9_7F4A_7C15 : 0
        return Bytes.tableHash(path, isNumbered ? end : count, seed: seed)
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
    mutating func removeAll() { slots = Column(repeating: Slot(), count: Self.places) }

    // MARK: Not for every request

    /// The request series of a path that is not the one in its slot.
    @inline(never) private func requests(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        _ labels: UInt64,
        _ index: Int,
        _ signals: inout GoldenSignals
    ) -> SeriesNumber {
        let length = recogniser.write(path, count, to: template.base)
        routes[index] = signals.route(UnsafePointer(template.base), length)
        return signals.requests(of: labels, route: routes[index])
    }

    @inline(never) private mutating func begin(_ index: Int) {
        guard !isCounting[index] else { return }
        isCounting[index] = true
        counting.append(UInt16(index))
    }

    @inline(never) private func settle(_ index: Int, into signals: inout GoldenSignals) {
        let slot = slots.pointer(at: index)
        guard slot.pointee.count > 0 else { return }
        signals.add(slot.pointee.requests, count: slot.pointee.count, errors: slot.pointee.errors)
        if slot.pointee.durations != .unknown { signals.add(slot.pointee.durations, sum: slot.pointee.sum) }
        (slot.pointee.sum, slot.pointee.count, slot.pointee.errors) = (0, 0, 0)
    }
}
