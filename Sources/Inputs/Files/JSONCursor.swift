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
    mutating func string(into arena: inout Arena) -> Int? {
        guard take(0x22), let base else { return nil }
        // Room: no escape is shorter than what it stands for. Stores of 8 bytes end within the arena's slack.
        arena.removeAll()
        arena.reserve(count - at)
        let out = arena.base
        var length = 0
        while at < count {
            copyPlain(base, out, &length)
            guard at < count else { return nil }
            switch base[at] {
            case 0x22:
                at += 1
                return length
            case 0x5C:
                guard decodeEscape(base, out, &length) else { return nil }
            default: return nil
            }
        }
        return nil
    }

    /// Copies up to the next quote, backslash or control byte, eight bytes at a time.
    @inline(__always)
    private mutating func copyPlain(
        _ base: UnsafePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>,
        _ length: inout Int
    ) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        while at &+ 8 <= count {
            let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(out + length).storeBytes(of: word, as: UInt64.self)
            // Highest bit of each byte that is wanted; above the lowest one set there may be false ones.
            let quote = word ^ (ones &* 0x22)
            let slash = word ^ (ones &* 0x5C)
            let found = ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((word &- ones &* 0x20) & ~word)
            let plain = (found & (ones &* 0x80)).littleEndian.trailingZeroBitCount / 8
            at &+= plain
            length &+= plain
            if plain < 8 { return }
        }
        while at < count, byte(at) >= 0x20, byte(at) != 0x22, byte(at) != 0x5C {
            out[length] = byte(at)
            at &+= 1
            length &+= 1
        }
    }

    /// Decodes the escape at the cursor.
    private mutating func decodeEscape(
        _ base: UnsafePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>,
        _ length: inout Int
    ) -> Bool {
        guard at &+ 1 < count else { return false }
        let letter = base[at + 1]
        if letter == 0x75 { return decodeUnicode(out, &length) }
        guard let plain = Self.plain(letter) else { return false }
        out[length] = plain
        length &+= 1
        at &+= 2
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
    private mutating func decodeUnicode(_ out: UnsafeMutablePointer<UInt8>, _ length: inout Int) -> Bool {
        guard let unit = hexUnit(at) else { return false }
        at += 6
        var scalar = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit), let low = hexUnit(at), (0xDC00..<0xE000).contains(low) {
            scalar = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(low) - 0xDC00)
            at += 6
        }
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
            out[length] = byte
            length += 1
        }
        return true
    }

    /// The code unit of a `\uXXXX` that stands at `index`.
    private func hexUnit(_ index: Int) -> UInt16? {
        guard index <= count - 6, byte(index) == 0x5C, byte(index + 1) == 0x75 else { return nil }
        var unit: UInt16 = 0
        for position in index + 2..<index + 6 {
            guard let digit = Character(Unicode.Scalar(byte(position))).hexDigitValue else { return nil }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }

    private mutating func skipEscape() -> Bool {
        if hexUnit(at) != nil {
            at += 6
            return true
        }
        guard at + 1 < count, Self.plain(byte(at + 1)) != nil else { return false }
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
