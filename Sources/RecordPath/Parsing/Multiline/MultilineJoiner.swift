/// Decides which lines of one stream are one record: stack traces and panics by their shape, and JSON that was
/// printed over several lines.
///
/// A value for each (container, stream); it holds no text. Its owner keeps the bytes of the open record, performs
/// the steps, asks `expire` now and then, and calls `close` at the end of the stream. The joined record keeps the
/// time of its first line; its lines stay apart by newlines.
///
/// A line of text stays open until the next one shows whether it goes on, so the last line of a stream waits for
/// `Limits.timeout`. A whole JSON object on one line never waits.
package struct MultilineJoiner {
    /// Bounds of a joined record.
    package struct Limits: Sendable, Equatable {
        /// Bytes of a record, newlines included; a line that is longer alone is left alone.
        package var bytes: Int
        /// Lines of a record.
        package var lines: Int
        /// How long an open record waits for its next line, nanoseconds.
        package var timeout: Int64

        /// Makes limits.
        package init(bytes: Int = 256 * 1024, lines: Int = 2000, timeout: Int64 = 500_000_000) {
            self.bytes = bytes
            self.lines = lines
            self.timeout = timeout
        }
    }

    /// What to do with a line.
    package struct Step: Equatable, Sendable {
        /// Where the line goes.
        package enum Action: Sendable {
            /// It is a record of its own and complete.
            case emit
            /// It begins a record that may go on: keep it open.
            case open
            /// It belongs to the open record.
            case append
            /// It belongs to the open record and completes it.
            case appendAndClose
        }

        /// The open record is complete: hand it on before anything else.
        package var closesOpen: Bool
        package var action: Action
        /// The open record would have gone on, but is at a limit.
        package var isCut: Bool

        /// Makes a step.
        package init(closesOpen: Bool, _ action: Action, isCut: Bool = false) {
            self.closesOpen = closesOpen
            self.action = action
            self.isCut = isCut
        }
    }

    private let limits: Limits
    private var state = TraceState.idle
    private var openBytes = 0
    /// Lines of the open record.
    private(set) var openLines = 0
    private var lastLine: Int64 = 0

    /// Makes a joiner with nothing open.
    package init(limits: Limits = Limits()) { self.limits = limits }

    /// Whether a record waits for more.
    @inline(__always) package var isOpen: Bool { state != .idle }

    /// Takes the stream's next line, without its line end, as it was read at `now`.
    ///
    /// `startsRecord` is what an operator's own start pattern says; nil leaves the decision to the shapes.
    package mutating func take(
        _ line: UnsafePointer<UInt8>,
        _ count: Int,
        now: Int64,
        startsRecord: Bool? = nil
    ) -> Step {
        let mustClose = expire(now: now)
        lastLine = now
        if !mustClose, isOpen, let next = continuation(line, count, startsRecord) {
            return carryOn(next, line, count)
        }
        let closes = mustClose || isOpen
        begin(startsRecord == nil ? TraceShape.opening(line, count) : .plain(hasHeader: true), count)
        return Step(closesOpen: closes, isOpen ? .open : .emit)
    }

    /// Whether the open record has waited long enough; it is then closed.
    package mutating func expire(now: Int64) -> Bool {
        guard isOpen, now &- lastLine >= limits.timeout || now < lastLine else { return false }
        return close()
    }

    /// The stream ends: whether there was an open record, which is now closed.
    package mutating func close() -> Bool {
        defer { state = .idle }
        return isOpen
    }

    private func continuation(_ line: UnsafePointer<UInt8>, _ count: Int, _ startsRecord: Bool?) -> TraceState? {
        if let startsRecord { return startsRecord ? nil : state }
        return TraceShape.continuation(of: state, line, count)
    }

    private mutating func carryOn(_ next: TraceState, _ line: UnsafePointer<UInt8>, _ count: Int) -> Step {
        guard count < limits.bytes - openBytes, openLines < limits.lines else {
            // what is left of a trace that is too long becomes the next record, in the same state
            begin(next, count)
            return Step(closesOpen: true, isOpen ? .open : .emit, isCut: true)
        }
        openBytes += count + 1
        openLines += 1
        state = next
        return Step(closesOpen: false, isOpen ? .append : .appendAndClose)
    }

    private mutating func begin(_ next: TraceState, _ count: Int) {
        state = next
        openBytes = count + 1
        openLines = 1
    }
}
