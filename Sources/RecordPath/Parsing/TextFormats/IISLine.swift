/// The W3C extended log with the fields that IIS writes by default.
///
/// `2024-03-05 10:11:12 10.0.0.4 GET /x query 443 user client agent [referer] 200 0 0 31`: the last four are status,
/// two codes of Windows, and milliseconds.
enum IISLine {
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
        guard cursor.take(0x20), isAddress(cursor), cursor.skipWord(), cursor.take(0x20),
            let parts = RequestLine(context.line, cursor.position, context.count),
            context.line[parts.target.lowerBound] == 0x2F
        else { return false }
        guard let tail = tail(context, from: parts.target.upperBound) else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.add(.method, parts.method.lowerBound, parts.method.upperBound)
        table.add(.path, parts.target.lowerBound, parts.target.upperBound)
        table.add(.status, tail.status.lowerBound, tail.status.upperBound)
        table.add(.latencyMillis, tail.latency.lowerBound, tail.latency.upperBound)
        return true
    }

    private static func isAddress(_ cursor: ByteCursor) -> Bool {
        var index = 0
        var signs = 0
        while cursor.peek(index) > 0x20 {
            let byte = cursor.peek(index)
            if byte == 0x2E || byte == 0x3A { signs += 1 } else if ASCII.hexValue(byte) > 15 { return false }
            index += 1
        }
        return signs >= 2
    }

    /// Status and duration: the fourth and the first number from the end.
    private static func tail(_ context: TextContext, from start: Int) -> (status: Range<Int>, latency: Range<Int>)? {
        var end = context.count
        while end > start, context.line[end - 1] <= 0x20 { end -= 1 }
        var numbers: (Range<Int>, Range<Int>) = (0..<0, 0..<0)
        for index in 0..<4 {
            var first = end
            while first > start, ASCII.isDigit(context.line[first - 1]) { first -= 1 }
            guard first < end, first > start, context.line[first - 1] == 0x20 else { return nil }
            if index == 0 { numbers.1 = first..<end } else if index == 3 { numbers.0 = first..<end }
            end = first - 1
        }
        return numbers.0.count == 3 ? (numbers.0, numbers.1) : nil
    }
}
