internal import CScan

/// Hexadecimal digits to numbers and back.
enum Hex {
    /// The number that 16 digits of either case stand for; nil where another byte is among them.
    @inline(__always) static func read16(_ text: UnsafePointer<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        return martlet_hex_read(text, &value) ? value : nil
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
        martlet_hex_write(target, value)
    }
}
