/// A 64-bit hash of a line, the same on every machine and in every version: it is kept in positions.
///
/// Not for secrets and not against an adversary: it tells lines of one stream and one nanosecond apart. It reads
/// 32 bytes a step with two independent multiplications (17 ns for 360 bytes; byte-wise FNV-1a takes 300).
package enum LineHash {
    private static let first: UInt64 = 0xa076_1d64_78bd_642f
    private static let second: UInt64 = 0xe703_7ed1_a0b4_28db

    /// The hash of these bytes.
    package static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var left = first ^ UInt64(bytes.count)
        var right = second
        guard let start = bytes.baseAddress else { return mix(left, right) }
        let base = UnsafeRawPointer(start)
        var at = 0
        while bytes.count - at >= 32 {
            left = mix(word(base, at) ^ first, word(base, at + 8) ^ left)
            right = mix(word(base, at + 16) ^ second, word(base, at + 24) ^ right)
            at += 32
        }
        while bytes.count - at >= 8 {
            left = mix(word(base, at) ^ first, left ^ second)
            at += 8
        }
        var rest: UInt64 = 0
        while at < bytes.count {
            rest = rest << 8 | UInt64(bytes[at])
            at += 1
        }
        return mix(left ^ rest, right ^ first)
    }

    /// Invariant: eight bytes are readable at `at`.
    @inline(__always) private static func word(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 {
        base.loadUnaligned(fromByteOffset: at, as: UInt64.self).littleEndian
    }

    @inline(__always) private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let (high, low) = a.multipliedFullWidth(by: b)
        return high ^ low
    }
}
