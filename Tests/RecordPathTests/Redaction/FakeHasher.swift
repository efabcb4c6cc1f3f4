import RecordPath

/// A hasher that is none, for what does not depend on it.
struct FakeHasher: KeyedHasher {
    let keyID: String

    func digest(type: String, value: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in Array(type.utf8) + [0] + Array(value) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
