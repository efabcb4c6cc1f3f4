/// A request that a server reports in a message: `"GET /x HTTP/1.1" 200 …`, perhaps behind `client - ` or more.
///
/// Django's `[01/Jan/2023 12:00:00] "GET / HTTP/1.1" 200 12` and uvicorn's
/// `INFO:     127.0.0.1:5000 - "GET / HTTP/1.1" 200 OK` have it, and Apache's
/// `[time] client TLSv1.3 CIPHER "GET / HTTP/1.1" 12`; others `client 200 OK "GET / HTTP/1.1"`, chi
/// `"GET http://shop/ HTTP/1.1" from client - 200 345B in 1.2ms`, and Gitea the like without quotes.
enum RequestInMessage {
    /// How far into a message a request in quotes may begin.
    private static let maxPrefix = 160

    /// Adds method and path, and the status where it follows at once.
    static func read(_ context: TextContext, _ message: Range<Int>, _ table: inout TextFieldTable) {
        var cursor = ByteCursor(context.line, from: message.lowerBound, to: message.upperBound)
        if RequestSentence.mayBegin(with: cursor.next) { RequestSentence.read(cursor, &table) }
        let isFirst = cursor.next == 0x22
        guard isFirst || cursor.advance(to: 0x22, within: maxPrefix) else { return readPlain(cursor, &table) }
        let isBehindClient = !isFirst && context.line[cursor.position - 1] == 0x20
        guard let request = cursor.takeQuoted(), isFirst || isBehindClient,
            let parts = RequestLine(context.line, request.lowerBound, request.upperBound)
        else { return }
        // A method and a word in quotes may be anything; with a protocol behind them they are a request.
        let rest = ByteCursor(context.line, from: parts.target.upperBound, to: request.upperBound)
        let isRequest = rest.starts(with: " HTTP/")
        var probe = cursor
        guard probe.take(0x20), let status = probe.takeStatus(), probe.next <= 0x20 else {
            guard isRequest else { return }
            add(parts, &table)
            if readOutcome(cursor, &table) { return }
            if let status = statusBefore(context, message.lowerBound, request.lowerBound - 1) {
                table.add(.status, status)
            }
            return
        }
        guard isRequest || isFirst || context.line[request.lowerBound - 3] == 0x2D else { return }
        add(parts, &table)
        if !isRequest || !isBehindCipher(context, message.lowerBound, request.lowerBound) {
            table.add(.status, status)
        }
        if isRequest { AccessLogLine.readTail(context, &probe, &table) }
    }

    /// Apache's log of TLS requests has the length behind the request, and no status.
    private static func isBehindCipher(_ context: TextContext, _ start: Int, _ end: Int) -> Bool {
        var cursor = ByteCursor(context.line, from: start, to: end)
        while cursor.advance(to: 0x54) {
            if cursor.starts(with: "TLSv1") { return true }
            cursor.position += 1
        }
        return false
    }

    /// What stands behind the request: chi's ` from client - 200 345B in 1.2ms`, Gitea's ` for client, 200 OK in 1.2ms`.
    private static func readOutcome(_ behind: ByteCursor, _ table: inout TextFieldTable) -> Bool {
        var cursor = behind
        guard cursor.take(" from ") || cursor.take(" for "), cursor.skipWord(), cursor.take(0x20) else { return false }
        _ = cursor.take("- ")
        cursor.skipColours()
        guard let status = cursor.takeStatus() else { return false }
        table.add(.status, status)
        for _ in 0..<4 {
            cursor.skipColours()
            cursor.skipBlanks()
            cursor.skipColours()
            guard !cursor.take("in ") else {
                cursor.skipColours()
                let took = cursor.position
                while !cursor.isAtEnd, cursor.next > 0x20, cursor.next != 0x1B { cursor.position += 1 }
                table.add(.latency, took, cursor.position)
                return true
            }
            guard cursor.skipWord() else { return true }
        }
        return true
    }

    /// A request without quotes that ends the message: ` METHOD /path`, perhaps with status and duration.
    ///
    /// CouchDB puts a word between: `GET /shop 200 ok 12`, in milliseconds.
    private static func readPlain(_ message: ByteCursor, _ table: inout TextFieldTable) {
        var cursor = message
        while cursor.advance(to: 0x2F, within: maxPrefix) {
            let slash = cursor.position
            cursor.position += 1
            var verb = slash - 1
            guard verb > message.position, cursor.base[verb] == 0x20 else { continue }
            while verb > message.position, ASCII.isUpper(cursor.base[verb - 1]) { verb -= 1 }
            guard HTTPMethodName.isKnown(cursor.base + verb, slash - 1 - verb) else { continue }
            let start = ByteCursor(cursor.base, from: verb, to: cursor.end)
            if readBehindStatus(start, from: message.position, &table) { return }
            guard let found = MorganLine.find(start) ?? (verb == message.position ? RequestSentence.find(start) : nil)
            else {
                readReported(start, &table)
                return
            }
            found.add(to: &table)
            return
        }
    }

    /// The request of PHP's own server: `127.0.0.1:5000 [200]: GET /x`.
    private static func readBehindStatus(
        _ request: ByteCursor,
        from start: Int,
        _ table: inout TextFieldTable
    ) -> Bool {
        var mark = ByteCursor(request.base, from: max(start, request.position - 7), to: request.position)
        guard mark.take(0x5B), let status = mark.takeStatus(), mark.take("]: "), mark.isAtEnd,
            let parts = RequestLine(request.base, request.position, request.end)
        else { return false }
        add(parts, &table)
        table.add(.status, status)
        return true
    }

    /// Gitea's `completed GET /x for client, 200 OK in 1.2ms`.
    private static func readReported(_ request: ByteCursor, _ table: inout TextFieldTable) {
        guard let parts = RequestLine(request.base, request.position, request.end) else { return }
        let behind = ByteCursor(request.base, from: parts.target.upperBound, to: request.end)
        if readOutcome(behind, &table) { add(parts, &table) }
    }

    /// The status that stands before the quotes with its words.
    private static func statusBefore(_ context: TextContext, _ start: Int, _ quote: Int) -> Range<Int>? {
        var end = quote
        while end > start, context.line[end - 1] == 0x20 || ASCII.isLetter(context.line[end - 1]) { end -= 1 }
        guard end - start >= 3, end < quote, context.line[end] == 0x20 else { return nil }
        let isApart = end - start == 3 || context.line[end - 4] == 0x20
        var probe = ByteCursor(context.line, from: end - 3, to: end)
        return isApart ? probe.takeStatus() : nil
    }

    private static func add(_ parts: RequestLine, _ table: inout TextFieldTable) {
        table.add(.method, parts.method)
        table.add(.path, parts.target)
    }
}
