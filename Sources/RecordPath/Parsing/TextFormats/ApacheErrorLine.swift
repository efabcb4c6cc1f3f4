/// Apache's error log: `[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 3:tid 4] [client 1.2.3.4:5] message`.
enum ApacheErrorLine {
    /// Bracketed parts between the time and the message.
    private static let maxParts = 6

    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.take(0x5B), ASCII.isUpper(cursor.next) else { return false }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take("] [") else { return false }
        let module = cursor.position
        guard cursor.advance(to: 0x5D, within: 40) else { return false }
        let end = cursor.position
        var level = module
        while level < end, context.line[level] != 0x3A { level += 1 }
        let levelStart = level < end ? level + 1 : module
        guard table.addLevel(context.line, levelStart, end) else { return false }
        if levelStart > module { table.add(.logger, module, level) }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        cursor.position += 1
        skipParts(&cursor)
        table.message = cursor.position..<context.count
        return true
    }

    private static func skipParts(_ cursor: inout ByteCursor) {
        for _ in 0..<maxParts {
            var probe = cursor
            probe.skipBlanks()
            guard probe.take(0x5B), probe.advance(to: 0x5D, within: 80) else { break }
            probe.position += 1
            cursor = probe
        }
        cursor.skipBlanks()
    }
}
