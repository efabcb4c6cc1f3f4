/// A UUID as text: five groups of hexadecimal digits.
enum UUIDText {
    /// Whether one stands at an offset; 36 bytes from there are readable.
    static func stands(in base: UnsafePointer<UInt8>, at start: Int) -> Bool {
        for offset in 0..<36 {
            let isDash = offset == 8 || offset == 13 || offset == 18 || offset == 23
            guard isDash ? base[start + offset] == 0x2D : ASCII.hexValue(base[start + offset]) < 16 else {
                return false
            }
        }
        return true
    }
}
