internal import CScan

/// Runs the line kernel and owns the index arrays it writes to.
struct LineScanner: ~Copyable {
    // Invariant: both arrays hold `capacity + 64` entries; a line that is longer makes them grow first.
    private var quotes: UnsafeMutablePointer<UInt32>
    private var candidates: UnsafeMutablePointer<UInt32>
    private var capacity: Int

    init(capacity: Int = 16 * 1024) {
        self.capacity = capacity
        quotes = Self.entries(capacity)
        candidates = Self.entries(capacity)
    }

    deinit {
        quotes.deallocate()
        candidates.deallocate()
    }

    /// Scans a line that has `Arena.slack` readable bytes behind it.
    ///
    /// The view is valid until the next scan; its quote array ends in one entry more, the length of the line.
    @inline(__always) mutating func scan(
        _ base: UnsafePointer<UInt8>,
        _ count: Int,
        tables: OpaquePointer?
    ) -> LineView {
        if count > capacity { grow(count) }
        var index = martlet_line_index()
        martlet_scan_line(tables, base, count, quotes, candidates, &index)
        quotes[Int(index.quote_count)] = UInt32(truncatingIfNeeded: count)
        return LineView(
            base: base,
            count: count,
            quotes: quotes,
            quoteCount: Int(index.quote_count),
            candidates: candidates,
            candidateCount: Int(index.candidate_count),
            flags: index.flags
        )
    }

    /// Gives back what a line took that was longer than `count`.
    mutating func shrink(to count: Int) { if capacity > count { resize(count) } }

    private mutating func grow(_ count: Int) { resize(max(count, capacity * 2)) }

    private mutating func resize(_ count: Int) {
        quotes.deallocate()
        candidates.deallocate()
        capacity = count
        quotes = Self.entries(capacity)
        candidates = Self.entries(capacity)
    }

    /// Not initialised: the kernel writes before anyone reads, and pages that it does not need are never there.
    private static func entries(_ capacity: Int) -> UnsafeMutablePointer<UInt32> {
        .allocate(capacity: capacity + 64)
    }
}
