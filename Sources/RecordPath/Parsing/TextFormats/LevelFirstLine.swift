/// Lines that begin with their level.
///
/// `INFO:     message` (uvicorn), `WARNING:logger:message` (Python's basicConfig), `INFO[0000] message` (logrus),
/// `[ERROR] 2023/01/01 12:00:00 message`, `info: Category[14]` and the message on the next line (.NET).
enum LevelFirstLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
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
