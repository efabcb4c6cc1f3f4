/// Reads a level as loggers write it: names in all their spellings, and numbers on the scale that the key tells.
package enum LevelName {
    /// Longer texts are no level.
    package static let maxBytes = 48

    /// The level of a value; `none` where it is no level.
    ///
    /// Quotes are expected to be gone; brackets, colour codes, a colon behind, and slog's `+2` are looked through.
    package static func level(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        scale: LevelScale = .plain
    ) -> Level {
        guard count > 0, count <= maxBytes else { return .none }
        if ASCII.isDigit(text[0]) { return numbered(text, count, scale) }
        let plain = named(text, count)
        return plain != .none ? plain : wrapped(text, count)
    }

    /// The level of a bare name, in any case; `none` where it is none.
    @inline(__always) package static func named(_ text: UnsafePointer<UInt8>, _ count: Int) -> Level {
        guard count > 0, count <= LevelWords.maxBytes else { return .none }
        return LevelWords.shared.level(text, count)
    }

    /// The level of a syslog severity, 0 emergency … 7 debug; `none` for others.
    package static func syslog(_ severity: UInt8) -> Level {
        switch severity {
        case 0, 1, 2: .fatal
        case 3: .error
        case 4: .warn
        case 5, 6: .info
        case 7: .debug
        default: .none
        }
    }

    private static func numbered(_ text: UnsafePointer<UInt8>, _ count: Int, _ scale: LevelScale) -> Level {
        var cursor = ByteCursor(text, count)
        guard let number = cursor.number(atMost: 6) else { return .none }
        if cursor.take(0x2E) { cursor.skip(0x30) }
        guard cursor.isAtEnd else { return .none }
        switch scale {
        case .plain: return (number < 100 ? pino : monolog).level(number)
        case .syslog: return number <= 7 ? syslog(UInt8(number)) : .none
        case .openTelemetry: return openTelemetry.level(number)
        case .python: return python.level(number)
        case .logback: return logback.level(number)
        case .fromZero: return fromZero.level(number)
        case .words: return .none
        }
    }

    /// Where each level begins on a scale; what lies between belongs to the step below.
    private struct Steps {
        var trace, debug, info, warn, error, fatal, end: Int

        func level(_ number: Int) -> Level {
            if number < trace || number >= end { return .none }
            if number < debug { return .trace }
            if number < info { return .debug }
            if number < warn { return .info }
            if number < error { return .warn }
            return number < fatal ? .error : .fatal
        }
    }

    private static let pino = Steps(trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, end: 70)
    private static let monolog = Steps(
        trace: 100,
        debug: 100,
        info: 200,
        warn: 300,
        error: 400,
        fatal: 500,
        end: 601
    )
    private static let openTelemetry = Steps(trace: 1, debug: 5, info: 9, warn: 13, error: 17, fatal: 21, end: 25)
    private static let python = Steps(trace: 5, debug: 10, info: 20, warn: 30, error: 40, fatal: 50, end: 60)
    private static let fromZero = Steps(trace: 0, debug: 0, info: 1, warn: 2, error: 3, fatal: 4, end: 5)
    private static let logback = Steps(
        trace: 5000,
        debug: 10_000,
        info: 20_000,
        warn: 30_000,
        error: 40_000,
        fatal: 50_000,
        end: 60_000
    )

    /// A name inside brackets, colour codes or blanks, or with something behind it that is no letter.
    private static func wrapped(_ text: UnsafePointer<UInt8>, _ count: Int) -> Level {
        var cursor = ByteCursor(text, count)
        while !cursor.isAtEnd, !ASCII.isLetter(cursor.next) {
            if !skipColour(&cursor) { cursor.position += 1 }
        }
        let start = cursor.position
        while ASCII.isLetter(cursor.next) { cursor.position += 1 }
        let found = named(text + start, cursor.position - start)
        guard found != .none else { return .none }
        return isTail(&cursor) ? found : .none
    }

    /// Nothing but closing marks, colour codes and an offset such as slog's `+2` or PostgreSQL's `DEBUG1`.
    private static func isTail(_ cursor: inout ByteCursor) -> Bool {
        while !cursor.isAtEnd {
            if skipColour(&cursor) { continue }
            if ASCII.isLetter(cursor.next) { return false }
            cursor.position += 1
        }
        return true
    }

    /// Steps over an ANSI colour code, raw or as a JSON escape.
    private static func skipColour(_ cursor: inout ByteCursor) -> Bool {
        var probe = cursor
        guard probe.take(0x1B) || probe.take("\\u001b") || probe.take("\\u001B") || probe.take("\\x1b") else {
            return false
        }
        guard probe.take(0x5B) else { return false }
        while ASCII.isDigit(probe.next) || probe.next == 0x3B { probe.position += 1 }
        guard ASCII.isLetter(probe.next) else { return false }
        probe.position += 1
        cursor = probe
        return true
    }
}
