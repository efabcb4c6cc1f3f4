/// A source's place among those that Loki cannot tell from it: which nanoseconds are its own.
///
/// Odd nanoseconds in the upper half of a microsecond are for times that were moved, and each place has one of them to
/// itself; all others are for the first source of a stream. Whole microseconds and their ties are always of those.
struct LokiPlace: BitwiseCopyable, Equatable {
    private static let microsecond: Int64 = 1_000
    /// The first source, further ones with a number of their own, and the one that all others share.
    private static let ranks = 16
    private static let runs: UInt64 = 15
    /// Runs that come after so many take the next microseconds, and ties those that are as many further on.
    private static let cycles: Int64 = 8

    /// The first source keeps its times, as long as they are new.
    let isFirst: Bool
    /// Shares its nanoseconds with others, which only a table of all workers can tell apart.
    let isCrowded: Bool
    /// Other sources may have the same metadata.
    private let isShared: Bool
    /// What moved times leave when they are divided by a microsecond.
    private let residue: Int16
    /// What is added besides.
    private let cycle: Int32

    init(rank: Int, run: UInt64, isShared: Bool = true) {
        isFirst = rank == 0
        isCrowded = rank >= Self.ranks - 1
        self.isShared = isShared
        residue = Int16(501 + 2 * (min(rank, Self.ranks - 1) + Self.ranks * Int(run % Self.runs)))
        cycle = Int32(run / Self.runs % UInt64(Self.cycles)) * Int32(Self.microsecond)
    }

    /// The next time of this place behind one that it shares with others.
    @inline(never) func moved(_ time: Int64) -> Int64 {
        let moved = time &- Self.part(time) &+ Int64(residue)
        return moved &+ Int64(cycle) &+ (moved < time ? Self.microsecond : 0)
    }

    /// The time of the first source's record: a nanosecond later where it would be one for moved times.
    @inline(__always) func kept(_ time: Int64) -> Int64 { isShared ? Self.kept(time) : time }

    /// The time to try when a record of this place has one already.
    @inline(__always) func next(_ time: Int64, isMoved: Bool) -> Int64 {
        isMoved ? time &+ Self.cycles &* Self.microsecond : Self.kept(time &+ 1)
    }

    @inline(__always) private static func kept(_ time: Int64) -> Int64 {
        time &+ (part(time) >= 500 ? time & 1 : 0)
    }

    /// Nanoseconds behind the last whole microsecond.
    @inline(__always) private static func part(_ time: Int64) -> Int64 {
        let rest = time % microsecond
        return rest < 0 ? rest &+ microsecond : rest
    }
}
