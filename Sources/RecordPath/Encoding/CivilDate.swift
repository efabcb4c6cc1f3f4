/// A date and time of day in UTC, from seconds since 1970 (days algorithm: H.
///
/// Hinnant, `chrono-Compatible Low-Level Date Algorithms`).
package struct CivilDate: Sendable, Equatable {
    package let year: Int
    package let month: Int
    package let day: Int
    package let hour: Int
    package let minute: Int
    package let second: Int

    /// Takes a time apart; negative ones are before 1970.
    package init(secondsSince1970 seconds: Int64) {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let inDay = Int(seconds - days * 86_400)
        let shifted = Int(days) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        hour = inDay / 3600
        minute = inDay / 60 % 60
        second = inDay % 60
    }

    /// A number with leading zeros.
    package static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// RFC 3339 with nanoseconds, `2026-11-21T11:37:37.000000001Z`.
    package static func rfc3339(nanoseconds time: Int64) -> String {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let seconds = remainder < 0 ? quotient - 1 : quotient
        let nanos = Int(remainder < 0 ? remainder + 1_000_000_000 : remainder)
        let date = CivilDate(secondsSince1970: seconds)
        let day = pad(date.year, 4) + "-" + pad(date.month, 2) + "-" + pad(date.day, 2)
        let clock = pad(date.hour, 2) + ":" + pad(date.minute, 2) + ":" + pad(date.second, 2)
        return day + "T" + clock + "." + pad(nanos, 9) + "Z"
    }
}
