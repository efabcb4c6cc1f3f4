/// Keeps two records of one Loki stream from sharing time, line and metadata, because Loki would silently drop one.
///
/// It remembers fingerprints: of each stream the last few, and of the records that were not the newest of their
/// stream 64 Ki, in sets of four. A record whose fingerprint is known gets one nanosecond more, until it is alone.
/// The fingerprint covers the stream, the time and a sample of the line: equal records always collide; different
/// ones that do are moved by a nanosecond too, which hurts nobody.
///
/// A record later than all before it collides with nothing, and one of the same time only with those that came
/// since: neither touches the table, whose memory is cold, as long as these are among the last few. Nearly all records
/// are of these two kinds. From the first other one on, the table keeps what a stream's last few have no room for.
///
/// Ties between sources, which may be read by other workers, are none of its business: see `LokiSources`.
struct TieBreaker: ~Copyable {
    /// How a record's time lies to those of its stream.
    enum Order {
        /// Later than all.
        case newest
        /// As late as the latest.
        case same
        case older
    }

    /// Fingerprints of the last records of one stream.
    struct Recent: ~Copyable {
        private static let count = 16
        // Invariant: `count` initialised numbers, ours alone.
        private let prints: UnsafeMutablePointer<UInt64>
        private var next = 0
        /// `next` at the first record of the latest time.
        private var firstOfLatest = 0
        /// Records come that are not later than what was forgotten here: that must be in the table.
        fileprivate(set) var isMixed = false

        init() {
            prints = .allocate(capacity: Self.count)
            prints.initialize(repeating: 0, count: Self.count)
        }

        deinit { prints.deallocate() }

        /// Whether all records of the latest time are among the last ones.
        @inline(__always) var holdsLatest: Bool { next &- firstOfLatest < Self.count }

        /// The next record is later than all.
        @inline(__always) mutating func beginLatest() { firstOfLatest = next }

        /// Remembers a record; gives the one that is forgotten for it, 0 where there is none.
        @inline(__always) mutating func note(_ print: UInt64) -> UInt64 {
            let slot = next & (Self.count &- 1)
            let old = prints[slot]
            prints[slot] = print
            next &+= 1
            return old
        }

        /// All that are remembered.
        fileprivate func forEach(_ body: (UInt64) -> Void) {
            for index in 0..<Self.count where prints[index] != 0 { body(prints[index]) }
        }

        func holds(_ print: UInt64) -> Bool {
            // All of them, as where it would end early cannot be predicted.
            var hits = 0
            for index in 0..<Self.count { hits &+= prints[index] == print ? 1 : 0 }
            return hits != 0
        }
    }

    /// Equal records of one time: all times from theirs to `last` are taken.
    private struct Run: BitwiseCopyable {
        /// The fingerprint at their own time; 0: free.
        var first: UInt64 = 0
        var last: Int64 = 0
    }

    private static let runCount = 256
    private static let sets = 16 * 1024
    // Invariant: `4 * sets` entries, never resized.
    private let entries: UnsafeMutablePointer<UInt64>
    private var clock: UInt64 = 0
    // Direct-mapped. Without it, the thousandth of some equal records would try a thousand times.
    private let runs = Column<Run>(repeating: Run(), count: runCount)

    init() {
        entries = .allocate(capacity: Self.sets * 4)
        entries.initialize(repeating: 0, count: Self.sets * 4)
    }

    deinit { entries.deallocate() }

    /// The time under which the record is alone in its stream.
    ///
    /// 8 bytes behind the line are readable.
    @inline(__always) mutating func uniqueTime(
        _ time: Int64,
        _ place: (order: Order, own: LokiPlace, isMoved: Bool),
        stream: UInt64,
        recent: inout Recent,
        line: (base: UnsafePointer<UInt8>, count: Int),
        metadata: UInt64
    ) -> Int64 {
        let content =
            Self.sample(line.base, line.count) ^ metadata ^ stream
        let base = time
        var time = time
        var print = Self.print(content, time)
        switch place.order {
        case .newest: recent.beginLatest()
        case .same where recent.holdsLatest:
            while recent.holds(print) {
                time = place.own.next(time, isMoved: place.isMoved)
                print = Self.print(content, time)
            }
        case .same, .older:
            if !recent.isMixed { mix(&recent) }
            let first = print
            if let last = lastOfRun(first) {
                time = place.own.next(last, isMoved: place.isMoved)
                print = Self.print(content, time)
            }
            // What is met again among the last goes to the table, where it is kept for longer.
            while isKnown(print) || recent.holds(print) {
                if !isKnown(print) { remember(print) }
                time = place.own.next(time, isMoved: place.isMoved)
                print = Self.print(content, time)
            }
            remember(print)
            if time != base { runs[Self.place(first)] = Run(first: first, last: time) }
        }
        let old = recent.note(print)
        if recent.isMixed, !isKnown(old) { remember(old) }
        return time
    }

    /// From now on the table keeps what a stream's last few have no room for.
    @inline(never) private mutating func mix(_ recent: inout Recent) {
        recent.forEach { remember($0) }
        recent.isMixed = true
    }

    @inline(__always) private func lastOfRun(_ first: UInt64) -> Int64? {
        let run = runs[Self.place(first)]
        return run.first == first ? run.last : nil
    }

    @inline(__always) private static func place(_ first: UInt64) -> Int {
        Int(truncatingIfNeeded: first &>> 8) & (runCount &- 1)
    }

    @inline(__always) private mutating func remember(_ print: UInt64) {
        clock &+= 1
        set(of: print)[Int(truncatingIfNeeded: clock) & 3] = print
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
        var factor: UInt64 = 0x9E37_79B9_7F4A_7C15
        var at = 0
        // Sums of products with different factors: the multiplications do not wait for each other.
        for _ in 0..<8 {
            let word = Bytes.load64(p + at)
            state &+= (word ^ word &>> 32) &* factor
            factor &+= 0xA076_1D64_78BD_6432
            at &+= step
        }
        return Bytes.mix(state ^ Bytes.load64(p + count - 8), 0xE703_7ED1_A0B4_28DB)
    }
}
