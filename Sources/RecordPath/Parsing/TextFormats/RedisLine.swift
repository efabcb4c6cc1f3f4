/// Redis and Valkey: `1:M 01 Jan 2023 12:00:00.123 * Ready to accept connections`.
///
/// The role is a letter; the mark is `.` for debug, `-` for verbose, `*` for notice, `#` for warning.
enum RedisLine {
    static func parse(
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        guard cursor.number(atMost: 10) != nil, cursor.take(0x3A), ASCII.isUpper(cursor.next), cursor.peek(1) == 0x20
        else { return false }
        cursor.position += 2
        let stamp = cursor.position
        guard let time = cursor.takeTime(&times, reference: context.reference) else { return false }
        let stampEnd = cursor.position
        guard cursor.take(0x20), let level = level(cursor.next), cursor.peek(1) == 0x20 else { return false }
        table.time = time
        table.add(.timestamp, stamp, stampEnd)
        table.level = level
        table.add(.level, cursor.position, cursor.position + 1)
        table.message = min(cursor.position + 2, context.count)..<context.count
        return true
    }

    private static func level(_ mark: UInt8) -> Level? {
        switch mark {
        case 0x2E: .debug
        case 0x2D: .debug
        case 0x2A: .info
        case 0x23: .warn
        default: nil
        }
    }
}
