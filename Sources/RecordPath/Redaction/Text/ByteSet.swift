/// A set of ASCII bytes in two words: membership is a shift, without a table in memory.
struct ByteSet: Equatable, Sendable {
    var low: UInt64
    var high: UInt64

    /// Whether the byte belongs to the set; bytes beyond ASCII belong to none.
    @inline(__always) func contains(_ byte: UInt8) -> Bool {
        let word = byte < 64 ? low : high
        return byte < 128 && (word >> UInt64(byte & 63)) & 1 != 0
    }

    /// The set of the given characters and of what another set holds.
    @inline(__always) func union(_ other: ByteSet) -> ByteSet { ByteSet(low: low | other.low, high: high | other.high) }

    /// Whether another set holds all bytes of this one.
    func isSubset(of other: ByteSet) -> Bool { low & ~other.low == 0 && high & ~other.high == 0 }

    /// Adds one byte.
    mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte & 63) }
    }

    /// The bytes of a text.
    init(_ text: String) {
        self.init(low: 0, high: 0)
        for byte in text.utf8 { insert(byte) }
    }

    /// A set from its two words: bytes 0…63 and 64…127.
    @inline(__always) init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

extension ByteSet {
    // Constants as computed values: the compiler folds them, a stored global would be looked up.
    static var digits: ByteSet { ByteSet(low: 0x03FF_0000_0000_0000, high: 0) }
    static var upper: ByteSet { ByteSet(low: 0, high: 0x0000_0000_07FF_FFFE) }
    static var lower: ByteSet { ByteSet(low: 0, high: 0x07FF_FFFE_0000_0000) }
    static var letters: ByteSet { upper.union(lower) }
    static var alphanumerics: ByteSet { letters.union(digits) }
    static var hexDigits: ByteSet { ByteSet(low: 0x03FF_0000_0000_0000, high: 0x0000_007E_0000_007E) }
    /// Letters, digits, `_`.
    static var word: ByteSet { alphanumerics.union(ByteSet(low: 0, high: 0x8000_0000)) }
    /// Letters, digits, `_`, `-`: base64url without padding.
    static var urlSafe: ByteSet { word.union(ByteSet(low: 0x0000_2000_0000_0000, high: 0)) }
    /// Letters, digits, `+`, `/`: base64 without padding.
    static var base64: ByteSet { alphanumerics.union(ByteSet(low: 0x0000_8800_0000_0000, high: 0)) }
    /// Space, tab, newline, carriage return.
    static var blanks: ByteSet { ByteSet(low: 0x1_0000_2600, high: 0) }
}

extension UInt8 {
    @inline(__always) var isDigit: Bool { self &- 0x30 < 10 }
    @inline(__always) var isUpper: Bool { self &- 0x41 < 26 }
    @inline(__always) var isLower: Bool { self &- 0x61 < 26 }
    @inline(__always) var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    @inline(__always) var isAlphanumeric: Bool { isDigit || isLetter }
    /// ASCII capitals become small letters, all else stays.
    @inline(__always) var lowercased: UInt8 { isUpper ? self | 0x20 : self }
    @inline(__always) var isBlank: Bool { self == 0x20 || (self &- 0x09 < 5 && self != 0x0B && self != 0x0C) }
    /// The value of a hexadecimal digit; nil for all else.
    @inline(__always) var hexValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}
