/// nginx's error log: `2023/01/01 12:00:00 [error] 1#1: *5 message, client: …, request: "GET /x HTTP/1.1", host: …`.
enum NginxErrorLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.peek(4) == 0x2F, let time = cursor.takeTime(&times, reference: context.reference) else {
            return false
        }
        let stampEnd = cursor.position
        guard cursor.take(" [") else { return false }
        let level = cursor.position
        guard cursor.advance(to: 0x5D, within: 10) else { return false }
        let levelEnd = cursor.position
        guard cursor.take("] "), cursor.number(atMost: 10) != nil, cursor.take(0x23), cursor.number(atMost: 10) != nil,
            cursor.take(": "), table.addLevel(context.line, level, levelEnd)
        else { return false }
        table.time = time
        table.add(.timestamp, context.cursor.position, stampEnd)
        table.message = cursor.position..<context.count
        readRequest(context, cursor, &table)
        return true
    }

    private static func readRequest(_ context: TextContext, _ start: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = start
        while cursor.advance(to: 0x72) {
            if cursor.take("request: "), let request = cursor.takeQuoted() {
                return AccessLogLine.addRequest(context, request, &table)
            }
            cursor.position += 1
        }
    }
}
