/// Decides for each line of one stream whether it has been read before, across reconnects and restarts.
///
/// After a reconnect the engine sends a little again: `since` takes a time, many lines may share one, and the times
/// of the two streams overlap. While the last line that is known can still come, the matcher passes over everything
/// up to it: same time, same place among the lines of that time, same length, same hash. Behind it all is new,
/// whatever its time. When a later line comes first, the known one is gone from the engine's log: a gap, and all
/// that follows is new. A stream whose last line lies before `since` waits for nothing: what is neither older than
/// `since` nor remembered is new.
package struct ResumeMatcher: Sendable {
    /// What to do with a line.
    package enum Verdict: Sendable, Equatable {
        /// It is known: pass over it.
        case known
        /// It is new: append it, then `note` the fingerprint.
        case new(LineFingerprint)
        /// The same, and lines between the last known one and this one were lost.
        case newAfterGap(LineFingerprint)
    }

    /// What has been read and appended: the position.
    package private(set) var history: StreamHistory
    /// What this connection has sent again so far; nil when everything is new.
    private var replay: StreamHistory?
    private var since = Int64.min
    private var waitsForLast = false

    /// Makes a matcher that goes on behind `history`; call `reconnected` before the first line.
    package init(history: StreamHistory = StreamHistory()) { self.history = history }

    /// Whether lines are still being passed over.
    package var isMatching: Bool { replay != nil }

    /// A new connection has been opened with this `since`.
    package mutating func reconnected(since: Int64) {
        // The latest time of the remembered lines only: an old line from the future must not count for ever.
        history = StreamHistory(history.lines)
        replay = history.isEmpty ? nil : StreamHistory()
        self.since = since
        waitsForLast = (history.last?.time ?? .min) >= since
    }

    /// Reading goes on exactly behind the last line: all that comes is new.
    package mutating func continued() {
        history = StreamHistory(history.lines)
        replay = nil
    }

    /// Looks at the next line of the connection.
    @inline(__always)
    package mutating func take(_ line: UnsafeBufferPointer<UInt8>, time: Int64) -> Verdict {
        take(time: time, length: UInt32(clamping: line.count), hash: LineHash.of(line))
    }

    /// The same for a line whose hash is known.
    @inline(__always)
    package mutating func take(time: Int64, length: UInt32, hash: UInt64) -> Verdict {
        guard replay == nil else { return takeAgain(time: time, length: length, hash: hash) }
        return .new(LineFingerprint(time: time, ordinal: history.ordinal(of: time), length: length, hash: hash))
    }

    /// The new line has been appended: it belongs to the position from now on.
    @inline(__always) package mutating func note(_ line: LineFingerprint) { history.note(line) }

    private mutating func takeAgain(time: Int64, length: UInt32, hash: UInt64) -> Verdict {
        guard var seen = replay else { return .known }
        var line = LineFingerprint(time: time, ordinal: seen.ordinal(of: time), length: length, hash: hash)
        if seen.isEmpty { line.ordinal = firstOrdinal(line) }
        if isNew(line) {
            replay = nil
            return waitsForLast ? .newAfterGap(line) : .new(line)
        }
        seen.note(line)
        replay = waitsForLast && line == history.last ? nil : seen
        return .known
    }

    /// Which of the lines of its time the first line of a connection is.
    ///
    /// The engine's log may begin in the middle of them, when the file before has been removed. What is remembered
    /// tells, if it goes back to the first of them.
    private func firstOrdinal(_ line: LineFingerprint) -> UInt64 {
        let ofTime = history.lines.filter { $0.time == line.time }
        guard ofTime.first?.ordinal == 0, !ofTime.contains(line) else { return line.ordinal }
        return ofTime.first { $0.length == line.length && $0.hash == line.hash }?.ordinal ?? line.ordinal
    }

    private func isNew(_ line: LineFingerprint) -> Bool {
        if waitsForLast { return line.time > history.latest }
        return line.time >= since && !history.contains(line)
    }
}
