/// Lines that begin with a time, then have level, process, thread and logger in any order, then the message.
///
/// | producer | example behind the time |
/// |---|---|
/// | logback, log4j2 | `[main] INFO  c.e.App - message` |
/// | Spring Boot | ` INFO 1 --- [main] c.e.App : message` |
/// | Python | ` - shop.cart - INFO - message`, ` INFO shop.cart: message` |
/// | loguru | ` \| INFO     \| shop.cart:add:12 - message` |
/// | tracing, env_logger (Rust) | `  INFO shop::cart: message` |
/// | PostgreSQL, MariaDB | ` UTC [123] app@shop ERROR:  message`, ` 0 [Warning] [MY-1] [Server] message` |
/// | RabbitMQ, lighttpd, Go | ` [info] <0.1.0> message`, `: (server.c.1704) message`, ` main.go:5: message` |
/// | zap and Caddy on a console | tabs between level, logger, message and a JSON object |
///
/// Where no level follows within a few words, all behind the time is the message.
struct TimestampedLine {
    /// Words and brackets looked at between time and message.
    private static let maxTokens = 9

    private let context: TextContext
    private var cursor: ByteCursor
    /// Where the message begins if no level is found.
    private var behindTime = 0
    private var hasLevel = false
    private var isBracketOpen = false
    /// Plain words before the level: more than one is prose.
    private var looseWords = 0
    /// A colon right behind the level has set the message off.
    private var isSetOff = false
    /// Words and brackets read so far.
    private var tokens = 0
    /// Where a JSON object in the last column begins.
    private var messageEnd: Int?

    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var line = TimestampedLine(context: context, cursor: context.cursor)
        return line.parse(&times, &table)
    }

    private init(context: TextContext, cursor: ByteCursor) {
        self.context = context
        self.cursor = cursor
    }

    private mutating func parse(_ times: inout TimestampReader, _ table: inout TextFieldTable) -> Bool {
        guard let isTimeOnly = readTime(&times, &table) else { return false }
        skipRuntime()
        behindTime = cursor.position
        var columns = cursor
        if cursor.peek(1) == 0x7C, GinLine.readColumns(&columns, &table) {
            table.message = behindTime..<context.count
            return true
        }
        while tokens < Self.maxTokens, readToken(&table) { tokens += 1 }
        if isTimeOnly, !hasLevel { return false }
        if !hasLevel || looseWords > 1 { cursor.position = behindTime }
        skipFill()
        table.message = cursor.position..<max(cursor.position, messageEnd ?? context.count)
        RequestInMessage.read(context, table.message, &table)
        return true
    }

    // MARK: - Time

    /// Whether the line has a clock only, without a date; nil where it has neither.
    private mutating func readTime(_ times: inout TimestampReader, _ table: inout TextFieldTable) -> Bool? {
        let isBracketed = cursor.take(0x5B)
        let start = cursor.position
        let isTimeOnly: Bool
        if let time = cursor.takeTime(&times, reference: context.reference) {
            table.time = time
            table.add(.timestamp, start, cursor.position)
            isTimeOnly = false
        } else {
            cursor.position = start
            guard ASCII.isDigit(cursor.next), Clock(&cursor) != nil else { return nil }
            isTimeOnly = true
        }
        guard isBracketed || cursor.next <= 0x20 || cursor.next == 0x3A || cursor.next == 0x7C else { return nil }
        if isBracketed, !cursor.take(0x5D) {
            // env_logger: the whole header stands in one pair of brackets
            guard cursor.next == 0x20 else { return nil }
            isBracketOpen = true
        }
        return isTimeOnly
    }

    /// What a container runtime puts behind its time: ` stdout F `.
    private mutating func skipRuntime() {
        var probe = cursor
        guard probe.take(" stdout ") || probe.take(" stderr "), probe.take(0x46) || probe.take(0x50), probe.next == 0x20
        else { return }
        cursor = probe
    }

    // MARK: - Header

    /// Reads one part of the header; false, and not moved, where the message begins.
    private mutating func readToken(_ table: inout TextFieldTable) -> Bool {
        let start = cursor
        skipFill()
        let isRead: Bool
        switch cursor.next {
        case 0, 0x22, 0x7B: isRead = false
        case 0x5B: isRead = readBrackets(&table)
        case 0x3C: isRead = skipClosed(0x3E, within: 24)
        case 0x28: isRead = !hasLevel && skipClosed(0x29, within: 64)
        case 0x0A, 0x0D: isRead = readJavaUtilLogging(&table)
        default: isRead = readWord(&table)
        }
        if !isRead { cursor = start }
        return isRead
    }

    /// Blanks, colours, and the dashes, bars and colons that set header parts apart.
    private mutating func skipFill() {
        while true {
            cursor.skipBlanks()
            switch cursor.next {
            case 0x1B:
                let before = cursor.position
                cursor.skipColours()
                guard cursor.position > before else { return }
            case 0x7C: cursor.position += 1
            case 0x2D, 0x3A:
                var length = 1
                while cursor.peek(length) == cursor.next { length += 1 }
                guard length <= 3, cursor.peek(length) <= 0x20 else { return }
                cursor.position += length
            default: return
            }
        }
    }

    private mutating func skipClosed(_ close: UInt8, within limit: Int) -> Bool {
        var probe = cursor
        guard probe.advance(to: close, within: limit) else { return false }
        probe.position += 1
        guard probe.next <= 0x20 else { return false }
        cursor = probe
        return true
    }

    /// A level, thread, logger or ids in brackets.
    private mutating func readBrackets(_ table: inout TextFieldTable) -> Bool {
        var probe = cursor
        let start = cursor.position + 1
        guard probe.advance(to: 0x5D, within: 160) else { return false }
        let end = probe.position
        probe.position += 1
        cursor = probe
        _ = cursor.take(0x3A)
        var last = end
        while last > start, context.line[last - 1] == 0x20 { last -= 1 }
        if !hasLevel, table.addLevel(context.line, start, last) {
            hasLevel = true
            return true
        }
        SpanTag.read(context, start..<end, &table)
        return true
    }

    private mutating func readWord(_ table: inout TextFieldTable) -> Bool {
        let start = cursor.position
        if !hasLevel, let level = PHPSeverity.read(&cursor) {
            hasLevel = true
            table.level = level
            table.add(.level, start, cursor.position - 1)
            return true
        }
        while cursor.next > 0x20, cursor.next != 0x7C, cursor.next != 0x1B { cursor.position += 1 }
        var end = cursor.position
        var hasColon = end > start && context.line[end - 1] == 0x3A
        // the end of env_logger's header, whose opening bracket stands before the time
        if isBracketOpen, end > start, context.line[end - 1] == 0x5D {
            hasColon = true
            isBracketOpen = false
        }
        if hasColon { end -= 1 }
        guard end > start else { return false }
        if !hasLevel, isLevel(start, end, hasColon: hasColon), table.addLevel(context.line, start, end) {
            hasLevel = true
            isSetOff = hasColon && !isBracketOpen
            if cursor.next == 0x09 { readColumns(&table) }
            return true
        }
        if !hasLevel, hasColon, readChannel(start, end, &table) { return true }
        return hasLevel ? readLogger(start, end, hasColon, &table) : readBeforeLevel(start, end, hasColon, &table)
    }

    /// In capitals alone; in other cases only where a colon, bar or tab sets the word apart, and only words that
    /// mean nothing else.
    private func isLevel(_ start: Int, _ end: Int, hasColon: Bool) -> Bool {
        // semantic_logger's letter, behind which process and thread stand in brackets
        if end - start == 1 { return cursor.peek(1) == 0x5B && ASCII.isDigit(cursor.peek(2)) }
        let isCapital = ASCII.isUpper(context.line[start]) && !ASCII.isLower(context.line[end - 1])
        if isCapital { return !isHTTP(start, end) }
        guard PlainLevel.level(context.line, start, end) != .none else { return false }
        if hasColon || cursor.next == 0x7C || cursor.next == 0x09 || cursor.next == 0x1B { return true }
        return start > 0 && (context.line[start - 1] == 0x7C || context.line[start - 1] == 0x09)
    }

    /// npm's level of this name is far rarer than the word.
    private func isHTTP(_ start: Int, _ end: Int) -> Bool {
        ASCII.equal(context.line + start, end - start, ignoringCase: "http")
    }

    /// Behind the level: a logger, set off by a colon or dash; Spring's process number.
    private func isFollowedBySeparator() -> Bool {
        var probe = cursor
        probe.skipBlanks()
        // ids and threads may stand between logger and message
        while probe.next == 0x5B, probe.advance(to: 0x5D, within: 160) {
            probe.position += 1
            probe.skipBlanks()
        }
        return (probe.next == 0x2D || probe.next == 0x3A || probe.next == 0x7C) && probe.peek(1) <= 0x20
    }

    private mutating func readLogger(
        _ start: Int,
        _ end: Int,
        _ hasColon: Bool,
        _ table: inout TextFieldTable
    ) -> Bool {
        if isNumber(start, end) {
            var probe = cursor
            probe.skipBlanks()
            return probe.starts(with: "---")
        }
        guard !isSetOff, isName(start, end), !table.has(.logger), hasColon || isFollowedBySeparator() else {
            return false
        }
        table.add(.logger, start, end)
        return true
    }

    /// Monolog's `production.ERROR: …`: channel, dot, level.
    private mutating func readChannel(_ start: Int, _ end: Int, _ table: inout TextFieldTable) -> Bool {
        var dot = end - 1
        while dot > start, ASCII.isUpper(context.line[dot]) { dot -= 1 }
        guard dot > start, context.line[dot] == 0x2E, PlainLevel.level(context.line, dot + 1, end) != .none,
            table.addLevel(context.line, dot + 1, end)
        else { return false }
        table.add(.logger, start, dot)
        hasLevel = true
        isSetOff = true
        looseWords = 0
        return true
    }

    /// Before the level: process numbers, Go's `file.go:12:`, loggers, PostgreSQL's `user@database`.
    private mutating func readBeforeLevel(
        _ start: Int,
        _ end: Int,
        _ hasColon: Bool,
        _ table: inout TextFieldTable
    ) -> Bool {
        if isNumber(start, end) || isPair(start, end) { return true }
        guard isName(start, end), hasLetter(start, end) else { return false }
        if end - start == 36, UUIDText.stands(in: context.line, at: start) {
            // AWS Lambda puts the request id between time and level
            table.add(.requestID, start, end)
            return true
        }
        // PostgreSQL's DETAIL, HINT and STATEMENT are no loggers: two blanks follow
        if hasColon, cursor.next == 0x20, cursor.peek(1) == 0x20 { return false }
        if isFollowedBySeparator() || hasColon {
            table.add(.logger, start, end)
            // Go's log has no level: what follows its file name is the message
            if hasColon, tokens == 0 { behindTime = cursor.position }
            return true
        }
        looseWords += hasSign(start, end) ? 0 : 1
        return looseWords <= 2
    }

    /// java.util.logging puts the level on the next line: `\nINFO: …`.
    private mutating func readJavaUtilLogging(_ table: inout TextFieldTable) -> Bool {
        guard !hasLevel else { return false }
        while cursor.next == 0x0A || cursor.next == 0x0D { cursor.position += 1 }
        let start = cursor.position
        while ASCII.isLetter(cursor.next) { cursor.position += 1 }
        guard cursor.next == 0x3A, table.addLevel(context.line, start, cursor.position) else { return false }
        hasLevel = true
        looseWords = 0
        cursor.position += 1
        return true
    }

    /// zap's console: the rest of the first line in columns.
    ///
    /// The last is the message unless it is a JSON object, whose fields add to the line's.
    private mutating func readColumns(_ table: inout TextFieldTable) {
        cursor.position += 1
        var start = cursor.position
        var columns = 0
        var probe = cursor
        while columns < 5, probe.advance(to: 0x09, within: 512) {
            if probe.peek(1) == 0x7B {
                // a stack trace may follow on the next lines; then all of it is the message
                guard EmbeddedJSON.endsLikeJSON(context) else { break }
                messageEnd = probe.position
                table.embeddedJSON = probe.position + 1
                break
            }
            guard !hasLineEnd(start, probe.position) else { break }
            if columns == 0, isName(start, probe.position), context.line[probe.position - 1] > 0x39 {
                table.add(.logger, start, probe.position)
            }
            probe.position += 1
            start = probe.position
            columns += 1
        }
        cursor.position = start
    }

    private func hasLineEnd(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end where context.line[index] == 0x0A { return true }
        return false
    }

    // MARK: - Words

    private func hasLetter(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end where ASCII.isLetter(context.line[index]) { return true }
        return false
    }

    /// `key=value`, as Elixir's metadata stands before the level.
    private func isPair(_ start: Int, _ end: Int) -> Bool {
        guard ASCII.isLower(context.line[start]) else { return false }
        var sign = start
        while sign < end, ASCII.isAlphanumeric(context.line[sign]) || context.line[sign] == 0x5F { sign += 1 }
        return sign < end - 1 && context.line[sign] == 0x3D
    }

    private func isNumber(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end where !ASCII.isDigit(context.line[index]) { return false }
        return true
    }

    /// Letters, digits and what stands between the parts of a class, module or file name.
    private func isName(_ start: Int, _ end: Int) -> Bool {
        guard end - start <= 128 else { return false }
        for index in start..<end {
            let byte = context.line[index]
            switch byte {
            case 0x2E, 0x5F, 0x3A, 0x2F, 0x2D, 0x24, 0x40, 0x23, 0x5B, 0x5D, 0x3C, 0x3E: continue
            default: if !ASCII.isAlphanumeric(byte) { return false }
            }
        }
        return true
    }

    /// Whether a word has a sign that prose has not.
    private func hasSign(_ start: Int, _ end: Int) -> Bool {
        for index in start..<end {
            switch context.line[index] {
            case 0x2E where index + 1 < end: return true
            case 0x3A, 0x40, 0x5F, 0x5B, 0x23: return true
            default: continue
            }
        }
        return false
    }
}
