/// Hashes of ids, the same in every worker of a process.
package enum IDHash {
    /// A 64-bit hash of some bytes (wyhash's multiply-and-fold), never 0.
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return 1 }
        var state = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var index = 0
        while bytes.count &- index >= 8 {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            state = mix(state ^ UInt64(littleEndian: word), 0xA076_1D64_78BD_642F)
            index &+= 8
        }
        var rest: UInt64 = 0
        while index < bytes.count {
            rest = rest &<< 8 | UInt64(base[index])
            index &+= 1
        }
        return mix(state ^ rest, 0xE703_7ED1_A0B4_28DB) | 1
    }

    /// Multiplies to 128 bits and folds the halves.
    @inline(__always) static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
