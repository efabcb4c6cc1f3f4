/// English names of months and weekdays, the only ones that loggers write.
enum MonthName {
    /// The month, 1…12, whose name (three letters or all of it) stands at the cursor.
    static func read(_ cursor: inout ByteCursor) -> Int? {
        let month: Int
        switch key(cursor) {
        case 0x6A616E: month = 1
        case 0x666562: month = 2
        case 0x6D6172: month = 3
        case 0x617072: month = 4
        case 0x6D6179: month = 5
        case 0x6A756E: month = 6
        case 0x6A756C: month = 7
        case 0x617567: month = 8
        case 0x736570: month = 9
        case 0x6F6374: month = 10
        case 0x6E6F76: month = 11
        case 0x646563: month = 12
        default: return nil
        }
        return skipWord(&cursor) ? month : nil
    }

    /// Steps over a weekday.
    static func skipWeekday(_ cursor: inout ByteCursor) -> Bool {
        switch key(cursor) {
        case 0x6D6F6E, 0x747565, 0x776564, 0x746875, 0x667269, 0x736174, 0x73756E: skipWord(&cursor)
        default: false
        }
    }

    /// Three letters in lower case as one number, so that `jan` is 0x6A616E; 0 where fewer stand.
    private static func key(_ cursor: ByteCursor) -> UInt32 {
        let (a, b, c) = (cursor.peek(0), cursor.peek(1), cursor.peek(2))
        guard ASCII.isLetter(a), ASCII.isLetter(b), ASCII.isLetter(c) else { return 0 }
        return UInt32(a | 0x20) << 16 | UInt32(b | 0x20) << 8 | UInt32(c | 0x20)
    }

    private static func skipWord(_ cursor: inout ByteCursor) -> Bool {
        var count = 0
        while ASCII.isLetter(cursor.peek(count)) { count += 1 }
        guard count <= 9 else { return false }
        cursor.position += count
        return true
    }
}
