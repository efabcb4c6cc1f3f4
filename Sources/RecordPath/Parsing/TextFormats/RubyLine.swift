/// Ruby's Logger, as Rails uses it: `I, [2023-01-01T12:00:00.123456 #1]  INFO -- progname: message`.
///
/// Tags before the message (`[8f14e45f-…] [shop]`) stay in it; the first one, where it is a UUID, is the request id
/// that `config.log_tags = [:request_id]` writes. `Started GET "/x"` gives method and path, `Completed 200 OK in
/// 58ms` status and latency.
enum RubyLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard ASCII.isUpper(cursor.next), cursor.peek(1) == 0x2C else { return false }
        cursor.position += 2
        guard cursor.take(" [") else { return false }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.advance(to: 0x5D, within: 16) else { return false }
        cursor.position += 1
        cursor.skipBlanks()
        let level = cursor.position
        guard cursor.skipWord() else { return false }
        let levelEnd = cursor.position
        guard cursor.take(" -- "), cursor.advance(to: 0x3A, within: 64) else { return false }
        cursor.position += 1
        cursor.skipBlanks()
        // Ruby's own name for no level is ANY
        if !table.addLevel(context.line, level, levelEnd),
            !ByteCursor(context.line, from: level, to: levelEnd)
                .starts(with: "ANY")
        {
            return false
        }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.message = cursor.position..<context.count
        RequestSentence.read(cursor, &table)
        return true
    }
}
