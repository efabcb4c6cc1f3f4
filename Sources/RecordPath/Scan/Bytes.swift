/// Loads, comparisons and hashes on raw bytes, for the hot files of this module.
///
/// Every function reads only the bytes its name says; callers keep the slack rule of `Arena`.
enum Bytes {
    /// Eight bytes at any address, little-endian.
    @inline(__always) static func load64(_ p: UnsafePointer<UInt8>) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
    }

    /// Four bytes at any address, little-endian.
    @inline(__always) static func load32(_ p: UnsafePointer<UInt8>) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt32.self))
    }

    /// The first `count` (at most 8) bytes at `p`, the rest zero; reads 8 bytes.
    @inline(__always) static func prefix64(_ p: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        load64(p) & prefixMask(count)
    }

    /// All bits of the first `count` bytes of eight; without a branch, which nobody can foresee.
    @inline(__always) private static func prefixMask(_ count: Int) -> UInt64 {
        // Shifted by 64 or more, nothing is left.
        ~(UInt64.max << UInt64(truncatingIfNeeded: count &* 8))
    }

    /// A 64-bit hash of `count` bytes at `p` (wyhash's multiply-and-fold); reads up to 7 bytes behind the end.
    @inline(__always) static func hash(_ p: UnsafePointer<UInt8>, _ count: Int, seed: UInt64 = 0) -> UInt64 {
        var state = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
        var at = p
        var left = count
        while left > 8 {
            state = mix(state ^ load64(at), 0xA076_1D64_78BD_642F)
            at += 8
            left &-= 8
        }
        return mix(state ^ prefix64(at, left), 0xE703_7ED1_A0B4_28DB)
    }

    /// A hash for tables in memory, without a loop or branch up to 32 bytes; reads 8 bytes of what is shorter.
    @inline(__always) static func tableHash(_ p: UnsafePointer<UInt8>, _ count: Int, seed: UInt64 = 0) -> UInt64 {
        guard count <= 32 else { return hash(p, count, seed: seed) }
        let state = seed ^ (UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15)
        // Four words that overlap as far as they must; there is one only in what is shorter than eight bytes.
        let mask = prefixMask(count)
        let last = max(count &- 8, 0)
        let low = mix(state ^ load64(p) & mask, 0xA076_1D64_78BD_642F ^ load64(p + min(last, 8)) & mask)
        let high = mix(
            state ^ load64(p + max(count &- 16, 0)) & mask,
            0xE703_7ED1_A0B4_28DB ^ load64(p + last) & mask
        )
        return mix(low ^ 0x8EBC_6AF0_9C88_C6E3, high ^ 0x5899_65CC_7537_4CC3)
    }

    /// How many digits `count` bytes end with, when these are at most seven behind a slash; else 0.
    ///
    /// Reads 8 bytes.
    @inline(__always) static func trailingNumber(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        // The last byte is the highest; in front of a short text are zeros.
        let last = load64(p + max(count &- 8, 0)) << UInt64(truncatingIfNeeded: max(8 &- count, 0) &* 8)
        let digits = last ^ 0x3030_3030_3030_3030
        let others = ((digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676 | digits) & 0x8080_8080_8080_8080
        let bits = others.leadingZeroBitCount & 0x78
        let before = (last << UInt64(truncatingIfNeeded: bits)) &>> 56
        // All bits where it is a slash.
        let isSlash = Int64(bitPattern: (before ^ 0x2F) &- 1) >> 63
        return bits / 8 & Int(isSlash)
    }

    /// Multiplies to 128 bits and folds the halves.
    @inline(__always) static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    /// Whether two runs of `count` bytes are equal; reads up to 7 bytes behind both ends.
    @inline(__always) static func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        var done = 0
        while count &- done > 8 {
            if load64(a + done) != load64(b + done) { return false }
            done &+= 8
        }
        return prefix64(a + done, count &- done) == prefix64(b + done, count &- done)
    }

    /// Space, tab, newline or carriage return.
    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (byte <= 0x0D && byte >= 0x09)
    }

    /// How many of the first `count` bytes are white space before another; eight at a time where they are blanks.
    @inline(__always) static func endOfSpaces(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        var at = 0
        while at < count, isSpace(p[at]) {
            if at &+ 8 <= count, load64(p + at) == 0x2020_2020_2020_2020 { at &+= 8 } else { at &+= 1 }
        }
        return at
    }

    /// The white space of RFC 8259.
    @inline(__always) static func isJSONSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// `0` … `9`.
    @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
