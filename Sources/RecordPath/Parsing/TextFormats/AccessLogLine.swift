/// The Common Log Format and its children.
///
/// `[vhost[:port] ]client ident user [time] "request" status bytes [ "referer" "agent" [more]]`. Between time and
/// request may stand other words, as Amazon S3 and Gandi have them. What may stand behind the agent, `AccessLogTail`
/// reads.
enum AccessLogLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        if ASCII.isUpper(cursor.next), !readHeader(context, &times, &table) { return false }
        guard skipClient(&cursor), cursor.take(0x5B) else { return parseBare(context, &times, &table) }
        let stamp = cursor.position
        let time = cursor.takeTime(&times, reference: context.reference)
        if time == nil {
            var first = context.cursor
            guard first.takeTime(&times, reference: context.reference) == nil, skipUnknownTime(&cursor, from: stamp)
            else { return false }
        }
        let stampEnd = cursor.position
        guard cursor.take(0x5D), cursor.take(0x20) else { return false }
        let words = cursor.position
        guard let request = request(context, &cursor), time != nil || isRequest(context, request), cursor.take(0x20)
        else { return false }
        let status = cursor.position
        guard let code = cursor.number(atMost: 3), code >= 100 || code == 0, isEndOfWord(cursor.next) else {
            return false
        }
        if let time {
            table.time = time
            table.add(.timestamp, stamp, stampEnd)
        }
        table.add(.status, status, cursor.position)
        addRequest(context, request, &table)
        if words + 1 >= request.lowerBound || !StorageAccess.read(context, words..<request.lowerBound, cursor, &table) {
            readTail(context, &cursor, &table)
        }
        return true
    }

    /// php-fpm's `10.0.0.1 -  04/Mar/2026:05:06:07 +0000 "GET /index.php" 200`.
    @inline(never) private static func parseBare(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.skipWord(), cursor.take(" - ") else { return false }
        cursor.skipBlanks()
        if !ASCII.isDigit(cursor.next), !cursor.skipWord() { return false }
        cursor.skipBlanks()
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take(0x20), let request = cursor.takeQuoted(), cursor.take(0x20),
            RequestLine(context.line, request.lowerBound, request.upperBound) != nil,
            let status = cursor.takeStatus(), isEndOfWord(cursor.next)
        else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.status, status)
        addRequest(context, request, &table)
        return true
    }

    /// What stands before the client: Python's `INFO:werkzeug:`; false where it is syslog's header, which has more to
    /// say.
    @inline(never) private static func readHeader(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        if cursor.takeTime(&times, reference: context.reference) != nil { return false }
        cursor = context.cursor
        while ASCII.isUpper(cursor.next) { cursor.position += 1 }
        if cursor.next == 0x3A, PlainLevel.level(context.line, context.start, cursor.position) != .none {
            table.addLevel(context.line, context.start, cursor.position)
        }
        return true
    }

    /// The request in quotes: at once, or behind some words where it surely is one.
    @inline(__always) private static func request(_ context: TextContext, _ cursor: inout ByteCursor) -> Range<Int>? {
        guard cursor.next == 0x22 else { return requestBehindWords(context, &cursor) }
        // A template may have a text that is not there before the request.
        if cursor.starts(with: "\"-\" \"") { cursor.position += 4 }
        return cursor.takeQuoted()
    }

    @inline(never) private static func requestBehindWords(
        _ context: TextContext,
        _ cursor: inout ByteCursor
    ) -> Range<Int>? {
        if let bare = bareRequest(context, &cursor) { return bare }
        guard cursor.advance(to: 0x22, within: 2048), cursor.base[cursor.position - 1] == 0x20,
            let request = cursor.takeQuoted(),
            RequestLine(context.line, request.lowerBound, request.upperBound) != nil || isDash(context, request)
        else { return nil }
        return request
    }

    /// `GET /cart HTTP/1.1` without quotes.
    private static func bareRequest(_ context: TextContext, _ cursor: inout ByteCursor) -> Range<Int>? {
        guard let parts = RequestLine(context.line, cursor.position, context.count) else { return nil }
        var probe = ByteCursor(context.line, from: parts.target.upperBound, to: context.count)
        guard probe.take(" HTTP/"), probe.skipWord() else { return nil }
        cursor = probe
        return parts.method.lowerBound..<probe.position
    }

    private static func isDash(_ context: TextContext, _ range: Range<Int>) -> Bool {
        range.count == 1 && context.line[range.lowerBound] == 0x2D
    }

    private static func isRequest(_ context: TextContext, _ range: Range<Int>) -> Bool {
        guard let parts = RequestLine(context.line, range.lowerBound, range.upperBound) else { return false }
        return ByteCursor(context.line, from: parts.target.upperBound, to: range.upperBound).starts(with: " HTTP/")
    }

    /// A date and clock in a form of one's own stay unread: a time is never guessed.
    @inline(never) private static func skipUnknownTime(_ cursor: inout ByteCursor, from start: Int) -> Bool {
        cursor.position = start
        guard cursor.advance(to: 0x5D, within: 48) else { return false }
        var colons = 0
        var digits = 0
        var hasYear = false
        for index in start..<cursor.position {
            if cursor.base[index] == 0x3A { colons += 1 }
            digits = ASCII.isDigit(cursor.base[index]) ? digits + 1 : 0
            if digits == 4 { hasYear = true }
        }
        return colons >= 2 && hasYear
    }

    /// A request line as method and path; what is none stays a request line.
    static func addRequest(_ context: TextContext, _ request: Range<Int>, _ table: inout TextFieldTable) {
        guard let parts = RequestLine(context.line, request.lowerBound, request.upperBound) else {
            table.add(.requestLine, request)
            return
        }
        table.add(.method, parts.method)
        table.add(.path, parts.target)
    }

    /// Two to four words, up to the bracket of the time; a blank before it may be missing.
    ///
    /// User names may hold blanks.
    private static func skipClient(_ cursor: inout ByteCursor) -> Bool {
        let start = cursor.position
        guard cursor.advance(to: 0x5B, within: 512) else { return false }
        // A name or address may have been redacted, which leaves a word in brackets.
        while cursor.starts(with: "[REDACTED") {
            guard cursor.advance(to: 0x5D, within: 64), cursor.advance(to: 0x5B, within: 512) else { return false }
        }
        guard cursor.position > start + 3 else { return false }
        let before = cursor.base[cursor.position - 1]
        return before == 0x20 || before == 0x2D
    }

    @inline(__always) private static func isEndOfWord(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// Bytes, referer, agent, and whatever a template appends.
    static func readTail(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ table: inout TextFieldTable
    ) {
        cursor.skipBlanks()
        if cursor.next != 0x22 { _ = cursor.skipWord() }
        cursor.skipBlanks()
        guard let referer = cursor.takeQuoted() else { return AccessLogTail.read(context, &cursor, &table) }
        cursor.skipBlanks()
        if let agent = cursor.takeQuoted() {
            if agent.count > 1 { table.add(.userAgent, agent) }
        } else if referer.count > 1 {
            cursor.position = referer.upperBound + 1
        }
        AccessLogTail.read(context, &cursor, &table)
    }
}
