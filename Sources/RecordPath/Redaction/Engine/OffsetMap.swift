/// Where the bytes of a decoded view came from: between two escapes offsets run in step, so one entry per escape; a
/// run of `\\` is one entry with a step of two.
struct OffsetMap: ~Copyable {
    /// Lines are looked at up to `Redactor.scanLimit`.
    private struct Entry {
        var decoded: UInt32
        var source: UInt32
        /// Source bytes for each decoded one, until the next entry.
        var step: UInt32
    }

    private var base: UnsafeMutablePointer<Entry>
    private(set) var capacity = 64
    private var count = 0

    init() { base = .allocate(capacity: capacity) }

    deinit { base.deallocate() }

    /// Starts a view whose first byte stands at `source`.
    mutating func reset(source: Int) {
        count = 0
        append(decoded: 0, source: source)
    }

    /// From `decoded` on, bytes come from `source` on.
    mutating func append(decoded: Int, source: Int, step: Int = 1) {
        if count == capacity { grow() }
        (base + count).initialize(
            to: Entry(decoded: UInt32(decoded), source: UInt32(source), step: UInt32(step))
        )
        count += 1
    }

    /// The source offset of a decoded one.
    func source(of decoded: Int) -> Int {
        var low = 0
        var high = count
        while low + 1 < high {
            let middle = (low + high) / 2
            if Int(base[middle].decoded) <= decoded { low = middle } else { high = middle }
        }
        let next = low + 1 < count ? Int(base[low + 1].source) : Int.max
        let entry = base[low]
        return min(Int(entry.source) + (decoded - Int(entry.decoded)) * Int(entry.step), next)
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
