internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Walks over one line of JSON, strictly.
///
/// Every verb skips blanks first; after a failure the cursor is spent.
///
/// Invariant of the raw pointer: `count` readable bytes, and `at <= count`.
struct JSONCursor {
    /// A string as it stands between its quotes, escapes and all.
    struct Raw {
        var bytes: UnsafeBufferPointer<UInt8>

        static func ~= (expected: StaticString, raw: Raw) -> Bool { raw == expected }

        static func == (raw: Raw, expected: StaticString) -> Bool {
            guard raw.bytes.count == expected.utf8CodeUnitCount, let base = raw.bytes.baseAddress else { return false }
            return memcmp(base, expected.utf8Start, raw.bytes.count) == 0
        }
    }

    /// Deeper values are refused.
    private static let maxDepth = 64

    private let base: UnsafePointer<UInt8>?
    private let count: Int
    private var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        base = bytes.baseAddress
        count = bytes.baseAddress == nil ? 0 : bytes.count
    }

    /// The byte at an index below `count`.
    @inline(__always) private func byte(_ index: Int) -> UInt8 { base?[index] ?? 0 }

    /// Nothing but blanks is left.
    var isAtEnd: Bool {
        mutating get {
            skipBlanks()
            return at == count
        }
    }

    /// Steps over one byte when it is the expected one.
    @inline(__always) mutating func take(_ expected: UInt8) -> Bool {
        skipBlanks()
        guard at < count, byte(at) == expected else { return false }
        at += 1
        return true
    }

    /// A string, not decoded.
    mutating func rawString() -> Raw? {
        guard take(0x22), let base else { return nil }
        let start = at
        while at < count {
            if count &- at >= 8 {
                let plain = Self.plainBytes(UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
                at &+= plain
                if plain == 8 { continue }
            }
            switch base[at] {
            case 0x22:
                at += 1
                return Raw(bytes: UnsafeBufferPointer(start: base + start, count: at - 1 - start))
            case 0x5C:
                guard skipEscape() else { return nil }
            case 0..<0x20: return nil
            default: at += 1
            }
        }
        return nil
    }

    /// A string, decoded to the start of `arena`; its length.
    ///
    /// The plain way is: copy up to the next quote, backslash or control byte, decode the escape, go on. Two
    /// deviations for speed: eight bytes are copied and looked at together, and the common escapes are decoded
    /// without leaving the loop, since a line of JSON in JSON has one every few bytes.
    mutating func string(into arena: inout Arena) -> Int? {
        guard take(0x22), let base else { return nil }
        // Room: no escape is shorter than what it stands for. Stores of 8 bytes end within the arena's slack.
        arena.removeAll()
        arena.reserve(count - at)
        let start = arena.base
        var out = start
        var from = base + at
        let end = base + count
        while end - from >= 8 {
            let word = UnsafeRawPointer(from).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(out).storeBytes(of: word, as: UInt64.self)
            let plain = Self.plainBytes(word)
            from += plain
            out += plain
            if plain == 8 { continue }
            if from.pointee == 0x22 { return finish(from - base, out - start) }
            guard Self.decodeEscape(&from, end, &out) else { return nil }
        }
        while from < end {
            if from.pointee == 0x22 { return finish(from - base, out - start) }
            if from.pointee == 0x5C {
                guard Self.decodeEscape(&from, end, &out) else { return nil }
            } else {
                guard from.pointee >= 0x20 else { return nil }
                out.pointee = from.pointee
                out += 1
                from += 1
            }
        }
        return nil
    }

    private mutating func finish(_ quote: Int, _ length: Int) -> Int {
        at = quote + 1
        return length
    }

    /// How many of the first bytes of a word are neither quote nor backslash nor control.
    @inline(__always) private static func plainBytes(_ word: UInt64) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        // Highest bit of each byte that is wanted; above the lowest one set there may be false ones.
        let quote = word ^ (ones &* 0x22)
        let slash = word ^ (ones &* 0x5C)
        let found = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)
        return (found & (ones &* 0x80)).littleEndian.trailingZeroBitCount &>> 3
    }

    /// Decodes the escape at `from`.
    @inline(__always)
    private static func decodeEscape(
        _ from: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        _ out: inout UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard end - from >= 2, from.pointee == 0x5C else { return false }
        let letter = from[1]
        if letter == 0x22 {
            out.pointee = 0x22
        } else if let plain = plain(letter) {
            out.pointee = plain
        } else {
            return letter == 0x75 && decodeUnicode(&from, end, &out)
        }
        out += 1
        from += 2
        return true
    }

    private static func plain(_ letter: UInt8) -> UInt8? {
        switch letter {
        case 0x22, 0x5C, 0x2F: letter
        case 0x6E: 0x0A
        case 0x74: 0x09
        case 0x72: 0x0D
        case 0x62: 0x08
        case 0x66: 0x0C
        default: nil
        }
    }

    /// Decodes `\uXXXX`, with its second half where it is a pair; half a pair becomes U+FFFD, as in Go.
    private static func decodeUnicode(
        _ from: inout UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>,
        _ out: inout UnsafeMutablePointer<UInt8>
    ) -> Bool {
        guard let unit = hexUnit(from, end) else { return false }
        from += 6
        var scalar = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit), let low = hexUnit(from, end), (0xDC00..<0xE000).contains(low) {
            scalar = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00)
            from += 6
        }
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
            out.pointee = byte
            out += 1
        }
        return true
    }

    /// The code unit of a `\uXXXX` that stands at `from`.
    private static func hexUnit(_ from: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UInt16? {
        guard end - from >= 6, from[0] == 0x5C, from[1] == 0x75 else { return nil }
        var unit: UInt16 = 0
        for position in 2..<6 {
            guard let digit = Character(Unicode.Scalar(from[position])).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func skipEscape() -> Bool {
        guard let base, at + 1 < count else { return false }
        if Self.hexUnit(base + at, base + count) != nil {
            at += 6
            return true
        }
        guard Self.plain(base[at + 1]) != nil else { return false }
        at += 2
        return true
    }

    @inline(__always) private mutating func skipBlanks() {
        while at < count, byte(at) == 0x20 || byte(at) == 0x09 || byte(at) == 0x0D || byte(at) == 0x0A { at += 1 }
    }
}

extension JSONCursor {
    /// Steps over any value.
    mutating func skipValue(depth: Int = 0) -> Bool {
        guard depth < Self.maxDepth else { return false }
        skipBlanks()
        guard at < count else { return false }
        switch byte(at) {
        case 0x22: return rawString() != nil
        case 0x7B: return skipItems(closing: 0x7D, keyed: true, depth)
        case 0x5B: return skipItems(closing: 0x5D, keyed: false, depth)
        default: return skipScalar()
        }
    }

    private mutating func skipItems(closing: UInt8, keyed: Bool, _ depth: Int) -> Bool {
        at += 1
        if take(closing) { return true }
        repeat {
            if keyed { guard rawString() != nil, take(0x3A) else { return false } }
            guard skipValue(depth: depth + 1) else { return false }
        } while take(0x2C)
        return take(closing)
    }

    /// Numbers and the three words.
    ///
    /// What is between them is not told apart: nothing depends on it here.
    private mutating func skipScalar() -> Bool {
        let start = at
        while at < count {
            switch byte(at) {
            case 0x30...0x39, 0x61...0x7A, 0x45, 0x2B, 0x2D, 0x2E: at += 1
            default: return at > start
            }
        }
        return at > start
    }
}
