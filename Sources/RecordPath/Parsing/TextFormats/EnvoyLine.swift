/// Envoy's and Istio's default access log.
///
/// `[time] "METHOD path PROTOCOL" status flags [details -] received sent duration upstream "forwarded" "agent"
/// "request id" "authority" "upstream host" …`; the duration is in milliseconds.
enum EnvoyLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard let (time, stamp) = cursor.takeBracketedTime(&times, reference: context.reference),
            let request = cursor.takeQuoted(), cursor.take(0x20)
        else { return false }
        let status = cursor.position
        guard cursor.number(atMost: 3) != nil, cursor.take(0x20) else { return false }
        let statusEnd = cursor.position - 1
        guard let duration = skipToDuration(&cursor) else { return false }
        table.time = time
        table.add(.timestamp, stamp)
        AccessLogLine.addRequest(context, request, &table)
        table.add(.status, status, statusEnd)
        if ASCII.isDigit(context.line[duration.lowerBound]) {
            table.add(.latencyMillis, duration)
        }
        readNames(&cursor, &table)
        return true
    }

    /// Response flags, what Istio puts behind them, bytes in and out; then the duration.
    private static func skipToDuration(_ cursor: inout ByteCursor) -> Range<Int>? {
        guard cursor.skipWord(), cursor.take(0x20) else { return nil }
        if cursor.next == 0x22 {
            // Istio before 1.9: Mixer's status and the upstream's failure
            for _ in 0..<2 { guard cursor.takeQuoted() != nil, cursor.take(0x20) else { return nil } }
        } else if !ASCII.isDigit(cursor.next) {
            // response code details, connection termination details, and the upstream's failure in quotes
            guard cursor.skipWord(), cursor.take(0x20), cursor.skipWord(), cursor.take(0x20),
                cursor.takeQuoted() != nil, cursor.take(0x20)
            else { return nil }
        }
        guard cursor.number(atMost: 18) != nil, cursor.take(0x20), cursor.number(atMost: 18) != nil,
            cursor.take(0x20)
        else { return nil }
        let start = cursor.position
        guard cursor.take(0x2D) || cursor.number(atMost: 18) != nil else { return nil }
        let end = cursor.position
        guard cursor.take(0x20), cursor.skipWord() else { return nil }
        return start..<end
    }

    /// Forwarded-for, agent, request id and authority, each in quotes; `"-"` is none.
    private static func readNames(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        let meanings: [Meaning] = [.other, .userAgent, .requestID, .host]
        for meaning in meanings {
            cursor.skipBlanks()
            guard let value = cursor.takeQuoted() else { return }
            if meaning != .other, value.count > 1 { table.add(meaning, value) }
        }
    }
}
