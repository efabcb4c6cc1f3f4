/// The W3C extended log with the fields that IIS and Azure's App Service write by default.
///
/// `2024-03-05 10:11:12 [site [computer]] 10.0.0.4 GET /x query 443 user client agent [referer] … 200 0 0 [sent
/// received] 31`: behind the status stand two codes of Windows, perhaps two lengths, and the milliseconds.
enum IISLine {
    /// Words between the time and the method.
    private static let maxWords = 3

    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        let stamp = cursor.position
        guard cursor.peek(4) == 0x2D, let time = cursor.takeTime(&times, reference: context.reference) else {
            return false
        }
        let stampEnd = cursor.position
        guard cursor.take(0x20), let parts = request(context, &cursor),
            let tail = tail(context, from: parts.target.upperBound)
        else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.method, parts.method)
        table.add(.path, parts.target)
        table.add(.status, tail.status)
        table.add(.latencyMillis, tail.latency)
        return true
    }

    /// Method and path, behind which a query and a port stand.
    private static func request(_ context: TextContext, _ cursor: inout ByteCursor) -> RequestLine? {
        for _ in 0...maxWords {
            if let parts = RequestLine(context.line, cursor.position, context.count) {
                var probe = ByteCursor(context.line, from: parts.target.upperBound, to: context.count)
                let isRequest =
                    context.line[parts.target.lowerBound] == 0x2F && probe.take(0x20) && probe.skipWord()
                    && probe.take(0x20) && probe.number(atMost: 5) != nil && probe.next == 0x20
                return isRequest ? parts : nil
            }
            guard cursor.skipWord(), cursor.take(0x20) else { return nil }
        }
        return nil
    }

    /// Status and duration: the first and the last of the numbers that end the line, four to six of them; a dash is
    /// a number that is not known.
    private static func tail(_ context: TextContext, from start: Int) -> (status: Range<Int>, latency: Range<Int>)? {
        var end = context.count
        while end > start, context.line[end - 1] <= 0x20 { end -= 1 }
        var last = 0..<0
        var status: Range<Int>?
        for index in 0..<6 {
            var first = end
            while first > start, ASCII.isDigit(context.line[first - 1]) { first -= 1 }
            if first == end, first > start, context.line[first - 1] == 0x2D { first -= 1 }
            guard first < end, first > start, context.line[first - 1] == 0x20 else { break }
            if index == 0, ASCII.isDigit(context.line[first]) { last = first..<end }
            var number = ByteCursor(context.line, from: first, to: end)
            if index >= 3, let code = number.takeStatus() { status = code }
            end = first - 1
        }
        return status.map { ($0, last) }
    }
}
