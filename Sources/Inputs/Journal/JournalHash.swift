/// Hashes of bytes: for tables, and for identities that are the same in every run.
enum JournalHash {
    /// 64 bits by wyhash's multiply and fold; reads nothing beyond the bytes.
    @inline(__always)
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
        guard let base = UnsafeRawPointer(bytes.baseAddress) else { return seed }
        var state = seed ^ (UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15)
        var at = 0
        while bytes.count &- at >= 8 {
            let word = UInt64(littleEndian: (base + at).loadUnaligned(as: UInt64.self))
            state = fold(state ^ word, 0xA076_1D64_78BD_642F)
            at &+= 8
        }
        var last: UInt64 = 0
        while at < bytes.count {
            last = last << 8 | UInt64(bytes[at])
            at &+= 1
        }
        return fold(state ^ last, 0xE703_7ED1_A0B4_28DB)
    }

    /// 128 bits of a cursor: part of the ids of documents, so it must never change.
    @inline(__always)
    static func identity(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        (hash(bytes, seed: 0x6D61_7274_6C65_7431), hash(bytes, seed: 0x6A6F_7572_6E61_6C32))
    }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
