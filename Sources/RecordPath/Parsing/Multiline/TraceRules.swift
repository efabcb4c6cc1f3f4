/// What continues a trace that has already shown its kind.
enum TraceRules {
    /// The state behind a line that goes on with this kind of trace; nil where only shapes known everywhere count.
    static func continuation(of state: TraceState, _ text: ByteCursor) -> TraceState? {
        switch state {
        case .python: python(text)
        case .pythonEnd: pythonEnd(text)
        case .go: go(text)
        case .ginRecovery: ginRecovery(text)
        case .columns: text.next == 0x09 || isGoFunction(text) ? .go : nil
        case .ruby: ruby(text)
        case .nodeSource: nodeSource(text)
        case .nodeError: nodeError(text)
        case .php: php(text)
        case .rustMessage: .rust
        case .rust: rust(text)
        case .javaUtilLogging: javaUtilLogging(text)
        case .dotNetConsole: isIndented(text, by: 6) ? state : nil
        case .idle, .plain, .frames, .json: nil
        }
    }

    /// Frames are indented; the first line that is not is the exception, which ends the traceback.
    private static func python(_ text: ByteCursor) -> TraceState? {
        // loguru marks the frame that caught the exception
        if isIndented(text, by: 2) || text.starts(with: "> File ") { return .python }
        return isPythonException(text) ? .pythonEnd : nil
    }

    /// `During handling of …` or `The above exception was …`, each between blank lines, then another traceback.
    private static func pythonEnd(_ text: ByteCursor) -> TraceState? {
        if text.isAtEnd { return .pythonEnd }
        let isBridge =
            text.starts(with: "During handling of the above exception")
            || text.starts(with: "The above exception was the direct cause")
        if isBridge { return .pythonEnd }
        return TraceShape.isTraceback(text) ? .python : nil
    }

    /// `ValueError: …`, `shop.errors.Oops`, `KeyboardInterrupt`: a dotted name, then a colon or the end.
    private static func isPythonException(_ text: ByteCursor) -> Bool {
        var line = text
        guard ASCII.isLetter(line.next) || line.next == 0x5F else { return false }
        while ASCII.isAlphanumeric(line.next) || line.next == 0x2E || line.next == 0x5F { line.position += 1 }
        return line.isAtEnd || line.next == 0x3A
    }

    private static func go(_ text: ByteCursor) -> TraceState? {
        if text.isAtEnd || text.next == 0x09 || TraceShape.isGoroutine(text) { return .go }
        let isKnown =
            text.starts(with: "created by ") || text.starts(with: "panic: ") || text.starts(with: "[signal ")
            || text.starts(with: "exit status ") || text.starts(with: "runtime stack:")
            || text.starts(with: "runtime: ")
            || text.starts(with: "...additional frames") || text.starts(with: "[recovered]")
        return isKnown || isGoCall(text) || isRegister(text) || isGoFunction(text) ? .go : nil
    }

    /// `main.main`, `net/http.(*conn).serve`: one word of a package, a dot and a function.
    private static func isGoFunction(_ text: ByteCursor) -> Bool {
        guard ASCII.isLower(text.next), text.remaining <= 200 else { return false }
        var line = text
        var hasDot = false
        while !line.isAtEnd {
            switch line.next {
            case 0x2E: hasDot = ASCII.isLetter(line.peek(1)) || line.peek(1) == 0x28 || hasDot
            case 0x2F, 0x28, 0x29, 0x2A, 0x5F, 0x2D: break
            default: if !ASCII.isAlphanumeric(line.next) { return false }
            }
            line.position += 1
        }
        return hasDot
    }

    /// Up to the line that takes the colour back: everything but a line that looks like a new record.
    private static func ginRecovery(_ text: ByteCursor) -> TraceState? {
        if text.starts(with: "[GIN") || text.next == 0x7B { return nil }
        if text.next == 0x1B, text.peek(1) == 0x5B { return .idle }
        return .ginRecovery
    }

    /// `main.handle(0xc000010000, {0x1, 0x2})` or `main.main()`, without a blank before the parenthesis.
    private static func isGoCall(_ text: ByteCursor) -> Bool {
        guard text.base[text.end - 1] == 0x29, ASCII.isLetter(text.next) else { return false }
        var line = text
        while line.next > 0x20, line.next != 0x28 { line.position += 1 }
        // methods have their receiver in parentheses of their own: net/http.(*conn).serve(…)
        return line.next == 0x28
    }

    /// `rax    0x0`.
    private static func isRegister(_ text: ByteCursor) -> Bool {
        var line = text
        guard line.skipWord(), line.position <= 6, line.skip(0x20) > 0 else { return false }
        return line.starts(with: "0x") && line.remaining <= 18
    }

    private static func ruby(_ text: ByteCursor) -> TraceState? {
        text.isAtEnd || isIndented(text, by: 1) || TraceShape.isRubyFrame(text) ? .ruby : nil
    }

    /// The source line, the caret under it, a blank line, then the error.
    private static func nodeSource(_ text: ByteCursor) -> TraceState? {
        if text.isAtEnd || isIndented(text, by: 1) || text.next == 0x5E { return .nodeSource }
        if ExceptionName(text) != nil || text.starts(with: "Uncaught") { return .nodeError }
        // the source line itself may stand at the margin
        return text.starts(with: "throw ") || text.starts(with: "const ") ? .nodeSource : nil
    }

    /// Frames, the error's fields between braces, and Node's version at the end of an uncaught one.
    private static func nodeError(_ text: ByteCursor) -> TraceState? {
        if isIndented(text, by: 2) { return .nodeError }
        if text.next == 0x7D, text.remaining <= 2 { return .nodeError }
        if text.isAtEnd { return .nodeError }
        return text.starts(with: "Node.js v") ? .idle : nil
    }

    private static func php(_ text: ByteCursor) -> TraceState? {
        if text.next == 0x23, ASCII.isDigit(text.peek(1)) { return .php }
        let isKnown =
            text.starts(with: "Stack trace:") || text.starts(with: "  thrown in ") || text.starts(with: "Next ")
            || text.starts(with: "\"} ") || text.starts(with: "[previous exception]")
        return isKnown ? .php : nil
    }

    private static func rust(_ text: ByteCursor) -> TraceState? {
        let isKnown = text.starts(with: "note: ") || text.starts(with: "stack backtrace:") || isIndented(text, by: 2)
        return isKnown ? .rust : nil
    }

    /// The second line begins with the level; from there on it is like every other record.
    private static func javaUtilLogging(_ text: ByteCursor) -> TraceState? {
        var line = text
        while ASCII.isLetter(line.next) { line.position += 1 }
        guard line.next == 0x3A, LevelName.named(text.base, line.position) != .none else { return nil }
        return .plain(hasHeader: true)
    }

    /// Whether a line begins with a tab or so many blanks.
    private static func isIndented(_ text: ByteCursor, by blanks: Int) -> Bool {
        if text.next == 0x09 { return true }
        for offset in 0..<blanks where text.peek(offset) != 0x20 { return false }
        return true
    }
}
