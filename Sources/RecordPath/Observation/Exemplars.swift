/// One telling request for each bucket of each latency series: failed ones are preferred, slow ones have buckets of
/// their own.
struct Exemplars: ~Copyable {
    /// A request that has a trace.
    struct Slot: BitwiseCopyable {
        /// The trace id; both zero: there is none.
        var high: UInt64 = 0
        var low: UInt64 = 0
        var latency: Int64 = 0
        /// Nanoseconds since 1970.
        var time: Int64 = 0
        var isError = false
    }

    /// A failed request stays before successful ones for so long, nanoseconds.
    private static let preference: Int64 = 60_000_000_000

    /// Empty until the first request that has a trace.
    private var slots = Column<Slot>()
    /// Buckets of all series.
    private var count = 0

    /// Makes room for the buckets of another series.
    mutating func append(_ count: Int) {
        self.count += count
        if slots.count > 0 { slots.append(Slot(), count: count) }
    }

    /// Keeps the buckets of some series.
    mutating func keep(_ series: [Int], width: Int) {
        count = series.count * width
        guard slots.count > 0 else { return }
        slots = Column(series.flatMap { slots.elements($0 * width..<($0 + 1) * width) })
    }

    /// Those of some buckets; empty when there are none.
    func elements(_ buckets: Range<Int>) -> [SignalSnapshot.Exemplar?] {
        guard slots.count > 0 else { return [] }
        let elements = slots.elements(buckets).map(SignalSnapshot.Exemplar.init)
        return elements.allSatisfy { $0 == nil } ? [] : elements
    }

    /// Takes a request of a bucket, unless there is a better one.
    @inline(__always) mutating func offer(
        _ bucket: Int,
        _ trace: TraceID,
        latency: Int64,
        time: Int64,
        isError: Bool
    ) {
        if slots.count == 0 { slots.append(Slot(), count: count) }
        let slot = slots.pointer(at: bucket)
        if slot.pointee.isError, !isError, time &- slot.pointee.time < Self.preference { return }
        slot.pointee = Slot(high: trace.high, low: trace.low, latency: latency, time: time, isError: isError)
    }
}
