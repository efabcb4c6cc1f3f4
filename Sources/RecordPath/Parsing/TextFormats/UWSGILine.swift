/// uWSGI's request log.
///
/// `[pid: 1|app: 0|req: 3/7] 10.0.0.5 () {40 vars in 600 bytes} [Fri Mar  1 10:00:00 2024] GET /x => generated 12 bytes
/// in 5 msecs (HTTP/1.1 200) …`.
enum UWSGILine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.take("[pid: "), cursor.advance(to: 0x5D, within: 96) else { return false }
        cursor.position += 1
        guard cursor.advance(to: 0x5B, within: 512) else { return false }
        cursor.position += 1
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take("] "), let parts = RequestLine(context.line, cursor.position, context.count) else {
            return false
        }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.method, parts.method)
        table.add(.path, parts.target)
        cursor.position = parts.target.upperBound
        readResult(&cursor, &table)
        return true
    }

    /// `=> generated 12 bytes in 5 msecs (HTTP/1.1 200)`.
    private static func readResult(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        guard cursor.take(" => generated "), cursor.number(atMost: 18) != nil, cursor.take(" bytes in ") else { return }
        let latency = cursor.position
        guard cursor.number(atMost: 12) != nil else { return }
        let latencyEnd = cursor.position
        if cursor.take(" msecs") {
            table.add(.latencyMillis, latency, latencyEnd)
        } else if cursor.take(" micros") {
            table.add(.latencyMicros, latency, latencyEnd)
        }
        guard cursor.advance(to: 0x28, within: 16), cursor.take("(HTTP/"), cursor.advance(to: 0x20, within: 8) else {
            return
        }
        cursor.position += 1
        let status = cursor.position
        if cursor.number(atMost: 3) != nil, cursor.next == 0x29 { table.add(.status, status, cursor.position) }
    }
}
