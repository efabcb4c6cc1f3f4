package import RecordPath

/// Joins the parts of lines that Docker's journald driver has cut at 16 KiB.
///
/// Bounded: so many lines, so many bytes, so long a wait. At a bound the oldest line goes out as it is, marked as
/// cut; parts that come later make a line of their own, so nothing is lost. Only what is longer than one line may
/// be is left off, as everywhere.
package struct PartialJoiner {
    package static let maximumOpenLines = 64
    package static let maximumLineBytes = 1 << 20
    package static let maximumBytes = 8 << 20
    /// A line whose next part has not come after so long goes out without it, milliseconds.
    package static let patienceMilliseconds: Int64 = 30_000

    /// A line whose last part has not come.
    package struct Line {
        package var name: PartialName
        package var stream: SourceStream
        package var bytes: [UInt8]
        /// The first part's.
        package var time: Int64
        package var identity: (UInt64, UInt64)
        package var first: JournalCursor
        /// Longer than a line may be.
        package var isCut: Bool
        fileprivate var touchedAt: Int64
    }

    /// In the order of their first parts.
    package private(set) var lines: [Line] = []
    private var byteCount = 0

    /// Makes a joiner of nothing.
    package init() {}

    /// Whether no line is open.
    package var isEmpty: Bool { lines.isEmpty }

    /// The open lines for a position.
    package var open: [JournalPosition.OpenLine] {
        lines.map { JournalPosition.OpenLine(name: $0.name, first: $0.first) }
    }

    /// The open line of a name.
    package func line(_ name: PartialName) -> Line? { lines.first { $0.name == name } }

    /// Adds a part to its line, which it opens when it is the first.
    ///
    /// `now` in milliseconds.
    package mutating func add(_ part: Line, now: Int64) {
        var index = lines.firstIndex { $0.name == part.name }
        if index == nil {
            lines.append(part)
            lines[lines.count - 1].bytes = []
            index = lines.count - 1
        }
        guard let index else { return }
        let room = Self.maximumLineBytes - lines[index].bytes.count
        if part.bytes.count > room || part.isCut { lines[index].isCut = true }
        let taken = part.bytes.prefix(room)
        lines[index].bytes.append(contentsOf: taken)
        lines[index].touchedAt = now
        byteCount += taken.count
    }

    /// Forgets a line: it has gone out.
    package mutating func remove(_ name: PartialName) {
        guard let index = lines.firstIndex(where: { $0.name == name }) else { return }
        byteCount -= lines[index].bytes.count
        lines.remove(at: index)
    }

    /// The line that must go out unfinished, because a bound is reached or its next part is overdue.
    package func overdue(now: Int64) -> Line? {
        if lines.count > Self.maximumOpenLines || byteCount > Self.maximumBytes { return lines.first }
        return lines.first { now - $0.touchedAt >= Self.patienceMilliseconds }
    }
}

extension PartialJoiner.Line {
    /// Makes a part, or the line that it opens.
    package init(
        name: PartialName,
        stream: SourceStream,
        bytes: [UInt8],
        time: Int64,
        identity: (UInt64, UInt64),
        first: JournalCursor,
        isCut: Bool
    ) {
        self.name = name
        self.stream = stream
        self.bytes = bytes
        self.time = time
        self.identity = identity
        self.first = first
        self.isCut = isCut
        touchedAt = 0
    }
}
