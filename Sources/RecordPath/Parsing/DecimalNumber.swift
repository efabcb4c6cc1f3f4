/// A decimal number as it was written: `digits` times ten to the power of `exponent`, without rounding.
///
/// Takes what JSON and loggers print: sign, digits, a point, an exponent. More than 19 significant digits are
/// cut, which is far below a nanosecond for every time and duration that fits 64 bits.
package struct DecimalNumber: Equatable {
    package var digits: UInt64
    package var exponent: Int
    package var isNegative: Bool
    /// It was written with a point or an exponent.
    package var hasFraction: Bool
    /// It was written with an exponent.
    package var hasExponent: Bool
    /// Digits written behind the point.
    package var fractionDigits: Int

    private static let maxDigits = 19
    /// Exponents beyond this are treated as this: the value is zero or too large either way.
    private static let maxExponent = 400

    /// Reads the number at the cursor and leaves the cursor behind it; nil, and not moved, where none stands.
    @inline(__always) package init?(_ cursor: inout ByteCursor, allowsExponent: Bool = true) {
        var probe = cursor
        isNegative = probe.take(0x2D)
        if !isNegative { _ = probe.take(0x2B) }
        digits = 0
        exponent = 0
        hasFraction = false
        hasExponent = false
        fractionDigits = 0
        var significant = 0
        var seen = Self.accumulate(&probe, &digits, &significant, &exponent, countsDown: false)
        if probe.next == 0x2E, ASCII.isDigit(probe.peek(1)) {
            probe.position &+= 1
            hasFraction = true
            fractionDigits = Self.accumulate(&probe, &digits, &significant, &exponent, countsDown: true)
            seen &+= fractionDigits
        }
        guard seen > 0 else { return nil }
        if allowsExponent, probe.next | 0x20 == 0x65 { readExponent(&probe) }
        cursor = probe
    }

    /// Reads a text that is nothing but a number.
    package init?(_ text: UnsafePointer<UInt8>, _ count: Int) {
        var cursor = ByteCursor(text, count)
        self.init(&cursor)
        guard cursor.isAtEnd else { return nil }
    }

    /// The value times ten to the power of `power`, cut towards zero; nil when that is outside Int64.
    @inline(__always) package func scaled(byPowerOfTen power: Int) -> Int64? {
        let shift = exponent &+ power
        var value = digits
        if shift >= 0 {
            if value != 0 {
                guard shift < 20 else { return nil }
                for _ in 0..<shift {
                    let (next, overflow) = value.multipliedReportingOverflow(by: 10)
                    guard !overflow else { return nil }
                    value = next
                }
            }
        } else if shift > -20 {
            value /= Self.powersOfTen(-shift)
        } else {
            value = 0
        }
        guard value <= UInt64(Int64.max) else { return nil }
        return isNegative ? -Int64(value) : Int64(value)
    }

    /// Ten to the power of `power`, 0...19.
    @inline(__always) private static func powersOfTen(_ power: Int) -> UInt64 {
        var result: UInt64 = 1
        for _ in 0..<power { result = result &* 10 }
        return result
    }

    /// Appends the digits at the cursor to the value and returns how many there were.
    @inline(__always) private static func accumulate(
        _ cursor: inout ByteCursor,
        _ digits: inout UInt64,
        _ significant: inout Int,
        _ exponent: inout Int,
        countsDown: Bool
    ) -> Int {
        let start = cursor.position
        while cursor.position < cursor.end {
            let digit = cursor.base[cursor.position] &- 0x30
            guard digit < 10 else { break }
            cursor.position &+= 1
            if significant < maxDigits {
                digits = digits &* 10 &+ UInt64(digit)
                if digits != 0 { significant &+= 1 }
                if countsDown { exponent &-= 1 }
            } else if !countsDown {
                exponent &+= 1
            }
        }
        return cursor.position &- start
    }

    private mutating func readExponent(_ cursor: inout ByteCursor) {
        var probe = cursor
        probe.position += 1
        let isDown = probe.take(0x2D)
        if !isDown { _ = probe.take(0x2B) }
        guard ASCII.isDigit(probe.next) else { return }
        var value = 0
        while ASCII.isDigit(probe.next) {
            value = min(Self.maxExponent, value * 10 + Int(probe.next - 0x30))
            probe.position += 1
        }
        exponent += isDown ? -value : value
        hasFraction = true
        hasExponent = true
        cursor = probe
    }
}
