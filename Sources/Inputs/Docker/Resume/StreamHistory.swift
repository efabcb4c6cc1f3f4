/// The last lines of one stream, in the order they came.
///
/// The ordinal of a line among lines of its time is found from these alone, so it comes out the same when the
/// engine sends the lines again: as part of a document's identity it survives restarts, and with it even a run of
/// equal lines at one time has one place for each. Few lines are enough: a run of any length is counted on from
/// its last line, and only a clock that was set back to the very same nanosecond needs to look further.
package struct StreamHistory: Sendable, Equatable {
    /// How many lines are remembered.
    package static let linesMax = 16

    /// The line noted last.
    package private(set) var last: LineFingerprint?
    /// The latest time of all lines noted.
    package private(set) var latest = Int64.min
    /// The remembered lines; once it is full, `oldest` is where the next one goes.
    private var ring: [LineFingerprint] = []
    private var oldest = 0

    /// Makes an empty history.
    package init() {}

    /// Makes a history of lines, oldest first.
    package init(_ lines: [LineFingerprint]) {
        for line in lines { note(line) }
    }

    /// Whether no line has been noted.
    package var isEmpty: Bool { ring.isEmpty }

    /// The remembered lines, oldest first.
    package var lines: [LineFingerprint] { Array(ring[oldest...] + ring[..<oldest]) }

    /// The ordinal that a line of this time would have as the next one.
    @inline(__always) package func ordinal(of time: Int64) -> UInt64 {
        guard let last else { return 0 }
        if time == last.time { return last.ordinal &+ 1 }
        return time > latest ? 0 : ordinalAfterStepBack(time)
    }

    /// Notes the next line.
    @inline(__always) package mutating func note(_ line: LineFingerprint) {
        last = line
        latest = max(latest, line.time)
        if ring.count < Self.linesMax {
            ring.append(line)
        } else {
            ring[oldest] = line
            oldest = oldest &+ 1 == Self.linesMax ? 0 : oldest &+ 1
        }
    }

    /// Whether a remembered line has this time, length and hash.
    package func contains(_ line: LineFingerprint) -> Bool {
        ring.contains { $0.time == line.time && $0.length == line.length && $0.hash == line.hash }
    }

    private func ordinalAfterStepBack(_ time: Int64) -> UInt64 {
        ring.lazy.filter { $0.time == time }.map { $0.ordinal &+ 1 }.max() ?? 0
    }

    /// Whether both remember the same lines, wherever those stand in their rings.
    package static func == (one: StreamHistory, other: StreamHistory) -> Bool {
        one.lines == other.lines
    }
}
