/// Numbers in the forms that wire formats want, written at the end of an arena.
extension Arena {
    /// Bytes that a protobuf varint takes.
    @inline(__always) static func varintLength(_ value: UInt64) -> Int {
        (70 &- (value | 1).leadingZeroBitCount) / 7
    }

    /// A protobuf varint (base 128, least significant group first).
    @inline(__always) mutating func putVarint(_ value: UInt64) {
        reserve(10)
        var value = value
        while value >= 0x80 {
            put(UInt8(truncatingIfNeeded: value) | 0x80)
            value &>>= 7
        }
        put(UInt8(truncatingIfNeeded: value))
    }

    /// A protobuf key and length, then nothing: the caller writes the `length` bytes.
    @inline(__always) mutating func putHeader(field: UInt8, length: Int) {
        put(field &<< 3 | 2)
        putVarint(UInt64(truncatingIfNeeded: length))
    }

    /// The first `count` (at most 16) bytes of two words, lowest byte first.
    @inline(__always) mutating func put(_ low: UInt64, _ high: UInt64, count length: Int) {
        reserve(16)
        let target = UnsafeMutableRawPointer(base + count)
        target.storeBytes(of: low.littleEndian, as: UInt64.self)
        (target + 8).storeBytes(of: high.littleEndian, as: UInt64.self)
        claim(length)
    }

    /// A decimal number.
    mutating func putDecimal(_ value: Int64) {
        reserve(20)
        var magnitude = value.magnitude
        if value < 0 { put(UInt8(ascii: "-")) }
        var digits = 1
        var limit: UInt64 = 10
        while digits < 20, magnitude >= limit {
            digits &+= 1
            if digits < 20 { limit &*= 10 }
        }
        let start = count
        claim(digits)
        for place in stride(from: digits &- 1, through: 0, by: -1) {
            base[start &+ place] = UInt8(truncatingIfNeeded: 0x30 &+ magnitude % 10)
            magnitude /= 10
        }
    }

    /// Sixteen lower-case hexadecimal digits.
    @inline(__always) mutating func putHex(_ value: UInt64) {
        reserve(16)
        // Spread the nibbles, four bytes at a time, then turn each into its digit.
        putHexHalf(UInt32(truncatingIfNeeded: value &>> 32))
        putHexHalf(UInt32(truncatingIfNeeded: value))
    }

    @inline(__always) private mutating func putHexHalf(_ value: UInt32) {
        var word = UInt64(value)
        word = (word | word &<< 16) & 0x0000_FFFF_0000_FFFF
        word = (word | word &<< 8) & 0x00FF_00FF_00FF_00FF
        word = (word | word &<< 4) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = ((word &+ 0x0606_0606_0606_0606) &>> 4) & 0x0101_0101_0101_0101
        let text = word &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
        UnsafeMutableRawPointer(base + count).storeBytes(of: text.bigEndian, as: UInt64.self)
        claim(8)
    }
}
