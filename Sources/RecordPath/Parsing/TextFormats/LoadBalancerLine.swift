/// Access logs of AWS's load balancers.
///
/// Classic: `time elb client:port backend:port 0.000073 0.001048 0.000057 200 200 0 29 "GET http://… HTTP/1.1" "agent" …`.
/// Application: the kind (`https`, `h2`, `grpcs`, `wss`) before all that. The three durations are those of the request,
/// the target and the response; the target's is taken, since it is what the service took.
enum LoadBalancerLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        if ASCII.isLetter(cursor.next) { guard cursor.skipWord(), cursor.take(0x20) else { return false } }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        for _ in 0..<3 { guard cursor.take(0x20), cursor.skipWord() else { return false } }
        guard let durations = durations(&cursor) else { return false }
        guard cursor.take(0x20), let status = status(&cursor), cursor.take(0x20), cursor.skipWord(), cursor.take(0x20),
            cursor.skipWord(), cursor.take(0x20), cursor.skipWord(), cursor.take(0x20),
            let request = cursor.takeQuoted()
        else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.status, status)
        table.add(.latencySeconds, durations)
        AccessLogLine.addRequest(context, request, &table)
        if cursor.take(0x20), let agent = cursor.takeQuoted(), agent.count > 1 { table.add(.userAgent, agent) }
        readTrace(&cursor, &table)
        return true
    }

    /// The application's trace header behind cipher, protocol and target group: `"Root=1-…"`.
    private static func readTrace(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        for _ in 0..<3 { guard cursor.take(0x20), cursor.skipWord() else { return } }
        guard cursor.take(0x20), let trace = cursor.takeQuoted(), trace.count > 1 else { return }
        table.add(.traceContext, trace)
    }

    /// The second of three durations; empty where it is -1.
    private static func durations(_ cursor: inout ByteCursor) -> Range<Int>? {
        var target = 0..<0
        for index in 0..<3 {
            guard cursor.take(0x20) else { return nil }
            let isAbsent = cursor.take(0x2D)
            let start = cursor.position
            guard DecimalNumber(&cursor, allowsExponent: false) != nil, cursor.next == 0x20 else { return nil }
            if index == 1, !isAbsent { target = start..<cursor.position }
        }
        return target
    }

    private static func status(_ cursor: inout ByteCursor) -> Range<Int>? {
        let start = cursor.position
        if cursor.take(0x2D) { return start..<start }
        guard let code = cursor.number(atMost: 3), code >= 100 || code == 0, cursor.next == 0x20 else { return nil }
        return start..<cursor.position
    }
}
