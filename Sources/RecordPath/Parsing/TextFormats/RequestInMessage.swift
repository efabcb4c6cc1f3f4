/// A request that a server reports in a message: `"GET /x HTTP/1.1" 200 …`, perhaps behind `client - ` or more.
///
/// Django's `[01/Jan/2023 12:00:00] "GET / HTTP/1.1" 200 12` and uvicorn's
/// `INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK` have it, and Apache's
/// `[time] client TLSv1.3 CIPHER "GET / HTTP/1.1" 12`.
enum RequestInMessage {
    /// How far into a message a request in quotes may begin.
    private static let maxPrefix = 160

    /// Adds method and path, and the status where it follows at once.
    static func read(_ context: TextContext, _ message: Range<Int>, _ table: inout TextFieldTable) {
        var cursor = ByteCursor(context.line, from: message.lowerBound, to: message.upperBound)
        let isFirst = cursor.next == 0x22
        guard isFirst || cursor.advance(to: 0x22, within: maxPrefix) else { return }
        let isBehindClient = !isFirst && context.line[cursor.position - 1] == 0x20
        guard let request = cursor.takeQuoted(), isFirst || isBehindClient,
            let parts = RequestLine(context.line, request.lowerBound, request.upperBound)
        else { return }
        // A method and a word in quotes may be anything; with a protocol behind them they are a request.
        let rest = ByteCursor(context.line, from: parts.target.upperBound, to: request.upperBound)
        let isRequest = rest.starts(with: " HTTP/")
        var probe = cursor
        let status = cursor.position + 1
        guard probe.take(0x20), let code = probe.number(atMost: 3), code >= 100, code < 600, probe.next <= 0x20 else {
            if isRequest { add(parts, &table) }
            return
        }
        guard isRequest || isFirst || context.line[request.lowerBound - 3] == 0x2D else { return }
        add(parts, &table)
        if !isRequest || probe.position - status == 3 { table.add(.status, status, probe.position) }
    }

    private static func add(_ parts: RequestLine, _ table: inout TextFieldTable) {
        table.add(.method, parts.method.lowerBound, parts.method.upperBound)
        table.add(.path, parts.target.lowerBound, parts.target.upperBound)
    }
}
