/// Decimal numbers, eight digits a step.
extension Pen {
    /// The most bytes that `putNumber` writes.
    static let maximumNumberBytes = 20

    /// A decimal number without leading zeros.
    @inline(__always) mutating func putNumber(_ number: UInt64) {
        if number < 100_000_000 { return putLeading(number) }
        let high = number / 100_000_000
        if high < 100_000_000 {
            putLeading(high)
        } else {
            putLeading(high / 100_000_000)
            put(word: Self.eightDigits(high % 100_000_000) | 0x3030_3030_3030_3030, count: 8)
        }
        put(word: Self.eightDigits(number &- high &* 100_000_000) | 0x3030_3030_3030_3030, count: 8)
    }

    /// Nine digits with leading zeros: the nanoseconds of a second.
    @inline(__always) mutating func putNanoseconds(_ number: UInt32) {
        let first = number / 100_000_000
        put(UInt8(truncatingIfNeeded: 0x30 &+ first))
        put(word: Self.eightDigits(UInt64(number &- first &* 100_000_000)) | 0x3030_3030_3030_3030, count: 8)
    }

    /// A number below 10^8, without leading zeros.
    @inline(__always) private mutating func putLeading(_ number: UInt64) {
        let digits = Self.eightDigits(number)
        let zeros = min(digits.trailingZeroBitCount &>> 3, 7)
        put(word: (digits | 0x3030_3030_3030_3030) &>> UInt64(truncatingIfNeeded: zeros &* 8), count: 8 &- zeros)
    }

    /// The digits (not yet characters) of a number below 10^8, the first in the lowest byte.
    @inline(__always) private static func eightDigits(_ number: UInt64) -> UInt64 {
        let high = number / 10_000
        let halves = high | (number &- high &* 10_000) &<< 32
        let hundreds = ((halves &* 10_486) &>> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds &+ ((halves &- hundreds &* 100) &<< 16)
        let tens = ((pairs &* 103) &>> 10) & 0x000F_000F_000F_000F
        return tens &+ ((pairs &- tens &* 10) &<< 8)
    }
}
