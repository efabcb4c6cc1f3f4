/// What Gin prints for each request: `[GIN] 2023/01/01 - 12:00:00 | 200 |  1.234ms | 127.0.0.1 | GET  "/x"`.
enum GinLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.take("[GIN"), cursor.advance(to: 0x5D, within: 12), cursor.take("] ") else { return false }
        let stamp = cursor.position
        guard let day = TimestampForms.isoDate(&cursor), cursor.take(" - "), let clock = Clock(&cursor) else {
            return false
        }
        let stampEnd = cursor.position
        table.time = CivilTime.nanoseconds(day: day, second: clock.second, nanos: clock.nanos)
        table.add(.timestamp, stamp, stampEnd)
        guard let status = column(&cursor), let latency = column(&cursor), column(&cursor) != nil else { return false }
        table.add(.status, status.lowerBound, status.upperBound)
        table.add(.latency, latency.lowerBound, latency.upperBound)
        _ = cursor.take(0x7C)
        skipFill(&cursor)
        let method = cursor.position
        while ASCII.isUpper(cursor.next) { cursor.position += 1 }
        guard HTTPMethodName.isKnown(context.line + method, cursor.position - method) else { return false }
        table.add(.method, method, cursor.position)
        skipFill(&cursor)
        guard let path = cursor.takeQuoted() else { return false }
        table.add(.path, path.lowerBound, path.upperBound)
        return true
    }

    /// What stands behind the next bar and before the one after, without blanks and colours.
    private static func column(_ cursor: inout ByteCursor) -> Range<Int>? {
        skipFill(&cursor)
        guard cursor.take(0x7C) else { return nil }
        skipFill(&cursor)
        let start = cursor.position
        while cursor.next > 0x20, cursor.next != 0x7C { cursor.position += 1 }
        let end = cursor.position
        skipFill(&cursor)
        return end > start && cursor.next == 0x7C ? start..<end : nil
    }

    /// Blanks and colour codes in any order.
    private static func skipFill(_ cursor: inout ByteCursor) {
        var before: Int
        repeat {
            before = cursor.position
            cursor.skipColours()
            cursor.skipBlanks()
        } while cursor.position > before
    }
}
