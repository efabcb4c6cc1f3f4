/// Recognises the lines of stack traces, panics and printed JSON by their shape.
///
/// Every function looks at one line; what came before is in the `TraceState`.
enum TraceShape {
    /// The state that a line opens; `idle` when it is complete in itself.
    static func opening(_ line: UnsafePointer<UInt8>, _ count: Int) -> TraceState {
        let text = ByteCursor(line, count)
        switch text.next {
        case 0: return .idle
        case 0x7B, 0x5B: return BracketDepth.opening(text) ?? header(text)
        case 0x70 where text.starts(with: "panic: "): return .go
        case 0x66 where text.starts(with: "fatal error: "): return .go
        case 0x67 where isGoroutine(text): return .go
        case 0x54 where isTraceback(text): return .python
        case 0x74 where text.starts(with: "thread '"): return rustPanic(text)
        case 0x2F where isScriptPosition(text): return .nodeSource
        case 0x1B: return isGinRecovery(text) ? .ginRecovery : coloured(text)
        default: return header(text)
        }
    }

    /// The state behind a line that continues an open record; nil where it does not.
    ///
    /// `idle`: it completes it.
    static func continuation(of state: TraceState, _ line: UnsafePointer<UInt8>, _ count: Int) -> TraceState? {
        let text = ByteCursor(line, count)
        if case .json(let depth) = state { return BracketDepth.continuation(text, depth: depth) }
        if text.next == 0x7B, count > 1 { return nil }
        if let own = TraceRules.continuation(of: state, text) { return own }
        return frame(text, in: state)
    }

    // MARK: - Lines that continue whatever is open

    /// Frames and causes that need no state to be known.
    private static func frame(_ text: ByteCursor, in state: TraceState) -> TraceState? {
        var line = text
        line.skipBlanks()
        let indent = line.position
        if indent > 0 { return indentedFrame(line, firstIsTab: text.next == 0x09, state) }
        switch line.next {
        case 0x43: return line.starts(with: "Caused by:") ? .frames : exception(line, state)
        case 0x54: return isTraceback(line) ? .python : exception(line, state)
        case 0x67: return isGoroutine(line) ? .go : exception(line, state)
        case 0x53, 0x5B:
            return line.starts(with: "Stack trace:") || line.starts(with: "[stacktrace]")
                ? .php : exception(line, state)
        case 0x73: return line.starts(with: "stack backtrace:") ? .rust : exception(line, state)
        case 0x23: return line.peek(1) == 0x30 && line.peek(2) == 0x20 ? .php : nil
        default: return isRubyFrame(line) ? .ruby : exception(line, state)
        }
    }

    private static func indentedFrame(_ line: ByteCursor, firstIsTab: Bool, _ state: TraceState) -> TraceState? {
        let kept = keepsKind(state)
        switch line.next {
        case 0x61 where line.starts(with: "at "): return kept ?? .frames
        case 0x2E where line.starts(with: "... "): return kept ?? .frames
        case 0x43 where line.starts(with: "Caused by: "): return kept ?? .frames
        case 0x53 where line.starts(with: "Suppressed: "): return kept ?? .frames
        case 0x5B where line.starts(with: "[CIRCULAR REFERENCE"): return kept ?? .frames
        case 0x2D where line.starts(with: "---> ") || line.starts(with: "--- End of"): return kept ?? .frames
        case 0x66 where line.starts(with: "from "): return .ruby
        default: break
        }
        // PostgreSQL and others indent the lines of one record by a tab
        if firstIsTab, case .plain(hasHeader: true) = state { return state }
        return firstIsTab && state == .frames ? state : nil
    }

    /// Traces of other kinds stay what they are when a line with `at` comes.
    private static func keepsKind(_ state: TraceState) -> TraceState? {
        switch state {
        case .nodeError, .rust, .go, .dotNetConsole: state
        default: nil
        }
    }

    /// A Java or .NET exception right behind the line that logged it.
    private static func exception(_ line: ByteCursor, _ state: TraceState) -> TraceState? {
        guard state == .plain(hasHeader: true) || state == .columns, let name = ExceptionName(line), name.isQualified
        else { return nil }
        return .frames
    }

    // MARK: - Single shapes

    /// Python's first line of a traceback.
    static func isTraceback(_ text: ByteCursor) -> Bool { text.starts(with: "Traceback (most recent call last)") }

    /// Go's `goroutine 12 [running]:`.
    static func isGoroutine(_ text: ByteCursor) -> Bool {
        var line = text
        return line.take("goroutine ") && line.number(atMost: 12) != nil && line.take(" [")
    }

    /// Ruby's ``path.rb:12:in `cart'``; a line that goes on behind the quote is the error itself.
    static func isRubyFrame(_ text: ByteCursor) -> Bool {
        var line = text
        guard text.remaining > 8, text.base[text.end - 1] == 0x27 || text.base[text.end - 1] == 0x3E else {
            return false
        }
        while line.advance(to: 0x2E, within: 256) {
            if line.take(".rb:") { return line.number(atMost: 9) != nil && line.take(":in ") }
            line.position += 1
        }
        return false
    }

    /// Node's `/app/index.js:12` alone on a line, or `node:internal/…:12`.
    static func isScriptPosition(_ text: ByteCursor) -> Bool {
        var end = text.end
        while end > 0, ASCII.isDigit(text.base[end - 1]) { end -= 1 }
        guard end < text.end, end > 4, text.base[end - 1] == 0x3A else { return false }
        let ending = ByteCursor(text.base, from: end - 4, to: end)
        return ending.starts(with: ".js:") || ending.starts(with: "mjs:") || ending.starts(with: "cjs:")
            || ending.starts(with: ".ts:")
    }

    /// Rust's `thread 'main' panicked at …`; a colon at the end says that the message follows.
    private static func rustPanic(_ text: ByteCursor) -> TraceState {
        var line = text
        while line.advance(to: 0x70, within: 160) {
            if line.starts(with: "panicked at ") { return text.base[text.end - 1] == 0x3A ? .rustMessage : .rust }
            line.position += 1
        }
        return .plain(hasHeader: false)
    }

    /// How loggers begin their lines: with a digit, a bracket, or a level.
    private static func header(_ text: ByteCursor) -> TraceState {
        let first = text.next
        if ASCII.isDigit(first), hasColumns(text) { return .columns }
        if ASCII.isDigit(first) || first == 0x5B || first == 0x3C { return .plain(hasHeader: true) }
        guard ASCII.isLetter(first) else { return .plain(hasHeader: false) }
        if isJavaUtilLogging(text) { return .javaUtilLogging }
        var end = 0
        while end < 12, ASCII.isLetter(text.peek(end)) { end += 1 }
        let level = PlainLevel.level(text.base, 0, end)
        if text.peek(end) == 0x3A, text.base[text.end - 1] == 0x5D, ASCII.isLower(first) { return .dotNetConsole }
        if level != .none, text.peek(end) != 0 { return errorState(text) ?? .plain(hasHeader: true) }
        return errorState(text) ?? .plain(hasHeader: isSyslog(text) || (ASCII.isUpper(first) && text.peek(1) == 0x2C))
    }

    /// The same behind colour codes.
    private static func coloured(_ text: ByteCursor) -> TraceState {
        var line = text
        line.skipColours()
        guard line.position > 0, line.next != 0x1B else { return .plain(hasHeader: false) }
        return header(ByteCursor(line.base + line.position, line.remaining))
    }

    /// Gin's `… [Recovery] … panic recovered:`.
    private static func isGinRecovery(_ text: ByteCursor) -> Bool {
        ByteCursor(text.base, from: text.end - 16, to: text.end).starts(with: "panic recovered:")
    }

    /// A tab behind a time, as zap's console has it.
    private static func hasColumns(_ text: ByteCursor) -> Bool {
        var line = text
        return line.advance(to: 0x09, within: 40)
    }

    /// A line that is an exception itself.
    private static func errorState(_ text: ByteCursor) -> TraceState? {
        if text.starts(with: "Exception in thread ") || text.starts(with: "Unhandled exception") { return .frames }
        guard let name = ExceptionName(text) else { return nil }
        return name.isQualified ? .frames : .nodeError
    }

    /// `Jan 02, 2023 3:04:05 PM com.example.Main main`.
    private static func isJavaUtilLogging(_ text: ByteCursor) -> Bool {
        guard text.peek(3) == 0x20, ASCII.isUpper(text.next), ASCII.isDigit(text.peek(4)) else { return false }
        var line = text
        while line.advance(to: 0x4D, within: 32) {
            let half = line.base[line.position - 1]
            if half == 0x41 || half == 0x50 { return line.peek(1) == 0x20 && ASCII.isLetter(line.peek(2)) }
            line.position += 1
        }
        return false
    }

    /// `Oct 11 22:14:15 host …`, or klog's `I0102 …`.
    private static func isSyslog(_ text: ByteCursor) -> Bool {
        (text.peek(3) == 0x20 && text.peek(9) == 0x3A && text.peek(12) == 0x3A)
            || (ASCII.isUpper(text.next) && ASCII.isDigit(text.peek(1)) && ASCII.isDigit(text.peek(4)))
    }
}
