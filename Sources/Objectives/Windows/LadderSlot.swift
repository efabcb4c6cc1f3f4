/// The counts of one slot in 16 bytes: good 64 bits, bad 38, milliseconds observed 26.
struct LadderSlot: Sendable, Equatable {
    /// Counts of a slot stay below this, far above what a host can read in one.
    static let maximumCount: UInt64 = 1 << 38 - 1
    /// Milliseconds of the longest slot must fit 26 bits.
    static let maximumMillis: Int64 = 1 << 26 - 1

    private var goodBits: UInt64 = 0
    private var packed: UInt64 = 0

    var isEmpty: Bool { goodBits | packed == 0 }

    var counts: EventCounts {
        EventCounts(good: goodBits, bad: packed >> 26, coveredMillis: Int64(packed & 0x3FF_FFFF))
    }

    /// Adds counts as far as they fit, and takes away coverage where it is negative; what really changed.
    mutating func add(_ added: EventCounts, maximumMillis: Int64) -> EventCounts {
        let old = counts
        let new = EventCounts(
            good: Self.sum(old.good, added.good),
            bad: Self.sum(old.bad, added.bad),
            coveredMillis: min(max(old.coveredMillis + added.coveredMillis, 0), maximumMillis)
        )
        goodBits = new.good
        packed = new.bad << 26 | UInt64(new.coveredMillis)
        var change = new
        change -= old
        return change
    }

    private static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        left + min(right, maximumCount - left)
    }
}
