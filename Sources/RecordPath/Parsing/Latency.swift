internal import CScan

/// Reads a duration as loggers write it, in nanoseconds and without floating point.
///
/// A unit in the text wins, then the unit of the key's name. Where neither says anything, the form of the number
/// does, by what the common producers write under `duration`, `latency` and `elapsed`:
///
/// | form | unit | producers |
/// |---|---|---|
/// | whole number below 100,000 | milliseconds | Envoy, Istio, Kong, most hand-written code |
/// | whole number from 100,000 | nanoseconds | Go's `time.Duration` in slog, logrus and zap |
/// | one or two decimals, or 60 and more with any | milliseconds | lograge (`58.33`), zerolog |
/// | three decimals and more, or an exponent | seconds | Caddy, zap, uvicorn, Python's `time.perf_counter` |
///
/// `parse.fields` with a unit settles what this gets wrong.
package enum Latency {
    /// Longer texts are no duration.
    package static let maxBytes = 64

    private static let wholeNanosFrom: Int64 = 100_000
    private static let decimalMillisFrom: Int64 = 60

    /// The duration of a value under a key that means `meaning`; nil where it is none, negative or over 292 years.
    @inline(__always) package static func nanoseconds(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        meaning: Meaning
    ) -> Int64? {
        guard count > 0, count <= maxBytes else { return nil }
        var cursor = ByteCursor(text, count)
        guard let number = DecimalNumber(&cursor) else { return irregular(text, count) }
        guard cursor.isAtEnd else { return withUnits(text, count) }
        return scaled(number, meaning)
    }

    /// The same for the number that nearly all keys with a unit have: at most eight digits, then perhaps a point and as
    /// many as the unit has; nil where `nanoseconds` must look.
    ///
    /// 24 bytes from the start are readable.
    @inline(__always) static func plain(_ text: UnsafePointer<UInt8>, _ count: Int, _ meaning: Meaning) -> Int64? {
        guard UInt(bitPattern: count &- 1) < 16 else { return nil }
        let power: Int
        switch meaning {
        case .latencySeconds: power = 9
        case .latencyMillis: power = 6
        case .latencyMicros: power = 3
        case .latencyNanos: power = 0
        default: return nil
        }
        let others = ~martlet_digit_mask(text) & ((1 &<< UInt32(truncatingIfNeeded: count)) &- 1)
        let whole = (others | 1 &<< UInt32(truncatingIfNeeded: count)).trailingZeroBitCount
        let fraction = max(count &- whole &- 1, 0)
        guard whole > 0, whole <= 8, others & (others &- 1) == 0, fraction <= min(power, 8) else { return nil }
        guard others == 0 || (text[whole] == UInt8(ascii: ".") && fraction > 0) else { return nil }
        let behind = eightDigits(text + whole + 1, fraction) &* powerOfTen(power &- fraction)
        return Int64(truncatingIfNeeded: eightDigits(text, whole) &* powerOfTen(power) &+ behind)
    }

    /// The number that `count` (at most 8) digits stand for; reads 8 bytes.
    @inline(__always) private static func eightDigits(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        guard count > 0 else { return 0 }
        // The last digit is the highest byte; what is missing in front counts as zeros.
        let word = Bytes.load64(text) &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
        let digits = word & 0x0F0F_0F0F_0F0F_0F0F
        let pairs = ((digits &* 10) &+ (digits &>> 8)) & 0x00FF_00FF_00FF_00FF
        let fours = ((pairs &* 100) &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
        return ((fours &* 10_000) &+ (fours &>> 32)) & 0xFFFF_FFFF
    }

    @inline(__always) private static func powerOfTen(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1_000
        case 4: 10_000
        case 5: 100_000
        case 6: 1_000_000
        case 7: 10_000_000
        case 8: 100_000_000
        default: 1_000_000_000
        }
    }

    /// The bare number by the unit of its key.
    @inline(__always) private static func scaled(_ number: DecimalNumber, _ meaning: Meaning) -> Int64? {
        guard !number.isNegative else { return nil }
        switch meaning {
        case .latencySeconds: return number.scaled(byPowerOfTen: 9)
        case .latencyMillis: return number.scaled(byPowerOfTen: 6)
        case .latencyMicros: return number.scaled(byPowerOfTen: 3)
        case .latencyNanos: return number.scaled(byPowerOfTen: 0)
        default: return byForm(number)
        }
    }

    private static func byForm(_ number: DecimalNumber) -> Int64? {
        guard let whole = number.scaled(byPowerOfTen: 0) else { return nil }
        if !number.hasFraction { return whole < wholeNanosFrom ? number.scaled(byPowerOfTen: 6) : whole }
        if number.hasExponent { return number.scaled(byPowerOfTen: 9) }
        let isMillis = whole >= decimalMillisFrom || number.fractionDigits == 1 || number.fractionDigits == 2
        return number.scaled(byPowerOfTen: isMillis ? 6 : 9)
    }

    /// `12.3ms`, `1m2.5s`, `1h 2m`, `45µs`, `3 seconds`, .NET's `00:00:01.5`.
    @inline(never) private static func withUnits(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        var cursor = ByteCursor(text, count)
        if let clock = clockLike(text, count) { return clock }
        var total: Int64 = 0
        repeat {
            cursor.skipBlanks()
            guard let number = DecimalNumber(&cursor, allowsExponent: false), !number.isNegative else { return nil }
            cursor.skipBlanks()
            guard let part = DurationUnit.read(&cursor)?.nanoseconds(of: number) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
            cursor.skipBlanks()
        } while !cursor.isAtEnd
        return total
    }

    /// .NET's TimeSpan and Python's timedelta: `[days.]hh:mm:ss[.fraction]`.
    private static func clockLike(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        var cursor = ByteCursor(text, count)
        guard let first = cursor.number(atMost: 5) else { return nil }
        var hours = first
        if cursor.next == 0x2E, cursor.peek(3) == 0x3A {
            cursor.position += 1
            guard let behind = cursor.digits(2), behind < 24 else { return nil }
            hours = first * 24 + behind
        }
        guard cursor.take(0x3A), let minutes = cursor.digits(2), minutes < 60, cursor.take(0x3A),
            let seconds = DecimalNumber(&cursor, allowsExponent: false)?.scaled(byPowerOfTen: 9), cursor.isAtEnd,
            seconds >= 0, seconds < 60 * CivilTime.second
        else { return nil }
        return Int64(hours * 3600 + minutes * 60) * CivilTime.second + seconds
    }

    /// What does not begin with a digit: `PT0.5S`, `"12ms"` with its quotes, a text around a duration.
    @inline(never) private static func irregular(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        var cursor = ByteCursor(text, count)
        cursor.skipBlanks()
        guard cursor.position > 0 || cursor.next | 0x20 == 0x70 else { return nil }
        if cursor.position > 0 {
            return nanoseconds(text + cursor.position, cursor.remaining, meaning: .latency)
        }
        cursor.position += 1
        return iso(&cursor)
    }

    /// Behind the `P` of ISO 8601: days, then `T` and hours, minutes, seconds.
    private static func iso(_ cursor: inout ByteCursor) -> Int64? {
        var total: Int64 = 0
        var isTime = false
        var parts = 0
        while !cursor.isAtEnd {
            if cursor.take(0x54) || cursor.take(0x74) {
                guard !isTime else { return nil }
                isTime = true
                continue
            }
            guard let number = DecimalNumber(&cursor, allowsExponent: false), !number.isNegative,
                let part = isoPart(number, letter: cursor.next | 0x20, isTime: isTime)
            else { return nil }
            cursor.position += 1
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
            parts += 1
        }
        return parts > 0 ? total : nil
    }

    private static func isoPart(_ number: DecimalNumber, letter: UInt8, isTime: Bool) -> Int64? {
        switch (letter, isTime) {
        case (0x64, false): DurationUnit(power: 9, factor: 86_400).nanoseconds(of: number)
        case (0x68, true): DurationUnit(power: 9, factor: 3600).nanoseconds(of: number)
        case (0x6D, true): DurationUnit(power: 9, factor: 60).nanoseconds(of: number)
        case (0x73, true): DurationUnit(power: 9, factor: 1).nanoseconds(of: number)
        default: nil
        }
    }
}
