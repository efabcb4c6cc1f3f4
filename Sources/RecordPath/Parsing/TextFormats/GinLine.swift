/// What Gin prints for each request: `[GIN] 2023/01/01 - 12:00:00 | 200 |  1.234ms | 127.0.0.1 | GET  "/x"`.
///
/// The columns behind the time are those of Fiber, too, where a bar stands before the path and no quotes around it.
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
        return readColumns(&cursor, &table)
    }

    /// ` | status | duration | client | METHOD "path"`, and whatever follows.
    static func readColumns(_ cursor: inout ByteCursor, _ table: inout TextFieldTable) -> Bool {
        guard let status = column(&cursor), let latency = column(&cursor), column(&cursor) != nil, status.count == 3
        else { return false }
        var code = ByteCursor(cursor.base, from: status.lowerBound, to: status.upperBound)
        guard code.takeStatus() != nil else { return false }
        _ = cursor.take(0x7C)
        skipFill(&cursor)
        let method = cursor.position
        while ASCII.isUpper(cursor.next) { cursor.position += 1 }
        let methodEnd = cursor.position
        guard HTTPMethodName.isKnown(cursor.base + method, methodEnd - method) else { return false }
        skipFill(&cursor)
        if cursor.take(0x7C) { skipFill(&cursor) }
        let path: Range<Int>
        if let quoted = cursor.takeQuoted() {
            path = quoted
        } else {
            let start = cursor.position
            guard cursor.next == 0x2F, cursor.skipWord() else { return false }
            path = start..<cursor.position
        }
        table.add(.status, status)
        table.add(.latency, latency)
        table.add(.method, method, methodEnd)
        table.add(.path, path)
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
