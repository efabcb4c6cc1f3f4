/// What templates of nginx, Apache and Traefik append to the combined format.
///
/// | appended | whose |
/// |---|---|
/// | `rt=0.123 request_id=…` and the like | nginx and Apache templates |
/// | `42 "router@docker" "http://10.0.0.1:80" 5ms` | Traefik |
/// | `502 0.001 [upstream] [] 10.0.0.9:80 13 0.000 200 id` | ingress-nginx |
/// | ` "forwarded" 0.123 …` | seconds: nginx's `$request_time`, gunicorn's `%(L)s`, Actix's `%T` |
/// | `vcap_request_id:"…" response_time:0.123` | Cloud Foundry's router |
enum AccessLogTail {
    static func read(_ context: TextContext, _ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        cursor.skipBlanks()
        guard !cursor.isAtEnd else { return }
        if readTraefik(cursor, &table) || readIngress(context, cursor, &table) { return }
        PlainFields.find(context, in: cursor.position..<context.count, &table)
        if hasLatency(table) { return }
        readRequestTime(cursor, &table)
        while !hasLatency(table), cursor.advance(to: 0x76, within: 512) {
            readRouter(cursor, &table)
            cursor.position += 1
        }
    }

    private static func readTraefik(_ start: ByteCursor, _ table: inout TextFieldTable) -> Bool {
        var cursor = start
        guard cursor.number(atMost: 18) != nil, cursor.take(0x20), cursor.takeQuoted() != nil, cursor.take(0x20),
            cursor.takeQuoted() != nil, cursor.take(0x20)
        else { return false }
        let duration = cursor.position
        guard cursor.number(atMost: 12) != nil, cursor.take("ms"), cursor.isAtEnd else { return false }
        table.add(.latency, duration, cursor.position)
        return true
    }

    /// Length and time of the request, the upstream's name in brackets, and the request id at the end.
    private static func readIngress(
        _ context: TextContext,
        _ start: ByteCursor,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = start
        guard cursor.number(atMost: 18) != nil, cursor.take(0x20), let duration = seconds(&cursor),
            cursor.take(" [")
        else { return false }
        table.add(.latencySeconds, duration)
        var end = context.count
        while end > cursor.position, context.line[end - 1] <= 0x20 { end -= 1 }
        var id = end
        while id > cursor.position, ASCII.hexValue(context.line[id - 1]) < 16 { id -= 1 }
        if end - id == 32, context.line[id - 1] == 0x20 { table.add(.requestID, id, end) }
        return true
    }

    /// Cloud Foundry's `vcap_request_id:"…" response_time:0.123`, in seconds.
    private static func readRouter(_ start: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = start
        guard cursor.take("vcap_request_id:"), let id = cursor.takeQuoted(), cursor.take(" response_time:"),
            let duration = seconds(&cursor)
        else { return }
        table.add(.requestID, id)
        table.add(.latencySeconds, duration)
    }

    /// The first number with three decimals and more behind texts in quotes, dashes and a length; quotes and brackets
    /// around it are looked through.
    private static func readRequestTime(_ start: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = start
        for _ in 0..<4 {
            cursor.skipBlanks()
            cursor.skip(0x5B)
            if let duration = seconds(&cursor) { return table.add(.latencySeconds, duration) }
            if let text = cursor.takeQuoted() {
                var inside = ByteCursor(cursor.base, from: text.lowerBound, to: text.upperBound)
                if let duration = seconds(&inside) { return table.add(.latencySeconds, duration) }
            } else if !cursor.take(0x2D), !skipLength(&cursor) {
                return
            }
        }
    }

    /// A whole number before one with decimals.
    private static func skipLength(_ cursor: inout ByteCursor) -> Bool {
        var probe = cursor
        guard probe.number(atMost: 18) != nil, probe.take(0x20) else { return false }
        var behind = probe
        guard seconds(&behind) != nil else { return false }
        cursor = probe
        return true
    }

    /// A number with three to nine decimals that stands alone: so servers write seconds.
    private static func seconds(_ cursor: inout ByteCursor) -> Range<Int>? {
        var probe = cursor
        guard probe.number(atMost: 6) != nil, probe.take(0x2E) else { return nil }
        let point = probe.position
        guard probe.number(atMost: 9) != nil, probe.position - point >= 3, probe.next <= 0x20 || probe.next == 0x5D
        else { return nil }
        let start = cursor.position
        cursor = probe
        return start..<probe.position
    }

    private static func hasLatency(_ table: borrowing TextFieldTable) -> Bool {
        table.present & Correlator.latencyMeanings != 0
    }
}
