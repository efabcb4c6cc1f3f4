#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A place in borrowed bytes that moves forward and never past their end.
///
/// Reading behind the end gives 0, which no format has a use for, so parsers need no separate end checks.
/// Invariant of the raw pointer: `base` has `end` readable bytes for as long as the cursor lives.
package struct ByteCursor {
    /// The first byte of the whole text.
    package let base: UnsafePointer<UInt8>
    /// Offset of the next byte.
    package var position: Int
    /// One past the last offset.
    package let end: Int

    /// Makes a cursor at the start of `count` bytes.
    @inline(__always) package init(_ base: UnsafePointer<UInt8>, _ count: Int) {
        self.base = base
        position = 0
        end = count
    }

    /// Makes a cursor over a part of the bytes; the range is cut to what is valid.
    @inline(__always) package init(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) {
        self.base = base
        self.end = max(0, end)
        position = max(0, min(start, self.end))
    }

    /// Nothing is left.
    @inline(__always) package var isAtEnd: Bool { position >= end }

    /// Bytes left.
    @inline(__always) package var remaining: Int { end &- position }

    /// The next byte, or 0 at the end.
    @inline(__always) package var next: UInt8 { position < end ? base[position] : 0 }

    /// The byte `offset` places ahead (0 is the next one), or 0 outside the text.
    @inline(__always) package func peek(_ offset: Int) -> UInt8 {
        offset >= 0 && offset < end &- position ? base[position &+ offset] : 0
    }

    /// Steps over the next byte if it is this one.
    @inline(__always) package mutating func take(_ byte: UInt8) -> Bool {
        guard position < end, base[position] == byte else { return false }
        position &+= 1
        return true
    }

    /// Steps over a literal if it stands here; ASCII case counts.
    @inline(__always) package mutating func take(_ literal: StaticString) -> Bool {
        guard starts(with: literal) else { return false }
        position &+= literal.utf8CodeUnitCount
        return true
    }

    /// Whether a literal stands here; ASCII case counts.
    @inline(__always) package func starts(with literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard remaining >= count else { return false }
        let wanted = literal.utf8Start
        for index in 0..<count where base[position &+ index] != wanted[index] { return false }
        return true
    }

    /// Steps over bytes that are this one and tells how many there were.
    @inline(__always) @discardableResult package mutating func skip(_ byte: UInt8) -> Int {
        let start = position
        while position < end, base[position] == byte { position &+= 1 }
        return position &- start
    }

    /// Steps over spaces and tabs.
    @inline(__always) package mutating func skipBlanks() {
        while position < end, base[position] == 0x20 || base[position] == 0x09 { position &+= 1 }
    }

    /// Goes to the next such byte; false, and not moved, where there is none within `limit` bytes.
    @inline(__always) package mutating func advance(to byte: UInt8, within limit: Int = .max) -> Bool {
        let length = min(limit, remaining)
        guard length > 0, let found = memchr(base + position, Int32(byte), length) else { return false }
        position = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        return true
    }

    /// Exactly `count` decimal digits as a number (`count` <= 9); nil, and not moved, where others stand.
    @inline(__always) package mutating func digits(_ count: Int) -> Int? {
        guard remaining >= count else { return nil }
        var value = 0
        for index in 0..<count {
            let digit = base[position &+ index] &- 0x30
            guard digit < 10 else { return nil }
            value = value &* 10 &+ Int(digit)
        }
        position &+= count
        return value
    }

    /// A status from 100 to 599 that no digit follows; nil, and not moved, where others stand.
    @inline(__always) package mutating func takeStatus() -> Range<Int>? {
        guard remaining >= 3, base[position] &- 0x31 < 5, base[position &+ 1] &- 0x30 < 10,
            base[position &+ 2] &- 0x30 < 10, peek(3) &- 0x30 >= 10
        else { return nil }
        position &+= 3
        return position &- 3..<position
    }

    /// As many decimal digits as stand here, at most `limit` (<= 18); nil, and not moved, where there are none or more.
    @inline(__always) package mutating func number(atMost limit: Int) -> Int? {
        var value = 0
        var index = position
        while index < end {
            let digit = base[index] &- 0x30
            guard digit < 10 else { break }
            guard index &- position < limit else { return nil }
            value = value &* 10 &+ Int(digit)
            index &+= 1
        }
        guard index > position else { return nil }
        position = index
        return value
    }
}
