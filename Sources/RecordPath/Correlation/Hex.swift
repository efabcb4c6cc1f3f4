/// Hexadecimal digits to numbers and back, eight at a time.
enum Hex {
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// The number that 16 digits of either case stand for; nil where another byte is among them.
    @inline(__always) static func read16(_ text: UnsafePointer<UInt8>) -> UInt64? {
        let raw = UnsafeRawPointer(text)
        let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        let second = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        guard isHex(first), isHex(second) else { return nil }
        return nibbles(first) &<< 32 | nibbles(second)
    }

    /// The number that `count` (at most 16) digits stand for; nil for none, for more, and for another byte.
    static func read(_ text: UnsafePointer<UInt8>, _ count: Int) -> UInt64? {
        guard count > 0, count <= 16 else { return nil }
        if count == 16 { return read16(text) }
        var value: UInt64 = 0
        for index in 0..<count {
            let digit = ASCII.hexValue(text[index])
            guard digit < 16 else { return nil }
            value = value &<< 4 | UInt64(digit)
        }
        return value
    }

    /// Writes 16 lower-case digits; `target` has room for them.
    @inline(__always) static func write(_ value: UInt64, to target: UnsafeMutablePointer<UInt8>) {
        let raw = UnsafeMutableRawPointer(target)
        raw.storeBytes(of: digits(value &>> 32).littleEndian, as: UInt64.self)
        (raw + 8).storeBytes(of: digits(value & 0xFFFF_FFFF).littleEndian, as: UInt64.self)
    }

    /// Whether all eight bytes are hexadecimal digits.
    @inline(__always) private static func isHex(_ word: UInt64) -> Bool {
        guard word & (ones &* 0x80) == 0 else { return false }
        // the high bit of each byte says: 0x30 and more but below 0x3A; or, in lower case, 0x61 and more but below
        // 0x67. All bytes are below 0x80, so no sum carries into its neighbour.
        let lower = word | (ones &* 0x20)
        let digit = (word &+ (ones &* 0x50)) & ~(word &+ (ones &* 0x46))
        let letter = (lower &+ (ones &* 0x1F)) & ~(lower &+ (ones &* 0x19))
        return (digit | letter) & (ones &* 0x80) == ones &* 0x80
    }

    /// Eight digits as 32 bits.
    @inline(__always) private static func nibbles(_ word: UInt64) -> UInt64 {
        let letter = (word &>> 6) & ones
        var value = (word & (ones &* 0x0F)) &+ letter &* 9
        // bytes are little-endian: the first digit is the lowest byte and the highest nibble
        value = value.byteSwapped
        value = (value | value &>> 4) & 0x00FF_00FF_00FF_00FF
        value = (value | value &>> 8) & 0x0000_FFFF_0000_FFFF
        return (value | value &>> 16) & 0xFFFF_FFFF
    }

    /// 32 bits as eight digits.
    @inline(__always) private static func digits(_ value: UInt64) -> UInt64 {
        var spread = value
        spread = (spread | spread &<< 16) & 0x0000_FFFF_0000_FFFF
        spread = (spread | spread &<< 8) & 0x00FF_00FF_00FF_00FF
        spread = (spread | spread &<< 4) & 0x0F0F_0F0F_0F0F_0F0F
        let isLetter = ((spread &+ ones &* 6) &>> 4) & ones
        return (spread &+ ones &* 0x30 &+ isLetter &* 0x27).byteSwapped
    }
}
