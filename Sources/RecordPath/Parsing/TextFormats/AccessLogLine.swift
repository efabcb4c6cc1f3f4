/// The Common Log Format and its children.
///
/// `[vhost[:port] ]client ident user [time] "request" status bytes [ "referer" "agent" [more]]`. Behind the agent
/// may stand what nginx and Apache templates append: a duration named `rt=`, `request_time=` …, ids named
/// `request_id=` …, and Traefik's `42 "router" "url" 5ms`.
enum AccessLogLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard skipClient(&cursor), cursor.take(0x5B) else { return false }
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take(0x5D), cursor.take(0x20), let request = cursor.takeQuoted(), cursor.take(0x20) else {
            return false
        }
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100 || code == 0, isEndOfWord(cursor.next) else {
            return false
        }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.status, status, cursor.position)
        addRequest(context, request, &table)
        readTail(context, &cursor, &table)
        return true
    }

    /// A request line as method and path; what is none stays a request line.
    static func addRequest(_ context: TextContext, _ request: Range<Int>, _ table: inout TextFieldTable) {
        guard let parts = RequestLine(context.line, request.lowerBound, request.upperBound) else {
            table.add(.requestLine, request.lowerBound, request.upperBound)
            return
        }
        table.add(.method, parts.method.lowerBound, parts.method.upperBound)
        table.add(.path, parts.target.lowerBound, parts.target.upperBound)
    }

    /// Two to four words, up to the bracket of the time.
    ///
    /// User names may hold blanks.
    private static func skipClient(_ cursor: inout ByteCursor) -> Bool {
        let start = cursor.position
        guard cursor.advance(to: 0x5B, within: 512) else { return false }
        // A name or address may have been redacted, which leaves a word in brackets.
        while cursor.starts(with: "[REDACTED") {
            guard cursor.advance(to: 0x5D, within: 64), cursor.advance(to: 0x5B, within: 512) else { return false }
        }
        return cursor.position > start + 3 && cursor.base[cursor.position - 1] == 0x20
    }

    @inline(__always) private static func isEndOfWord(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// Bytes, referer, agent, and whatever a template appends.
    private static func readTail(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ table: inout TextFieldTable
    ) {
        cursor.skipBlanks()
        if cursor.next != 0x22 { _ = cursor.skipWord() }
        cursor.skipBlanks()
        guard let referer = cursor.takeQuoted() else { return readExtra(context, &cursor, &table) }
        cursor.skipBlanks()
        if let agent = cursor.takeQuoted() {
            if agent.count > 1 { table.add(.userAgent, agent.lowerBound, agent.upperBound) }
        } else if referer.count > 1 {
            cursor.position = referer.upperBound + 1
        }
        readExtra(context, &cursor, &table)
    }

    private static func readExtra(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ table: inout TextFieldTable
    ) {
        cursor.skipBlanks()
        guard !cursor.isAtEnd else { return }
        if !readTraefik(cursor, &table) {
            PlainFields.find(context, in: cursor.position..<context.count, &table)
        }
    }

    /// Traefik appends `42 "router@docker" "http://10.0.0.1:80" 5ms`.
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
}
