/// The written forms of a time, read at a cursor that is left behind what was read.
///
/// | form | who writes it |
/// |---|---|
/// | `2023-01-01T12:00:00.123456789Z`, ` +0100`, ` UTC`, `,123`, no zone, no seconds | RFC 3339, log4j, Python, PostgreSQL |
/// | `20230101T120000Z`, `2023/01/01 12:00:00`, `2023/01/01 - 12:00:00` | basic ISO 8601; Go, nginx errors, Gin |
/// | `10/Oct/2000:13:55:36 -0700`, `10 Oct 2000 13:55:36.123` | access logs, HAProxy; Redis, RFC 1123 |
/// | `Mon, 02 Jan 2006 15:04:05 GMT`, `Mon Jan  2 15:04:05.123456 2006`, `Mon Jan 2 15:04:05 MST 2006` | HTTP, ctime, Apache errors, date |
/// | `Oct 11 22:14:15`, `Oct 11, 2000 10:14:15 PM` | syslog; java.util.logging |
/// | `13/10/2000 13:55:36`, `10/13/2000 1:55:36 PM`, `13.10.2000 13:55:36` | .NET, JavaScript's locales; with points the day is first |
/// | `I0102 15:04:05.000000`, `0102 15:04:05.000000` | klog, glog |
enum TimestampForms {
    /// A time without a year is no later than this behind the source's own: clocks and zones differ.
    private static let longestLead: Int64 = 86_400 * CivilTime.second

    /// The time at the cursor; nil, with the cursor anywhere, where none stands.
    static func read(_ cursor: inout ByteCursor, reference: Int64) -> Int64? {
        let first = cursor.next
        if first == 0x5B {
            return bracketed(&cursor, reference: reference)
        }
        if ASCII.isLetter(first) { return named(&cursor, reference: reference) }
        guard ASCII.isDigit(first) else { return nil }
        let digits = leadingDigits(cursor)
        switch (digits, cursor.peek(digits)) {
        case (4, 0x2D), (4, 0x2F), (4, 0x2E): return iso(&cursor)
        case (4, 0x20): return klog(&cursor, reference: reference)
        case (8, 0x54), (8, 0x74): return basic(&cursor)
        case (1...2, 0x2F), (1...2, 0x20), (1...2, 0x2D), (1...2, 0x2E): return dayFirst(&cursor)
        default: return nil
        }
    }

    /// `2023-01-01`, with `/` or `.` too, and as `2023/1/1`; days since 1970.
    static func isoDate(_ cursor: inout ByteCursor) -> Int? {
        guard let year = cursor.digits(4) else { return nil }
        let separator = cursor.next
        guard separator == 0x2D || separator == 0x2F || separator == 0x2E, cursor.take(separator),
            let month = cursor.number(atMost: 2), cursor.take(separator), let day = cursor.number(atMost: 2)
        else { return nil }
        return CivilTime.day(year: year, month: month, day: day)
    }

    /// `+01:00`, `+0100` or `+01`, in seconds.
    static func numericOffset(_ cursor: inout ByteCursor) -> Int? {
        let isWest = cursor.next == 0x2D
        guard cursor.take(0x2B) || cursor.take(0x2D), let hours = cursor.digits(2), hours <= 18 else { return nil }
        var minutes = 0
        if cursor.next == 0x3A, ASCII.isDigit(cursor.peek(1)) { cursor.position += 1 }
        if ASCII.isDigit(cursor.next) {
            guard let written = cursor.digits(2), written < 60 else { return nil }
            minutes = written
        }
        let seconds = hours * 3600 + minutes * 60
        return isWest ? -seconds : seconds
    }

    /// Digits from the cursor on, up to 9.
    private static func leadingDigits(_ cursor: ByteCursor) -> Int {
        var count = 0
        while count < 9, ASCII.isDigit(cursor.peek(count)) { count += 1 }
        return count
    }

    private static func bracketed(_ cursor: inout ByteCursor, reference: Int64) -> Int64? {
        guard cursor.take(0x5B), cursor.next != 0x5B, let time = read(&cursor, reference: reference),
            cursor.take(0x5D)
        else { return nil }
        return time
    }

    private static func iso(_ cursor: inout ByteCursor) -> Int64? {
        guard let day = isoDate(&cursor) else { return nil }
        guard
            cursor.take(" - ") || cursor.take(0x54) || cursor.take(0x20) || cursor.take(0x74) || cursor.take(0x2D)
                || cursor.take(0x5F)
        else { return nil }
        cursor.skip(0x20)
        guard let clock = Clock(&cursor) else { return nil }
        return time(day, clock, zone: zone(&cursor))
    }

    private static func basic(_ cursor: inout ByteCursor) -> Int64? {
        guard let year = cursor.digits(4), let month = cursor.digits(2), let date = cursor.digits(2),
            let day = CivilTime.day(year: year, month: month, day: date)
        else { return nil }
        cursor.position += 1
        guard let clock = Clock(basic: &cursor) else { return nil }
        return time(day, clock, zone: zone(&cursor))
    }

    /// `10/Oct/2000:13:55:36 -0700`, `02 Jan 2006 15:04:05.123 GMT`, `02-Jan-2006 15:04:05`; in numbers, too.
    private static func dayFirst(_ cursor: inout ByteCursor) -> Int64? {
        guard let first = cursor.number(atMost: 2) else { return nil }
        let separator = cursor.next
        cursor.position += 1
        guard let (date, month) = dayAndMonth(first, separator, &cursor), cursor.take(separator),
            let year = cursor.digits(4), let day = CivilTime.day(year: year, month: month, day: date)
        else { return nil }
        _ = cursor.take(0x2C)
        guard cursor.take(0x3A) || cursor.take(0x20), let clock = Clock(&cursor) else { return nil }
        return time(day, clock, zone: zone(&cursor))
    }

    /// Two numbers are day and month in either order: nil where both could be the month.
    private static func dayAndMonth(
        _ first: Int,
        _ separator: UInt8,
        _ cursor: inout ByteCursor
    ) -> (day: Int, month: Int)? {
        if let month = MonthName.read(&cursor) { return (first, month) }
        guard separator != 0x20, let second = cursor.number(atMost: 2) else { return nil }
        // No country puts the month first and points behind.
        if first > 12 || first == second || separator == 0x2E { return (first, second) }
        return second > 12 ? (second, first) : nil
    }

    /// What begins with a word: a weekday, a month, or klog's severity letter.
    private static func named(_ cursor: inout ByteCursor, reference: Int64) -> Int64? {
        if ASCII.isDigit(cursor.peek(1)) {
            cursor.position += 1
            return klog(&cursor, reference: reference)
        }
        if MonthName.skipWeekday(&cursor) {
            _ = cursor.take(0x2C)
            cursor.skip(0x20)
            if ASCII.isDigit(cursor.next) { return dayFirst(&cursor) }
        }
        guard let month = MonthName.read(&cursor), cursor.skip(0x20) > 0, let date = cursor.number(atMost: 2) else {
            return nil
        }
        return monthFirst(&cursor, month: month, date: date, reference: reference)
    }

    /// Behind `Jan 2`: a comma and a year first, or the clock and perhaps a zone and a year.
    private static func monthFirst(_ cursor: inout ByteCursor, month: Int, date: Int, reference: Int64) -> Int64? {
        var year: Int?
        if cursor.take(0x2C) || cursor.peek(5) == 0x20 {
            cursor.skip(0x20)
            guard let written = cursor.digits(4) else { return nil }
            year = written
            _ = cursor.take(0x2C)
        }
        guard cursor.skip(0x20) > 0, let clock = Clock(&cursor) else { return nil }
        var seconds = 0
        if year == nil {
            year = yearBehind(&cursor, zone: &seconds)
        } else if let offset = zone(&cursor) {
            seconds = offset
        } else {
            return nil
        }
        guard let year else { return yearless(month, date, clock, reference: reference) }
        guard let day = CivilTime.day(year: year, month: month, day: date) else { return nil }
        return time(day, clock, zone: seconds)
    }

    /// The year of `15:04:05 2006` or `15:04:05 MST 2006`; the cursor stays where there is none.
    private static func yearBehind(_ cursor: inout ByteCursor, zone seconds: inout Int) -> Int? {
        var probe = cursor
        guard probe.take(0x20) else { return nil }
        if ASCII.isUpper(probe.next) {
            guard let offset = ZoneName.read(&probe), probe.take(0x20) else { return nil }
            seconds = offset
        }
        guard let year = probe.digits(4), year >= 1970, !ASCII.isAlphanumeric(probe.next), probe.next != 0x3A,
            probe.next != 0x2D
        else {
            seconds = 0
            return nil
        }
        cursor = probe
        return year
    }

    private static func klog(_ cursor: inout ByteCursor, reference: Int64) -> Int64? {
        guard let month = cursor.digits(2), let date = cursor.digits(2), cursor.skip(0x20) > 0,
            let clock = Clock(&cursor), clock.hasSeconds
        else { return nil }
        return yearless(month, date, clock, reference: reference)
    }

    /// Of last, this and next year the latest one that is not in the future by the source's own time.
    private static func yearless(_ month: Int, _ date: Int, _ clock: Clock, reference: Int64) -> Int64? {
        guard reference >= 0 else { return nil }
        let middle = CivilTime.year(of: reference)
        for year in [middle + 1, middle, middle - 1] {
            guard let day = CivilTime.day(year: year, month: month, day: date),
                let candidate = time(day, clock, zone: 0), candidate - reference <= longestLead
            else { continue }
            return candidate
        }
        return nil
    }

    private static func time(_ day: Int, _ clock: Clock, zone: Int?) -> Int64? {
        guard let zone else { return nil }
        return CivilTime.nanoseconds(day: day, second: clock.second - zone, nanos: clock.nanos)
    }

    /// The zone at the cursor in seconds east of Greenwich: 0 where none is written, nil where it is unknown.
    private static func zone(_ cursor: inout ByteCursor) -> Int? {
        if cursor.take(0x5A) || (cursor.next == 0x7A && !ASCII.isLetter(cursor.peek(1)) && cursor.take(0x7A)) {
            return 0
        }
        if isOffset(cursor, at: 0) { return numericOffset(&cursor) }
        guard cursor.next == 0x20 else { return 0 }
        if isOffset(cursor, at: 1) {
            cursor.position += 1
            return numericOffset(&cursor)
        }
        return namedZone(&cursor)
    }

    /// A sign and at least two digits.
    private static func isOffset(_ cursor: ByteCursor, at offset: Int) -> Bool {
        let sign = cursor.peek(offset)
        return (sign == 0x2B || sign == 0x2D) && ASCII.isDigit(cursor.peek(offset + 1))
            && ASCII.isDigit(cursor.peek(offset + 2))
    }

    /// A space and a zone's name.
    ///
    /// Another word, such as a level, belongs to what comes behind the time.
    private static func namedZone(_ cursor: inout ByteCursor) -> Int? {
        var probe = cursor
        probe.position += 1
        switch ZoneName.recognise(&probe) {
        case .known(let seconds):
            cursor = probe
            return seconds
        case .unknown: return nil
        case .none: return 0
        }
    }
}
