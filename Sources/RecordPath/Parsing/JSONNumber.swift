internal import CScan

/// JSON's number grammar (RFC 8259, section 6).
enum JSONNumber {
    /// Whether the bytes are one JSON number; 16 bytes from the start are readable.
    ///
    /// Whole and decimal numbers of at most 16 bytes are told without a loop, whose end nobody can predict.
    @inline(__always) static func isValid(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard UInt(bitPattern: count &- 1) < 16 else { return isValidSlow(p, count) }
        let all = (1 &<< UInt32(truncatingIfNeeded: count)) &- 1 as UInt32
        let others = ~martlet_digit_mask(p) & all
        // Without a point, it would stand behind the last digit.
        let point = (others | 1 &<< UInt32(truncatingIfNeeded: count)).trailingZeroBitCount
        let isDecimal = others & (others &- 1) == 0 && p[point] == UInt8(ascii: ".") && point &+ 1 < count
        let isPlain = (others == 0 || isDecimal) && point > 0 && (p[0] != UInt8(ascii: "0") || point == 1)
        return isPlain || isValidSlow(p, count)
    }

    /// How many digits stand at `p`, up to 8; reads 8 bytes.
    @inline(__always) static func leadingDigits(_ p: UnsafePointer<UInt8>) -> Int {
        nonDigits(Bytes.load64(p), 8).trailingZeroBitCount &>> 3
    }

    /// The high bit of every byte that is no digit, of the first `count` bytes.
    @inline(__always) private static func nonDigits(_ word: UInt64, _ count: Int) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        let offset = word ^ (ones &* 0x30)
        let over = ((offset & ~high) &+ (ones &* 0x76)) | offset
        return over & high & (count >= 8 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1)
    }

    /// The grammar, byte by byte.
    @inline(never) static func isValidSlow(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var at = 0
        if at < count, p[at] == UInt8(ascii: "-") { at += 1 }
        guard at < count, Bytes.isDigit(p[at]) else { return false }
        if p[at] == UInt8(ascii: "0") { at += 1 } else { at = skipDigits(p, at, count) }
        if at < count, p[at] == UInt8(ascii: ".") {
            let digits = skipDigits(p, at + 1, count)
            guard digits > at + 1 else { return false }
            at = digits
        }
        if at < count, p[at] | 0x20 == UInt8(ascii: "e") {
            at += 1
            if at < count, p[at] == UInt8(ascii: "+") || p[at] == UInt8(ascii: "-") { at += 1 }
            let digits = skipDigits(p, at, count)
            guard digits > at else { return false }
            at = digits
        }
        return at == count
    }

    private static func skipDigits(_ p: UnsafePointer<UInt8>, _ from: Int, _ count: Int) -> Int {
        var at = from
        while at < count, Bytes.isDigit(p[at]) { at += 1 }
        return at
    }
}
