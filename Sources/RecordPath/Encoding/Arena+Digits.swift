/// Decimal digits, eight a step.
extension Arena {
    /// Exactly eight decimal digits of a number below 10^8, the first in the lowest byte.
    @inline(__always) private static func eightDigits(_ number: UInt64) -> UInt64 {
        let high = number / 10_000
        let halves = high | (number &- high &* 10_000) &<< 32
        let hundreds = ((halves &* 10_486) &>> 20) & 0x0000_007F_0000_007F
        let pairs = hundreds &+ ((halves &- hundreds &* 100) &<< 16)
        let tens = ((pairs &* 103) &>> 10) & 0x000F_000F_000F_000F
        return tens &+ ((pairs &- tens &* 10) &<< 8)
    }

    /// Nine digits with leading zeros: the nanoseconds of a second.
    @inline(__always) mutating func putNanoseconds(_ number: UInt32) {
        reserve(16)
        let first = number / 100_000_000
        base[count] = UInt8(truncatingIfNeeded: 0x30 &+ first)
        let rest = Self.eightDigits(UInt64(number &- first &* 100_000_000)) | 0x3030_3030_3030_3030
        UnsafeMutableRawPointer(base + count + 1).storeBytes(of: rest.littleEndian, as: UInt64.self)
        claim(9)
    }

    /// A decimal number without leading zeros.
    @inline(__always) mutating func putNumber(_ number: UInt64) {
        if number < 100_000_000 { return putSmall(number) }
        putLarge(number)
    }

    @inline(__always) private mutating func putSmall(_ number: UInt64) {
        reserve(16)
        let digits = Self.eightDigits(number)
        let zeros = min(digits.trailingZeroBitCount &>> 3, 7)
        let text = (digits | 0x3030_3030_3030_3030) &>> UInt64(zeros &* 8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: text.littleEndian, as: UInt64.self)
        claim(8 &- zeros)
    }

    @inline(never) private mutating func putLarge(_ number: UInt64) {
        putNumber(number / 100_000_000)
        reserve(16)
        let digits = Self.eightDigits(number % 100_000_000) | 0x3030_3030_3030_3030
        UnsafeMutableRawPointer(base + count).storeBytes(of: digits.littleEndian, as: UInt64.self)
        claim(8)
    }
}
