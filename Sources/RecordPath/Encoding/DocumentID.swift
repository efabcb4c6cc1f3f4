/// The `_id` of a document: 128 bits of where the record stands, so that a record sent twice is stored once.
///
/// Host, source stream and run make a 128-bit seed, once per stream. A record's identity goes through a
/// permutation of 128-bit values that the seed chooses (a Feistel network of four rounds whose round function is
/// wyhash's multiply-and-fold). Two records of one stream can therefore never share an id, and those of different
/// streams share one with a probability of 2^-128 a pair.
package struct DocumentID: Equatable, Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    /// What the ids of one stream have in common.
    package struct Seed: Equatable, Sendable {
        fileprivate let high: UInt64
        fileprivate let low: UInt64

        /// Makes the seed of a stream; `run` is empty for a source whose positions outlive the process.
        package init(host: String, key: String, run: String = "") {
            var text = Arena(capacity: 256)
            for part in [host, key, run] {
                // Lengths keep ("ab", "c") and ("a", "bc") apart.
                var length = UInt64(part.utf8.count).littleEndian
                withUnsafeBytes(of: &length) { $0.withMemoryRebound(to: UInt8.self) { text.append($0) } }
                text.append(part)
            }
            high = Bytes.hash(text.base, text.count, seed: 0x2D35_8DCC_AA6C_78A5)
            low = Bytes.hash(text.base, text.count, seed: 0x8BB8_4B93_962E_ACC9)
        }
    }

    /// The id of the record at a position of a stream.
    @inline(__always) package init(seed: Seed, identity: (UInt64, UInt64)) {
        var left = identity.0 ^ seed.high
        var right = identity.1 ^ seed.low
        right ^= Bytes.mix(left ^ 0xA076_1D64_78BD_642F, seed.low | 1)
        left ^= Bytes.mix(right ^ 0xE703_7ED1_A0B4_28DB, seed.high | 1)
        right ^= Bytes.mix(left ^ 0x8EBC_6AF0_9C88_C6E3, 0x5896_65CC_7539_06D1)
        left ^= Bytes.mix(right ^ 0x5899_65CC_7537_4CC3, 0x1D8E_4E27_C47D_124F)
        high = left
        low = right
    }

    /// Writes the id in base64url without padding, 22 characters.
    ///
    /// OpenSearch keeps such an id as 16 bytes; 32 hexadecimal digits would take 24.
    @inline(__always) func write(to pen: inout Pen) {
        pen.put(word: Self.digits(high &>> 16), count: 8)
        pen.put(word: Self.digits((high & 0xFFFF) &<< 32 | low &>> 32), count: 8)
        pen.put(word: Self.digits((low & 0xFFFF_FFFF) &<< 16), count: 6)
    }

    /// Eight base64url digits of 48 bits, the first in the lowest byte.
    @inline(__always) private static func digits(_ bits: UInt64) -> UInt64 {
        var word = (bits & 0xFF_FFFF) | (bits & 0xFFFF_FF00_0000) &<< 8
        word = (word & 0x0000_0FFF_0000_0FFF) | (word & 0x00FF_F000_00FF_F000) &<< 4
        word = (word & 0x003F_003F_003F_003F) | (word & 0x0FC0_0FC0_0FC0_0FC0) &<< 2
        // One in every byte whose digit is at or above a bound; digits are below 64, so no byte runs over.
        let ones: UInt64 = 0x0101_0101_0101_0101
        let from26 = ((word &+ ones &* 102) &>> 7) & ones
        let from52 = ((word &+ ones &* 76) &>> 7) & ones
        let from62 = ((word &+ ones &* 66) &>> 7) & ones
        let from63 = ((word &+ ones &* 65) &>> 7) & ones
        let text = word &+ ones &* 65 &+ from26 &* 6 &- from52 &* 75 &- from62 &* 13 &+ from63 &* 49
        return text.byteSwapped
    }

    /// The id as text.
    package var text: String {
        var arena = Arena(capacity: 32)
        var pen = arena.pen(for: 32)
        write(to: &pen)
        arena.finish(pen)
        return String(decoding: arena.bytes, as: UTF8.self)
    }
}
