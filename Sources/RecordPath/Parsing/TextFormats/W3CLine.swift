/// Lines of a W3C extended log whose columns a `#Fields:` line has named; CloudFront's also without one.
///
/// Columns are set apart by tabs where the line has any, else by blanks; in quotes `""` stands for one.
enum W3CLine {
    private static let fields: StaticString = "#Fields:"

    static func parse(
        _ context: TextContext,
        _ columns: inout W3CColumns,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        if context.first == 0x23 {
            var cursor = context.cursor
            guard cursor.take(fields) else { return false }
            columns = W3CColumns(cursor) ?? W3CColumns()
            return true
        }
        if columns.count > 0, read(context, columns, atLeast: columns.count, &times, &table) { return true }
        guard isCloudFront(context.cursor) else { return false }
        return read(context, .cloudFront, atLeast: W3CColumns.cloudFrontAtLeast, &times, &table)
    }

    /// `2024-03-12⇥15:22:28⇥CDG50-P2⇥…`.
    private static func isCloudFront(_ cursor: ByteCursor) -> Bool {
        cursor.peek(4) == 0x2D && cursor.peek(7) == 0x2D && cursor.peek(10) == 0x09 && cursor.peek(13) == 0x3A
            && cursor.peek(16) == 0x3A && cursor.peek(19) == 0x09
    }

    private static func read(
        _ context: TextContext,
        _ columns: W3CColumns,
        atLeast minimum: Int,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        var cursor = context.cursor
        var probe = cursor
        let isTabbed = probe.advance(to: 0x09, within: 256)
        var date = 0..<0
        var clock = 0..<0
        var index = 0
        while index < columns.count, let value = takeColumn(&cursor, isTabbed) {
            switch columns[index] {
            case .date: date = value
            case .time: clock = value
            case let column: add(column, value, context, &table)
            }
            index += 1
        }
        guard index >= minimum, cursor.isAtEnd || (isTabbed && minimum < columns.count) else { return false }
        return addTime(date, clock, context, &times, &table) && (table.has(.method) || table.has(.status))
    }

    /// The next column; nil at the end.
    private static func takeColumn(_ cursor: inout ByteCursor, _ isTabbed: Bool) -> Range<Int>? {
        var value: Range<Int>
        if cursor.next == 0x22 {
            guard let text = takeQuoted(&cursor) else { return nil }
            value = text
        } else {
            let start = cursor.position
            while !cursor.isAtEnd, cursor.next != 0x09, isTabbed || cursor.next != 0x20 { cursor.position += 1 }
            value = start..<cursor.position
        }
        while isTabbed, value.count > 0, cursor.base[value.upperBound - 1] <= 0x20 {
            value = value.lowerBound..<value.upperBound - 1
        }
        guard !value.isEmpty || !cursor.isAtEnd else { return nil }
        if isTabbed, cursor.take(0x09) { return value }
        cursor.skipBlanks()
        if cursor.next == 0x0D { cursor.position = cursor.end }
        return value
    }

    /// A text in quotes, in which `""` stands for a quote.
    private static func takeQuoted(_ cursor: inout ByteCursor) -> Range<Int>? {
        var probe = cursor
        probe.position += 1
        let start = probe.position
        while probe.advance(to: 0x22) {
            if probe.peek(1) == 0x22 {
                probe.position += 2
                continue
            }
            cursor = probe
            cursor.position += 1
            return start..<probe.position
        }
        return nil
    }

    private static func add(
        _ column: W3CColumns.Column,
        _ value: Range<Int>,
        _ context: TextContext,
        _ table: inout TextFieldTable
    ) {
        let text = context.line + value.lowerBound
        guard !value.isEmpty, value.count > 1 || text[0] != 0x2D else { return }
        switch column {
        case .method where HTTPMethodName.isKnown(text, value.count):
            table.add(.method, value)
        case .path, .url: table.add(.path, value)
        case .status:
            var code = ByteCursor(context.line, from: value.lowerBound, to: value.upperBound)
            if value.count == 3, let status = code.takeStatus() { table.add(.status, status) }
        case .taken:
            let isWhole = value.allSatisfy { ASCII.isDigit(context.line[$0]) }
            table.add(isWhole ? .latencyMillis : .latencySeconds, value)
        case .takenSeconds: table.add(.latencySeconds, value)
        case .userAgent: table.add(.userAgent, value)
        case .requestID: table.add(.requestID, value)
        case .host: table.add(.host, value)
        default: break
        }
    }

    /// Date and clock stand in columns of their own; false where they should make a time and do not.
    private static func addTime(
        _ date: Range<Int>,
        _ clock: Range<Int>,
        _ context: TextContext,
        _ times: inout TimestampReader,
        _ table: inout TextFieldTable
    ) -> Bool {
        guard !date.isEmpty, !clock.isEmpty else { return true }
        let time = times.read(context.line, date: date, clock: clock, reference: context.reference)
        guard let time else { return false }
        table.time = time
        if clock.lowerBound - date.upperBound <= 3, clock.lowerBound > date.upperBound {
            table.add(.timestamp, date.lowerBound, clock.upperBound)
        }
        return true
    }
}
