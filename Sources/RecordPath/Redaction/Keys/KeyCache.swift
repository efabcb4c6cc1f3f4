/// Verdicts of keys seen before in text, so that a key costs a comparison.
///
/// Direct-mapped; whole keys are compared, so no two keys are ever taken for each other.
struct KeyCache: ~Copyable {
    private static let slots = 256
    private static let keyBytes = 30

    /// Slot: length (0: empty), verdict, then the key.
    ///
    /// Invariant: `slots * (keyBytes + 2)` bytes, ours alone.
    private let memory: UnsafeMutablePointer<UInt8>

    init() {
        memory = .allocate(capacity: Self.slots * (Self.keyBytes + 2))
        memory.initialize(repeating: 0, count: Self.slots * (Self.keyBytes + 2))
    }

    deinit { memory.deallocate() }

    /// The verdict for a key, from memory or from the classifier.
    func verdict(forKey key: UnsafeBufferPointer<UInt8>, _ classifier: borrowing KeyClassifier) -> UInt8 {
        guard key.count > 0, key.count <= Self.keyBytes, let bytes = key.baseAddress else {
            return classifier.verdict(forKey: key)
        }
        var hash = UInt32(truncatingIfNeeded: key.count)
        for byte in key { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let slot = memory + Int((hash ^ hash >> 16) & UInt32(Self.slots - 1)) * (Self.keyBytes + 2)
        if Int(slot[0]) == key.count, (0..<key.count).allSatisfy({ slot[2 + $0] == bytes[$0] }) { return slot[1] }
        let verdict = classifier.verdict(forKey: key)
        slot[0] = UInt8(key.count)
        slot[1] = verdict
        for i in 0..<key.count { slot[2 + i] = bytes[i] }
        return verdict
    }
}
