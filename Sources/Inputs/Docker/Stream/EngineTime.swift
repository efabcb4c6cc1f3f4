/// The engine's timestamps: RFC 3339, read by position into nanoseconds since 1970.
package enum EngineTime {
    /// Length of what `timestamps=1` puts before each message: nine fractional digits, `Z` and a space.
    package static let prefixBytes = 31
    /// Times outside 1970…2261 are moved to these bounds.
    package static let latest: Int64 = 9_214_646_400_000_000_000

    /// A timestamp before a message, and how many bytes it and its space take.
    package struct Prefix: Equatable {
        package var time: Int64
        package var length: Int

        /// Makes a prefix.
        package init(time: Int64, length: Int) {
            self.time = time
            self.length = length
        }
    }

    /// Reads the timestamp that stands before a message; nil when there is none.
    @inline(__always)
    package static func prefix(of message: UnsafeBufferPointer<UInt8>) -> Prefix? {
        if let time = fixed(message) { return Prefix(time: time, length: prefixBytes) }
        return free(message)
    }

    /// Reads a time as it stands in the engine's JSON (any number of fractional digits, any zone).
    package static func parse(_ text: String) -> Int64? {
        var text = text + " "
        return text.withUTF8 { bytes in
            guard let found = free(bytes), found.length == bytes.count else { return nil }
            return found.time
        }
    }

    /// As `since` wants it: seconds, a point, nine digits.
    package static func since(_ time: Int64) -> String {
        let (seconds, nanoseconds) = max(0, time).quotientAndRemainder(dividingBy: 1_000_000_000)
        let fraction = String(nanoseconds)
        return "\(seconds)." + String(repeating: "0", count: 9 - fraction.utf8.count) + fraction
    }

    /// The form that Docker always writes; nil for everything else.
    package static func fixed(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text.count >= prefixBytes, text[29] == UInt8(ascii: "Z"), text[30] == UInt8(ascii: " "),
            text[19] == UInt8(ascii: "."), let seconds = seconds(text)
        else { return nil }
        var fraction: Int64 = 0
        for index in 20..<29 {
            let digit = text[index] &- 48
            guard digit < 10 else { return nil }
            fraction = fraction &* 10 &+ Int64(digit)
        }
        return clamped(seconds: seconds, fraction: fraction)
    }

    /// RFC 3339 with any fraction and zone, up to the space behind it, as Podman's compatible API writes it.
    private static func free(_ text: UnsafeBufferPointer<UInt8>) -> Prefix? {
        guard text.count >= 21, let seconds = seconds(text) else { return nil }
        var at = 19
        var fraction: Int64 = 0
        if text[at] == UInt8(ascii: ".") {
            at += 1
            var scale: Int64 = 100_000_000
            while at < min(text.count, 30), case let digit = text[at] &- 48, digit < 10 {
                fraction += Int64(digit) * scale
                scale /= 10
                at += 1
            }
        }
        guard let (offset, length) = zone(text, at), at + length < text.count,
            text[at + length] == UInt8(ascii: " ")
        else { return nil }
        return Prefix(time: clamped(seconds: seconds - offset, fraction: fraction), length: at + length + 1)
    }

    /// Seconds east of Greenwich, and the length of the zone's text.
    private static func zone(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> (Int64, Int)? {
        guard at < text.count else { return nil }
        if text[at] == UInt8(ascii: "Z") { return (0, 1) }
        guard at + 6 <= text.count, text[at + 3] == UInt8(ascii: ":"), let hours = two(text, at + 1),
            let minutes = two(text, at + 4), hours < 24, minutes < 60
        else { return nil }
        let offset = hours * 3600 + minutes * 60
        switch text[at] {
        case UInt8(ascii: "+"): return (offset, 6)
        case UInt8(ascii: "-"): return (-offset, 6)
        default: return nil
        }
    }

    /// `2006-01-02T15:04:05` in seconds since 1970.
    ///
    /// Invariant: at least 19 bytes.
    private static func seconds(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let century = two(text, 0), let year = two(text, 2), let month = two(text, 5), let day = two(text, 8),
            let hour = two(text, 11), let minute = two(text, 14), let second = two(text, 17),
            month >= 1, month <= 12, day >= 1, day <= 31, hour < 24, minute < 60, second <= 60
        else { return nil }
        return days(year: century * 100 + year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    }

    private static func two(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int64? {
        let tens = text[at] &- 48
        let ones = text[at + 1] &- 48
        return tens < 10 && ones < 10 ? Int64(tens &* 10 &+ ones) : nil
    }

    /// Days since 1970-01-01 of a date of the Gregorian calendar, counted in years that begin in March.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func clamped(seconds: Int64, fraction: Int64) -> Int64 {
        if seconds < 0 { return 0 }
        if seconds >= latest / 1_000_000_000 { return latest }
        return seconds * 1_000_000_000 + fraction
    }
}
