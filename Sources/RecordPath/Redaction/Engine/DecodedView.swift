internal import CScan

/// Memory for one level of decoding: the decoded bytes, their origin, and what the kernel found in them.
struct DecodedView: ~Copyable {
    var bytes = Arena(capacity: 1024)
    var map = OffsetMap()
    private var quotes: UnsafeMutablePointer<UInt32>
    private var candidates: UnsafeMutablePointer<UInt32>
    private var capacity = 1024
    private var index = martlet_line_index()

    init() {
        quotes = .allocate(capacity: capacity + Arena.slack)
        candidates = .allocate(capacity: capacity + Arena.slack)
    }

    deinit {
        quotes.deallocate()
        candidates.deallocate()
    }

    /// Gives back what a text took whose decoded form was longer than `count`.
    mutating func shrink(to count: Int) {
        if capacity > count || bytes.capacity > count || map.capacity > count { self = DecodedView() }
    }

    /// Runs the kernel over the decoded bytes.
    mutating func scan(_ tables: OpaquePointer?) -> LineView {
        if bytes.count > capacity { grow() }
        martlet_scan_line(tables, bytes.base, bytes.count, quotes, candidates, &index)
        return LineView(
            base: bytes.base,
            count: bytes.count,
            quotes: quotes,
            quoteCount: Int(index.quote_count),
            candidates: candidates,
            candidateCount: Int(index.candidate_count),
            flags: index.flags
        )
    }

    private mutating func grow() {
        quotes.deallocate()
        candidates.deallocate()
        capacity = bytes.count * 2
        // The kernel wants room for an entry per byte and 64 more.
        quotes = .allocate(capacity: capacity + Arena.slack)
        candidates = .allocate(capacity: capacity + Arena.slack)
    }
}
