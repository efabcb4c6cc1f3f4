/// Classes of single bytes, as the parsers of this folder need them.
package enum ASCII {
    /// 0 to 9.
    @inline(__always) package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// A to Z or a to z.
    @inline(__always) package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    /// A letter or a digit.
    @inline(__always) package static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }

    /// A to Z.
    @inline(__always) package static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// a to z.
    @inline(__always) package static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    /// The lower-case form of a letter; other bytes as they are.
    @inline(__always) package static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    /// The value of a hexadecimal digit of either case, or 255.
    @inline(__always) package static func hexValue(_ byte: UInt8) -> UInt8 {
        let digit = byte &- 0x30
        if digit < 10 { return digit }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : 255
    }

    /// Whether two texts are the same but for the case of ASCII letters; `lowercase` is in lower case.
    @inline(__always) package static func equal(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        ignoringCase lowercase: StaticString
    ) -> Bool {
        guard count == lowercase.utf8CodeUnitCount else { return false }
        let wanted = lowercase.utf8Start
        for index in 0..<count where lowercased(text[index]) != wanted[index] { return false }
        return true
    }
}
