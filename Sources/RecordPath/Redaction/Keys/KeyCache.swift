/// Verdicts of keys seen before in text, so that a key costs a comparison.
///
/// Two ways: the last key of a set and the one before it. Whole keys are compared, so no two keys are ever taken for
/// each other.
struct KeyCache: ~Copyable {
    private static let sets = 256
    /// A slot: length (0: empty), verdict, then the key.
    private static let slotBytes = 32
    private static let keyBytes = slotBytes - 2

    /// Invariant: `2 * sets * slotBytes` bytes and the slack of comparisons, ours alone.
    private let memory: UnsafeMutablePointer<UInt8>

    init() {
        memory = .allocate(capacity: 2 * Self.sets * Self.slotBytes + 8)
        memory.initialize(repeating: 0, count: 2 * Self.sets * Self.slotBytes + 8)
    }

    deinit { memory.deallocate() }

    /// The verdict for a key, from memory or from the classifier.
    ///
    /// `Arena.slack` bytes behind the key are readable.
    @inline(__always) func verdict(
        forKey key: UnsafeBufferPointer<UInt8>,
        _ classifier: borrowing KeyClassifier
    ) -> UInt8 {
        guard key.count > 0, key.count <= Self.keyBytes, let bytes = key.baseAddress else {
            return classifier.verdict(forKey: key)
        }
        let hash = Int(truncatingIfNeeded: Bytes.hash(bytes, key.count))
        let slot = memory + (hash & (Self.sets - 1)) * 2 * Self.slotBytes
        if Int(slot[0]) == key.count, Bytes.equal(slot + 2, bytes, key.count) { return slot[1] }
        let second = slot + Self.slotBytes
        if Int(second[0]) == key.count, Bytes.equal(second + 2, bytes, key.count) { return second[1] }
        let verdict = classifier.verdict(forKey: key)
        second.update(from: slot, count: Self.slotBytes)
        slot[0] = UInt8(key.count)
        slot[1] = verdict
        (slot + 2).update(from: bytes, count: key.count)
        return verdict
    }
}
