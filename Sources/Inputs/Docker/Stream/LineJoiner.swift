internal import RecordPath

/// Joins the parts of a long line of one stream of one container.
///
/// The engine cuts lines at 16 KiB and says so nowhere: a message without a final newline is a part. All parts of
/// a line bear the time of the first; a part with another time begins a new line, but for the journald driver,
/// which gives each part its own. What is behind `lineBytesMax` is skipped, and the line is marked as cut.
package struct LineJoiner: ~Copyable {
    /// A longer line is cut here.
    package static let lineBytesMax = 1024 * 1024

    /// A whole line; `content` is valid until the next call.
    package struct Line {
        package var time: Int64
        package var content: UnsafeBufferPointer<UInt8>
        package var isCut: Bool
    }

    /// Parts bear times of their own (journald driver).
    private let partsHaveOwnTimes: Bool
    private var held = Arena(capacity: 0)
    private var state = State.empty
    private var time: Int64 = 0

    private enum State {
        /// No part of a line is here.
        case empty
        /// `held` is the beginning of a line.
        case open
        /// The beginning of a too long line has been given out; its other parts are skipped.
        case skipping
        /// `held` has been given out; it is forgotten at the next call.
        case done
    }

    /// Makes a joiner for one stream.
    package init(partsHaveOwnTimes: Bool = false) { self.partsHaveOwnTimes = partsHaveOwnTimes }

    /// Whether the next message can be nothing but the beginning of a line.
    @inline(__always) package var isEmpty: Bool { state != .open && state != .skipping }

    /// The time of a line whose end has not been seen, and of which nothing has been given out.
    package var openTime: Int64? { state == .open ? time : nil }

    /// Bytes of a line whose end has not been seen.
    package var heldBytes: Int { held.count }

    /// Before a message of `time` is added: the line that it shows to be over.
    ///
    /// Ask until nil, then `add`.
    package mutating func interrupted(by time: Int64) -> Line? {
        if state == .done { reset(to: .empty) }
        guard state == .open || state == .skipping, !partsHaveOwnTimes, time != self.time else { return nil }
        guard state == .open else {
            reset(to: .empty)
            return nil
        }
        return giveOut(isCut: false, then: .done)
    }

    /// Adds a message; the line that it ends, or that has become too long by it.
    package mutating func add(_ content: UnsafeBufferPointer<UInt8>, time: Int64, endsLine: Bool) -> Line? {
        if state == .done { reset(to: .empty) }
        if state == .skipping {
            if endsLine { reset(to: .empty) }
            return nil
        }
        if state == .empty {
            state = .open
            self.time = time
        }
        let room = Self.lineBytesMax - held.count
        held.append(UnsafeBufferPointer(rebasing: content.prefix(room)))
        if content.count > room { return giveOut(isCut: true, then: endsLine ? .done : .skipping) }
        return endsLine ? giveOut(isCut: false, then: .done) : nil
    }

    /// At the end of the source: what is left of a line without an end.
    package mutating func finish() -> Line? {
        guard state == .open else {
            reset(to: .empty)
            return nil
        }
        return giveOut(isCut: false, then: .done)
    }

    /// Forgets everything, because the stream will be read again from a position.
    package mutating func reset() { reset(to: .empty) }

    private mutating func giveOut(isCut: Bool, then next: State) -> Line {
        state = next
        return Line(time: time, content: UnsafeBufferPointer(start: held.base, count: held.count), isCut: isCut)
    }

    /// Long lines are rare: their memory is given back.
    private mutating func reset(to next: State) {
        if held.capacity > 4 * 1024 { held = Arena(capacity: 0) } else { held.removeAll() }
        state = next
    }
}
