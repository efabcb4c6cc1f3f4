/// A request and how it ended, as development servers print them.
///
/// morgan's `dev`, `tiny` and `short` (`GET /x 200 5.123 ms - 12`, `GET /x 200 12 - 5.123 ms`), Next.js (`GET /x 200 in 34ms`),
/// koa-logger (`GET /x 200 34ms 1.2kb`) and those who write the like by hand; or nothing behind the status.
enum MorganLine {
    static func parse(_ context: TextContext, _ table: inout TextFieldTable) -> Bool {
        let found =
            switch context.first {
            case 0x2D, 0x3C, 0x78: findArrow(context.cursor)
            case let first: ASCII.isUpper(first) ? find(context.cursor) : findShort(context.cursor)
            }
        guard let found else { return false }
        found.add(to: &table)
        return true
    }

    /// The request behind a client without a user, as `short` has it: `::1 - GET /x HTTP/1.1 200 12 - 5.123 ms`.
    private static func findShort(_ start: ByteCursor) -> RequestFinding? {
        var cursor = start
        guard cursor.skipWord(), cursor.take(" - ") else { return nil }
        if cursor.next == 0x22 { return findQuoted(&cursor) }
        guard
            let request = RequestLine(cursor.base, cursor.position, cursor.end),
            ByteCursor(cursor.base, from: request.target.upperBound, to: cursor.end).starts(with: " HTTP/")
        else { return nil }
        return find(cursor)
    }

    /// uvicorn's without its level: `10.0.0.1:5000 - "GET /x HTTP/1.1" 200 OK`.
    private static func findQuoted(_ cursor: inout ByteCursor) -> RequestFinding? {
        guard let text = cursor.takeQuoted(), let request = RequestLine(cursor.base, text.lowerBound, text.upperBound),
            ByteCursor(cursor.base, from: request.target.upperBound, to: text.upperBound).starts(with: " HTTP/"),
            cursor.take(0x20), let status = cursor.takeStatus(), cursor.next <= 0x20
        else { return nil }
        return RequestFinding(method: request.method, path: request.target, status: status)
    }

    /// koa-logger's and Hono's `--> GET /x 200 5ms`, `xxx GET /x 500 5ms`, and `<-- GET /x` when it came.
    private static func findArrow(_ start: ByteCursor) -> RequestFinding? {
        var cursor = start
        guard cursor.take("--> ") || cursor.take("<-- ") || cursor.take("xxx ") else { return nil }
        cursor.skipBlanks()
        return find(cursor) ?? RequestSentence.find(cursor)
    }

    /// The request that stands at a cursor.
    static func find(_ start: ByteCursor) -> RequestFinding? {
        var cursor = start
        guard let request = RequestLine(cursor.base, cursor.position, cursor.end) else { return nil }
        cursor.position = request.target.upperBound
        cursor.skipBlanks()
        // With a protocol it is a request, whatever stands behind the status.
        let isSure = cursor.starts(with: "HTTP/") && cursor.skipWord()
        cursor.skipBlanks()
        cursor.skipColours()
        guard let status = cursor.takeStatus() else { return nil }
        cursor.skipColours()
        let nothing = status.upperBound..<status.upperBound
        guard cursor.next <= 0x20, let latency = latency(&cursor) ?? (isSure ? nothing : nil) else { return nil }
        let isBare = ASCII.isDigit(cursor.base[max(latency.upperBound - 1, 0)])
        return RequestFinding(
            method: request.method,
            path: request.target,
            status: status,
            latency: latency,
            unit: isBare ? .latencyMillis : .latency
        )
    }

    /// The duration behind the status; empty at the end of the line, nil where something else follows.
    private static func latency(_ cursor: inout ByteCursor) -> Range<Int>? {
        cursor.skipBlanks()
        cursor.skipColours()
        if cursor.isAtEnd || cursor.next == 0x0D { return cursor.position..<cursor.position }
        skipLength(&cursor)
        if !cursor.take("in "), !cursor.take("- "), skipOutcome(&cursor) {
            let start = cursor.position
            _ = cursor.number(atMost: 12)
            return start..<cursor.position
        }
        let start = cursor.position
        guard DecimalNumber(&cursor, allowsExponent: false) != nil else { return nil }
        let end = cursor.position
        if cursor.take(" ms") { return start..<end }
        guard DurationUnit.read(&cursor) != nil, !ASCII.isAlphanumeric(cursor.next) else { return nil }
        return start..<cursor.position
    }

    /// CouchDB's word before the milliseconds that end the line.
    private static func skipOutcome(_ cursor: inout ByteCursor) -> Bool {
        var probe = cursor
        while ASCII.isLower(probe.next) || probe.next == 0x5F { probe.position += 1 }
        guard probe.position > cursor.position, probe.take(0x20) else { return false }
        var number = probe
        guard number.number(atMost: 12) != nil, number.isAtEnd else { return false }
        cursor = probe
        return true
    }

    /// The length that `tiny` has before the time: a number or a dash, and ` - `.
    private static func skipLength(_ cursor: inout ByteCursor) {
        var probe = cursor
        guard probe.take(0x2D) || probe.number(atMost: 18) != nil, probe.take(" - ") else { return }
        cursor = probe
    }
}
