/// The times that container engines write: RFC 3339 with any number of decimals and `Z` or a distance to UTC.
package enum FrameTime {
    /// Nanoseconds since 1970; nil for anything that is not such a time, wholly, or outside 1678–2261.
    package static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count >= 20, text[4] == 0x2D, text[7] == 0x2D, text[10] | 0x20 == 0x74, text[13] == 0x3A,
            text[16] == 0x3A, let century = pair(text, 0), let year = pair(text, 2), let month = pair(text, 5),
            let day = pair(text, 8), let hour = pair(text, 11), let minute = pair(text, 14),
            let second = pair(text, 17), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var at = 19
        let nanoseconds = fraction(text, &at)
        guard let zone = zoneSeconds(text, at) else { return nil }
        let days = daysSinceEpoch(year: century * 100 + year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - zone
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carried) = scaled.addingReportingOverflow(nanoseconds)
        return overflow || carried ? nil : sum
    }

    @inline(__always) private static func pair(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64? {
        let (tens, ones) = (text[at] &- 0x30, text[at + 1] &- 0x30)
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : nil
    }

    /// The decimals as nanoseconds; what is beyond the ninth is cut off.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> Int64 {
        guard text[at] == 0x2E else { return 0 }
        at += 1
        var value: Int64 = 0
        var digits = 0
        while at < text.count, text[at] &- 0x30 < 10 {
            if digits < 9 {
                value = value * 10 + Int64(text[at] &- 0x30)
                digits += 1
            }
            at += 1
        }
        while digits < 9 {
            value *= 10
            digits += 1
        }
        return value
    }

    /// The distance to UTC that fills the rest of the text.
    private static func zoneSeconds(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64? {
        guard at < text.count else { return nil }
        if text[at] | 0x20 == 0x7A { return at + 1 == text.count ? 0 : nil }
        guard text[at] == 0x2B || text[at] == 0x2D, text.count == at + 6, text[at + 3] == 0x3A,
            let hours = pair(text, at + 1), let minutes = pair(text, at + 4), hours < 24, minutes < 60
        else { return nil }
        let seconds = hours * 3_600 + minutes * 60
        return text[at] == 0x2B ? seconds : -seconds
    }

    /// Days of the proleptic Gregorian calendar, by eras of 400 years that begin in March.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
