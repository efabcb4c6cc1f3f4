/// Months in UTC, in milliseconds since 1970.
package enum CalendarMonth {
    private static let dayMillis: Int64 = 86_400_000

    /// The first millisecond of the month in which a time lies.
    package static func start(of time: Int64) -> Int64 { bounds(of: time).lowerBound }

    /// The month in which a time lies.
    package static func bounds(of time: Int64) -> Range<Int64> {
        var day = time / dayMillis
        if time % dayMillis < 0 { day -= 1 }
        let (year, month, dayOfMonth) = civil(day)
        let first = day - dayOfMonth + 1
        return first * dayMillis..<(first + length(month, year)) * dayMillis
    }

    /// Year, month and day of a day since 1970 (Howard Hinnant's `civil_from_days`).
    private static func civil(_ day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func length(_ month: Int64, _ year: Int64) -> Int64 {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
