/// Hashes of ids, the same in every worker of a process.
package enum IDHash {
    /// A 64-bit hash of some bytes (wyhash's multiply-and-fold), never 0.
    @inline(__always) package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let base = bytes.baseAddress else { return 1 }
        var state = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
        var at = UnsafeRawPointer(base)
        let end = at + bytes.count
        while end - at > 8 {
            state = mix(state ^ UInt64(littleEndian: at.loadUnaligned(as: UInt64.self)), 0xA076_1D64_78BD_642F)
            at += 8
        }
        return mix(state ^ tail(base, bytes.count), 0xE703_7ED1_A0B4_28DB) | 1
    }

    /// The last eight bytes, or all where there are fewer.
    @inline(__always) private static func tail(_ base: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        if count >= 8 {
            return UInt64(littleEndian: UnsafeRawPointer(base + (count &- 8)).loadUnaligned(as: UInt64.self))
        }
        var rest: UInt64 = 0
        for index in 0..<count { rest = rest &<< 8 | UInt64(base[index]) }
        return rest
    }

    /// Multiplies to 128 bits and folds the halves.
    @inline(__always) static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
