/// The slots of a `RequestCache`: what each belongs to and what was counted for it stands side by side, so that a
/// request costs one cache line or two.
struct RequestSlots: ~Copyable {
    /// What a slot begins with.
    struct Head: BitwiseCopyable {
        /// 0: free.
        var hash: UInt64 = 0
        /// Of latencies, nanoseconds.
        var sum: Int64 = 0
        var durations = SeriesNumber.unknown
        /// Requests: no cell has counted more.
        var count: UInt32 = 0
    }

    /// Status classes, 1xx to 5xx.
    static let classes = 5
    /// A cell has counted so much at most.
    static let maximumCount: UInt32 = 60_000
    private static let cacheLine = 64

    // Invariant: `count` slots, `stride` bytes apart and aligned to cache lines, each a `Head` and `cellCount` cells,
    // all initialised; the memory is ours alone.
    private let base: UnsafeMutableRawPointer
    private let stride: Int
    private let count: Int
    private let cellCount: Int

    /// Makes free slots; `buckets` are those of a latency series.
    init(count: Int, buckets: Int) {
        self.count = count
        cellCount = 2 * Self.classes + buckets
        let bytes = MemoryLayout<Head>.size + cellCount * MemoryLayout<UInt16>.size
        stride = (bytes + Self.cacheLine - 1) / Self.cacheLine * Self.cacheLine
        base = .allocate(byteCount: count * stride, alignment: Self.cacheLine)
        for index in 0..<count {
            (base + index * stride).initializeMemory(as: Head.self, to: Head())
            (base + index * stride + MemoryLayout<Head>.size)
                .initializeMemory(as: UInt16.self, repeating: 0, count: cellCount)
        }
    }

    deinit { base.deallocate() }

    @inline(__always) func head(_ index: Int) -> UnsafeMutablePointer<Head> {
        assert(index >= 0 && index < count)
        return (base + index &* stride).assumingMemoryBound(to: Head.self)
    }

    /// Requests of each status class, then failed ones of each, then the buckets.
    @inline(__always) func cells(_ index: Int) -> UnsafeMutablePointer<UInt16> {
        assert(index >= 0 && index < count)
        return (base + index &* stride + MemoryLayout<Head>.size).assumingMemoryBound(to: UInt16.self)
    }

    /// Forgets what a slot has counted.
    func clear(_ index: Int) {
        head(index).pointee.sum = 0
        head(index).pointee.count = 0
        cells(index).update(repeating: 0, count: cellCount)
    }
}
