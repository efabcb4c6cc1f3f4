/// The calendar: days, years and seconds to nanoseconds since 1970 and back.
package enum CivilTime {
    /// The first nanosecond that is too late: 2262-01-01T00:00:00Z.
    package static let end: Int64 = 9_214_646_400_000_000_000
    /// Nanoseconds of one second.
    package static let second: Int64 = 1_000_000_000

    /// Days since 1970 of a date; nil where the calendar has no such day or the year is outside 1–9999.
    package static func day(year: Int, month: Int, day: Int) -> Int? {
        guard year >= 1, year <= 9999, month >= 1, month <= 12, day >= 1, day <= length(ofMonth: month, year: year)
        else { return nil }
        // Howard Hinnant's days_from_civil: years begin in March, so that the leap day is the last one
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The year of a time.
    package static func year(of time: Int64) -> Int {
        let days = Int((time / second) / 86_400) + 719_468
        let era = days / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        return yearOfEra + era * 400 + ((5 * dayOfYear + 2) / 153 >= 10 ? 1 : 0)
    }

    /// Nanoseconds since 1970; nil outside 1970–2261.
    ///
    /// `second` may lie outside its day, as zones make it.
    package static func nanoseconds(day: Int, second: Int, nanos: Int) -> Int64? {
        guard day >= -2, day <= 106_753 else { return nil }
        let (scaled, overflow) = Int64(day * 86_400 + second).multipliedReportingOverflow(by: Self.second)
        guard !overflow else { return nil }
        let (time, carried) = scaled.addingReportingOverflow(Int64(nanos))
        guard !carried, time >= 0, time < end else { return nil }
        return time
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
