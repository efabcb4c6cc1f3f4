/// A source's place among those that Loki cannot tell from it: which nanoseconds are its own.
struct LokiPlace: BitwiseCopyable, Equatable {
    /// Times are moved by no more than this and `ties`: a microsecond and a half.
    static let modulus: Int64 = 1024
    private static let ranks = 32
    private static let runs: UInt64 = 16
    /// So many nanoseconds behind a time belong to the first source, whose ties get one more each; further ones of
    /// its ties take even numbers.
    static let ties: Int64 = 512

    /// The first source keeps its times, as long as they are new.
    let isFirst: Bool
    /// What its moved times leave when they are divided by the modulus: an odd number, and therefore never a time of
    /// whole microseconds.
    private let residue: Int16

    init(rank: Int, run: UInt64) {
        isFirst = rank == 0
        let place = rank == 0 ? 0 : 1 + (rank - 1) % (Self.ranks - 1)
        residue = Int16(1 + 2 * (place + Self.ranks * Int(run % Self.runs)))
    }

    /// The next time of this place behind one that it shares with others.
    @inline(never) func moved(_ time: Int64) -> Int64 {
        let start = time &+ Self.ties
        return start &+ (Int64(residue) &- start) & (Self.modulus &- 1)
    }

    /// The time to try when a record of this place has one already; `base` is where the search began.
    @inline(__always) func next(_ time: Int64, from base: Int64, isMoved: Bool) -> Int64 {
        if isMoved { return time &+ Self.modulus }
        return time &+ (time &- base < Self.ties &- 1 ? 1 : 2 &- (time & 1))
    }
}
