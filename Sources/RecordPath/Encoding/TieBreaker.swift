/// Keeps two records of one Loki stream from sharing time, line and metadata, because Loki would silently drop one.
///
/// It remembers fingerprints of the records that went by, 64 Ki of them, in sets of four. A record whose
/// fingerprint is known gets one nanosecond more, until it is alone. The fingerprint covers the stream, the time
/// and a sample of the line: equal records always collide; different ones that do are moved by a nanosecond too,
/// which hurts nobody.
struct TieBreaker: ~Copyable {
    private static let sets = 16 * 1024
    // Invariant: `4 * sets` entries, never resized.
    private let entries: UnsafeMutablePointer<UInt64>
    private var clock: UInt64 = 0

    init() {
        entries = .allocate(capacity: Self.sets * 4)
        entries.initialize(repeating: 0, count: Self.sets * 4)
    }

    deinit { entries.deallocate() }

    /// The time under which the record is alone in its stream.
    ///
    /// `isNewest`: nothing in the stream is as late, so there is nothing to collide with and the table is only
    /// written, which waits for no memory. 8 bytes behind the line are readable.
    @inline(__always) mutating func uniqueTime(
        _ time: Int64,
        isNewest: Bool,
        stream: Int,
        line: UnsafePointer<UInt8>,
        count: Int,
        metadata: UInt64
    ) -> Int64 {
        let content = Self.sample(line, count) ^ metadata ^ Bytes.mix(UInt64(stream) &+ 1, 0x9E37_79B9_7F4A_7C15)
        var time = time
        var print = Self.print(content, time)
        while !isNewest, isKnown(print) {
            time &+= 1
            print = Self.print(content, time)
        }
        clock &+= 1
        set(of: print)[Int(truncatingIfNeeded: clock) & 3] = print
        return time
    }

    @inline(__always) private static func print(_ content: UInt64, _ time: Int64) -> UInt64 {
        Bytes.mix(content ^ UInt64(bitPattern: time), 0xA076_1D64_78BD_642F) | 1
    }

    @inline(__always) private func isKnown(_ print: UInt64) -> Bool {
        let set = set(of: print)
        return set[0] == print || set[1] == print || set[2] == print || set[3] == print
    }

    @inline(__always) private func set(of print: UInt64) -> UnsafeMutablePointer<UInt64> {
        entries + Int(truncatingIfNeeded: print &>> 20) & (Self.sets &- 1) &* 4
    }

    /// A hash of the length and at most nine words of the line: first, last and seven between.
    @inline(__always) private static func sample(_ p: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        if count <= 64 { return Bytes.hash(p, count) }
        var state = UInt64(truncatingIfNeeded: count) &* 0xE703_7ED1_A0B4_28DB
        let step = (count &- 8) / 8
        var at = 0
        for _ in 0..<8 {
            state = (state ^ Bytes.load64(p + at)) &* 0x9E37_79B9_7F4A_7C15
            state ^= state &>> 29
            at &+= step
        }
        return Bytes.mix(state ^ Bytes.load64(p + count - 8), 0xE703_7ED1_A0B4_28DB)
    }
}
