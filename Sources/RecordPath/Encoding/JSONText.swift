/// Copies text into JSON strings so that every strict reader takes them.
enum JSONText {
    /// The inside of a JSON string as another logger wrote it, mended.
    ///
    /// What is no escape in JSON gets its backslash doubled, a lone surrogate becomes U+FFFD, a raw control character
    /// or quote is escaped. Nothing becomes longer than six bytes for one. `Arena.slack` bytes behind `text` are
    /// readable.
    static func putMended(_ text: UnsafePointer<UInt8>, _ count: Int, to pen: inout Pen) {
        var at = 0
        while at < count {
            let plain = plainPrefix(text + at, count &- at)
            if plain > 0 { pen.put(text + at, plain) }
            at &+= plain
            guard at < count else { return }
            if text[at] == 0x5C {
                at &+= putEscape(text + at, count &- at, to: &pen)
            } else {
                pen.putEscaped(text + at, 1)
                at &+= 1
            }
        }
    }

    /// The same at the end of an arena.
    static func putMended(_ text: UnsafePointer<UInt8>, _ count: Int, into out: inout Arena) {
        var pen = out.pen(for: count &* 6 &+ 32)
        putMended(text, count, to: &pen)
        out.finish(pen)
    }

    /// How many bytes at the beginning are neither backslash, quote nor control character.
    @inline(__always) private static func plainPrefix(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        var at = 0
        while at < count {
            let word = Bytes.load64(p + at)
            let slash = word ^ (ones &* 0x5C)
            let quote = word ^ (ones &* 0x22)
            // A borrow can only mark a byte above the first marked one, and the first is all that counts.
            let found =
                ((slash &- ones) & ~slash | (quote &- ones) & ~quote | (word &- ones &* 0x20) & ~word) & high
            if found != 0 { return min(at &+ found.trailingZeroBitCount &>> 3, count) }
            at &+= 8
        }
        return count
    }

    /// The length of the sound escape (or surrogate pair of escapes) at `p`; 0: it is none.
    @inline(__always) private static func escapeLength(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard count >= 2 else { return 0 }
        switch p[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        default: break
        }
        guard let unit = unit(p, count) else { return 0 }
        if unit & 0xF800 != 0xD800 { return 6 }
        guard unit & 0xFC00 == 0xD800, let next = self.unit(p + 6, count &- 6), next & 0xFC00 == 0xDC00 else {
            return 0
        }
        return 12
    }

    /// The UTF-16 unit of `\uXXXX` at `p`.
    static func unit(_ p: UnsafePointer<UInt8>, _ count: Int) -> UInt32? {
        guard count >= 6, p[0] == 0x5C, p[1] == UInt8(ascii: "u") else { return nil }
        var unit: UInt32 = 0
        for index in 2..<6 {
            guard let digit = hexDigit(p[index]) else { return nil }
            unit = unit &<< 4 | digit
        }
        return unit
    }

    @inline(__always) private static func hexDigit(_ byte: UInt8) -> UInt32? {
        if Bytes.isDigit(byte) { return UInt32(byte &- 0x30) }
        let letter = (byte | 0x20) &- UInt8(ascii: "a")
        return letter < 6 ? UInt32(letter) &+ 10 : nil
    }

    /// Writes what the backslash at `p` begins; gives how many bytes of the source that was.
    private static func putEscape(_ p: UnsafePointer<UInt8>, _ count: Int, to pen: inout Pen) -> Int {
        let length = escapeLength(p, count)
        if length > 0 {
            pen.put(p, length)
            return length
        }
        if unit(p, count) != nil {
            pen.put("\\ufffd")
            return 6
        }
        pen.put("\\\\")
        return 1
    }
}
