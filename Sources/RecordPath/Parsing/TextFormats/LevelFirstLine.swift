/// Lines that begin with their level.
///
/// `INFO:     message` (uvicorn), `WARNING:logger:message` (Python's basicConfig), `INFO[0000] message` (logrus),
/// `[ERROR] 2023/01/01 12:00:00 message`, `info: Category[14]` and the message on the next line (.NET),
/// `[I 230101 12:00:00 web:2239] message` (Tornado and Jupyter).
enum LevelFirstLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        if cursor.peek(2) == 0x20, cursor.next == 0x5B { return readTornado(context, &times, &table) }
        guard readLevel(context, &cursor, &table) else { return false }
        cursor.skipColours()
        cursor.skipBlanks()
        let stamp = cursor.position
        if let time = cursor.takeTime(&times, reference: context.reference) {
            table.time = time
            table.add(.timestamp, stamp, cursor.position)
            cursor.skipBlanks()
        }
        table.message = cursor.position..<context.count
        RequestInMessage.read(context, table.message, &table)
        return true
    }

    /// Level, time and place in one pair of brackets; of requests then `200 GET /x (10.0.0.1) 12.34ms`.
    @inline(never) private static func readTornado(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        cursor.position += 1
        let level = LevelName.named(context.line + cursor.position, 1)
        cursor.position += 2
        let stamp = cursor.position
        let time = cursor.takeTime(&times, reference: context.reference) ?? shortTime(&cursor)
        let stampEnd = cursor.position
        guard level != .none, let time, cursor.next == 0x20, cursor.advance(to: 0x5D, within: 64), cursor.take("] ")
        else { return false }
        table.level = level
        table.add(.level, stamp - 2, stamp - 1)
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.message = cursor.position..<context.count
        guard let status = cursor.takeStatus(), cursor.take(0x20),
            let request = RequestLine(context.line, cursor.position, context.count)
        else { return true }
        cursor.position = request.target.upperBound
        let hasClient = cursor.take(" (") && cursor.advance(to: 0x29, within: 64) && cursor.take(") ")
        let latency = hasClient ? cursor.position..<context.count : 0..<0
        RequestFinding(method: request.method, path: request.target, status: status, latency: latency).add(to: &table)
        return true
    }

    /// Tornado's `230101 12:00:00`.
    private static func shortTime(_ cursor: inout ByteCursor) -> Int64? {
        guard let year = cursor.digits(2), let month = cursor.digits(2), let date = cursor.digits(2),
            let day = CivilTime.day(year: 2000 + year, month: month, day: date), cursor.take(0x20),
            let clock = Clock(&cursor)
        else { return nil }
        return CivilTime.nanoseconds(day: day, second: clock.second, nanos: clock.nanos)
    }

    private static func readLevel(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ table: inout TextFieldTable
    ) -> Bool {
        if let level = PHPSeverity.read(&cursor) {
            table.level = level
            table.add(.level, context.start, cursor.position - 1)
            return true
        }
        let isBracketed = cursor.take(0x5B)
        let start = cursor.position
        while ASCII.isLetter(cursor.next), cursor.position - start <= 12 { cursor.position += 1 }
        let end = cursor.position
        let level =
            isBracketed
            ? LevelName.named(context.line + start, end - start)
            : PlainLevel.level(context.line, start, end)
        let known = level != .none ? level : dotNet(context.line + start, end - start, cursor.next)
        guard known != .none, end - start >= 3 else { return false }
        table.level = known
        table.add(.level, start, end)
        cursor.skipColours()
        if isBracketed { return cursor.take(0x5D) }
        return skipSeparator(&cursor, isCapital: ASCII.isUpper(context.line[end - 1]), &table)
    }

    /// .NET's four letters, which mean something else elsewhere.
    private static func dotNet(_ text: UnsafePointer<UInt8>, _ count: Int, _ next: UInt8) -> Level {
        guard count == 4, next == 0x3A else { return .none }
        if ASCII.equal(text, count, ignoringCase: "fail") { return .error }
        if ASCII.equal(text, count, ignoringCase: "dbug") { return .debug }
        return ASCII.equal(text, count, ignoringCase: "trce") ? .trace : .none
    }

    /// What stands between level and message.
    ///
    /// Words that are not in capitals need a colon, and stay in the message
    /// unless they are .NET's.
    private static func skipSeparator(
        _ cursor: inout ByteCursor,
        isCapital: Bool,
        _ table: inout TextFieldTable
    ) -> Bool {
        switch cursor.next {
        case 0x3A:
            guard isCapital else { return skipCategory(&cursor, &table) }
            cursor.position += 1
            if cursor.next > 0x20 { skipLogger(&cursor, &table) }
            return true
        case 0x5B where isCapital && ASCII.isDigit(cursor.peek(1)):
            guard cursor.advance(to: 0x5D, within: 12) else { return false }
            cursor.position += 1
            return true
        case 0x20, 0x09, 0x7C: return isCapital
        default: return false
        }
    }

    /// `info: Microsoft.Hosting.Lifetime[14]` and a line end.
    private static func skipCategory(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) -> Bool {
        var probe = cursor
        guard probe.take(": ") else { return false }
        let start = probe.position
        guard probe.advance(to: 0x5B, within: 160) else { return false }
        let end = probe.position
        guard probe.advance(to: 0x5D, within: 12) else { return false }
        probe.position += 1
        guard probe.isAtEnd || probe.next == 0x0A || probe.next == 0x0D else { return false }
        while !probe.isAtEnd, probe.next <= 0x20 { probe.position += 1 }
        table.add(.logger, start, end)
        cursor = probe
        return true
    }

    /// Python's `WARNING:logger:message`.
    private static func skipLogger(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        var probe = cursor
        let start = probe.position
        while ASCII.isAlphanumeric(probe.next) || probe.next == 0x2E || probe.next == 0x5F { probe.position += 1 }
        let end = probe.position
        guard end > start, end - start <= 100, probe.take(0x3A) else { return }
        table.add(.logger, start, end)
        cursor = probe
    }
}
