/// Squid's native access log: `1700000000.123    45 10.0.0.1 TCP_MISS/200 1234 GET http://… - HIER_DIRECT/… text/html`.
enum SquidLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        let stamp = cursor.position
        guard cursor.number(atMost: 10) != nil, cursor.position - stamp >= 9, cursor.take(0x2E), cursor.digits(3) != nil
        else { return false }
        let stampEnd = cursor.position
        cursor.skip(0x20)
        let latency = cursor.position
        guard cursor.number(atMost: 12) != nil else { return false }
        let latencyEnd = cursor.position
        guard cursor.take(0x20), cursor.skipWord(), cursor.take(0x20) else { return false }
        let result = cursor.position
        guard cursor.advance(to: 0x2F, within: 64), ASCII.isUpper(context.line[result]) else { return false }
        cursor.position += 1
        let status = cursor.position
        guard cursor.digits(3) != nil, cursor.take(0x20) else { return false }
        guard let time = times.read(context.line + stamp, stampEnd - stamp, reference: context.reference) else {
            return false
        }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.latencyMillis, latency, latencyEnd)
        table.add(.status, status, status + 3)
        if cursor.skipWord(), cursor.take(0x20), let parts = RequestLine(context.line, cursor.position, context.count) {
            table.add(.method, parts.method)
            table.add(.path, parts.target)
        }
        return true
    }
}
