/// What Rails, Phoenix and ASP.NET say of requests in their own words, with or without a logger's header.
///
/// | sentence | says |
/// |---|---|
/// | `Started GET "/x" for 10.0.0.1 at …` | method and path |
/// | `Completed 200 OK in 58ms (Views: 40.1ms)` | status and duration |
/// | `GET /x` and nothing behind | method and path |
/// | `Sent 200 in 12ms`, `Chunked 200 in 341µs` | status and duration |
/// | `HTTP GET /x responded 200 in 12.3456 ms` | Serilog: all of them |
/// | `Request finished HTTP/1.1 GET http://a/x - 200 - text/plain 12.3ms` | ASP.NET: all of them |
enum RequestSentence {
    /// Whether a sentence may begin with this byte.
    @inline(__always) static func mayBegin(with byte: UInt8) -> Bool {
        byte == 0x53 || byte == 0x43 || byte == 0x5B || byte == 0x48 || byte == 0x52
    }

    /// Reads a sentence, behind tags in brackets of which one may be the request id.
    static func read(_ start: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = start
        readTags(&cursor, &table)
        find(cursor)?.add(to: &table)
    }

    /// What the sentence at a cursor says; nil where it is another one.
    static func find(_ start: ByteCursor) -> RequestFinding? {
        var cursor = start
        switch cursor.next {
        case 0x53:
            if cursor.take("Started ") { return started(&cursor) }
            if cursor.take("Sent ") { return sent(&cursor) }
        case 0x43:
            if cursor.take("Completed ") { return completed(&cursor) }
            if cursor.take("Chunked ") { return sent(&cursor) }
        case 0x48:
            if cursor.take("HTTP ") { return responded(&cursor) }
        case 0x52:
            if cursor.take("Request ") { return hosted(&cursor) }
        default: break
        }
        return bare(cursor)
    }

    private static func readTags(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) {
        for _ in 0..<8 {
            guard cursor.next == 0x5B else { return }
            var probe = cursor
            guard probe.advance(to: 0x5D, within: 128), probe.peek(1) == 0x20 else { return }
            let tag = cursor.position + 1..<probe.position
            if tag.count == 36, UUIDText.stands(in: cursor.base, at: tag.lowerBound) { table.add(.requestID, tag) }
            cursor.position = probe.position + 2
        }
    }

    /// Behind `Started `: `GET "/x"`, whose quotes a JSON string escapes.
    private static func started(_ cursor: inout ByteCursor) -> RequestFinding? {
        let method = cursor.position
        guard cursor.skipWord(), HTTPMethodName.isKnown(cursor.base + method, cursor.position - method) else {
            return nil
        }
        var found = RequestFinding(method: method..<cursor.position)
        guard cursor.take(0x20) else { return nil }
        if let path = cursor.takeQuoted() {
            found.path = path
            return found
        }
        guard cursor.take("\\\"") else { return nil }
        let path = cursor.position
        while cursor.next > 0x20, cursor.next != 0x5C, cursor.next != 0x22 { cursor.position += 1 }
        found.path = path..<cursor.position
        return cursor.starts(with: "\\\"") ? found : nil
    }

    /// Behind `Completed `: the status, and the milliseconds behind ` in `.
    private static func completed(_ cursor: inout ByteCursor) -> RequestFinding? {
        guard let status = cursor.takeStatus() else { return nil }
        var found = RequestFinding(status: status)
        while cursor.advance(to: 0x69, within: 48) {
            guard !cursor.take("in ") else {
                let latency = cursor.position
                if DecimalNumber(&cursor) != nil, cursor.take("ms") { found.latency = latency..<cursor.position }
                break
            }
            cursor.position += 1
        }
        return found
    }

    /// Behind `Sent `: the status and a duration with its unit that ends the message.
    private static func sent(_ cursor: inout ByteCursor) -> RequestFinding? {
        guard let status = cursor.takeStatus(), cursor.take(" in ") else { return nil }
        let latency = cursor.position
        guard DecimalNumber(&cursor, allowsExponent: false) != nil, DurationUnit.read(&cursor) != nil,
            cursor.next <= 0x20
        else { return nil }
        return RequestFinding(status: status, latency: latency..<cursor.position)
    }

    /// Behind `HTTP `: `GET /x responded 200 in 12.3456 ms`, method and path with quotes or without.
    private static func responded(_ cursor: inout ByteCursor) -> RequestFinding? {
        guard let method = word(&cursor), HTTPMethodName.isKnown(cursor.base + method.lowerBound, method.count),
            cursor.take(0x20), let path = word(&cursor), cursor.take(" responded "), let status = cursor.takeStatus()
        else { return nil }
        var found = RequestFinding(method: method, path: path, status: status, unit: .latencyMillis)
        guard cursor.take(" in ") else { return found }
        let latency = cursor.position
        let end = DecimalNumber(&cursor) != nil ? cursor.position : latency
        if cursor.take(" ms") { found.latency = latency..<end }
        return found
    }

    /// A word, in quotes or not, which a JSON string may have escaped.
    private static func word(_ cursor: inout ByteCursor) -> Range<Int>? {
        if let quoted = cursor.takeQuoted() { return quoted }
        let isEscaped = cursor.take("\\\"")
        let start = cursor.position
        while cursor.next > 0x20, cursor.next != 0x5C { cursor.position += 1 }
        let end = cursor.position
        return end > start && (!isEscaped || cursor.take("\\\"")) ? start..<end : nil
    }

    /// Behind `Request `: protocol, method and URL, and of one that is over, behind a dash, the status and, at the end, the
    /// milliseconds.
    private static func hosted(_ cursor: inout ByteCursor) -> RequestFinding? {
        let isOver = cursor.take("finished ")
        guard isOver || cursor.take("starting "), cursor.starts(with: "HTTP/"), cursor.skipWord(), cursor.take(0x20),
            let request = RequestLine(cursor.base, cursor.position, cursor.end)
        else { return nil }
        var found = RequestFinding(method: request.method, path: request.target)
        cursor.position = request.target.upperBound
        guard isOver else { return found }
        var isBehindDash = false
        while cursor.take(0x20), !cursor.isAtEnd {
            let start = cursor.position
            if isBehindDash, found.status.isEmpty, let status = cursor.takeStatus() {
                found.status = status
            } else if DecimalNumber(&cursor, allowsExponent: false) != nil, cursor.take("ms") {
                found.latency = start..<cursor.position
            }
            _ = cursor.skipWord()
            isBehindDash = cursor.position == start + 1 && cursor.base[start] == 0x2D
        }
        return found
    }

    /// A method and a path, and nothing behind them.
    private static func bare(_ start: ByteCursor) -> RequestFinding? {
        guard let parts = RequestLine(start.base, start.position, start.end),
            start.base[parts.target.lowerBound] == 0x2F
        else { return nil }
        var rest = ByteCursor(start.base, from: parts.target.upperBound, to: start.end)
        while !rest.isAtEnd, rest.next <= 0x20 { rest.position += 1 }
        return rest.isAtEnd ? RequestFinding(method: parts.method, path: parts.target) : nil
    }
}
