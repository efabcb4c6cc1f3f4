/// HAProxy's `option httplog`, as it stands behind a syslog header or alone.
///
/// `client:port [time] frontend backend/server Tq/Tw/Tc/Tr/Ta status bytes … "METHOD path PROTOCOL"`; the last of
/// the timers is the whole time in milliseconds, `+` before it when the log was written early.
enum HAProxyLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.skipWord(), cursor.take(0x20), cursor.take(0x5B), cursor.peek(2) == 0x2F else { return false }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take("] "), cursor.skipWord(), cursor.take(0x20), cursor.skipWord(), cursor.take(0x20),
            let total = lastTimer(&cursor), cursor.take(0x20)
        else { return false }
        let status = cursor.position
        guard cursor.number(atMost: 3) != nil, cursor.take(0x20) else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.status, status, cursor.position - 1)
        table.add(.latencyMillis, total)
        if cursor.advance(to: 0x22), let request = cursor.takeQuoted() {
            AccessLogLine.addRequest(context, request, &table)
        }
        return true
    }

    /// The last of five timers between slashes; empty where it is -1.
    private static func lastTimer(_ cursor: inout ByteCursor) -> Range<Int>? {
        for timer in 0..<5 {
            let isAborted = cursor.take(0x2D)
            if timer == 4 { _ = cursor.take(0x2B) }
            let start = cursor.position
            guard cursor.number(atMost: 12) != nil else { return nil }
            if timer == 4 { return isAborted ? start..<start : start..<cursor.position }
            guard cursor.take(0x2F) else { return nil }
        }
        return nil
    }
}
