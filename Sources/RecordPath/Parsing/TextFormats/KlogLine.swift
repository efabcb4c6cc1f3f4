/// klog and glog: `I0102 15:04:05.000000       1 file.go:10] message`; glog of today writes the year too.
enum KlogLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        let start = cursor.position
        guard let level = level(cursor.next) else { return false }
        cursor.position += 1
        guard let time = readTime(context, &cursor, &times) else { return false }
        let stampEnd = cursor.position
        cursor.skipBlanks()
        guard cursor.number(atMost: 12) != nil, cursor.take(0x20) else { return false }
        let caller = cursor.position
        guard cursor.skipWord(), context.line[cursor.position - 1] == 0x5D else { return false }
        table.level = level
        table.add(.level, start, start + 1)
        table.time = time
        table.add(.timestamp, start + 1, stampEnd)
        table.add(.logger, caller, cursor.position - 1)
        cursor.skipBlanks()
        table.message = cursor.position..<context.count
        return true
    }

    private static func level(_ letter: UInt8) -> Level? {
        switch letter {
        case 0x49: .info
        case 0x57: .warn
        case 0x45: .error
        case 0x46: .fatal
        case 0x44: .debug
        default: nil
        }
    }

    /// `0102 15:04:05.000000`, or `20230102 15:04:05.000000`.
    private static func readTime(
        _ context: TextContext,
        _ cursor: inout ByteCursor,
        _ times: inout TimestampReader
    ) -> Int64? {
        guard cursor.peek(8) == 0x20, ASCII.isDigit(cursor.peek(4)) else {
            return cursor.takeTime(&times, reference: context.reference)
        }
        guard let year = cursor.digits(4), let month = cursor.digits(2), let date = cursor.digits(2),
            let day = CivilTime.day(year: year, month: month, day: date), cursor.take(0x20), let clock = Clock(&cursor)
        else { return nil }
        return CivilTime.nanoseconds(day: day, second: clock.second, nanos: clock.nanos)
    }
}
