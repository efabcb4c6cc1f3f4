/// Words by their hashes, looked up with a comparison or two and without reference counting.
///
/// Built once for constants, so the memory is never given back. `@unchecked Sendable`: written in `init`, then only
/// read.
struct WordSet: @unchecked Sendable {
    /// Open addressing; 0: free.
    ///
    /// Invariant: `mask + 1` entries, a power of two, at least half of them free.
    private let slots: UnsafePointer<UInt64>
    private let mask: Int

    /// The words of a text, separated by blanks and line ends.
    init(_ text: String) {
        let words = text.split(whereSeparator: { $0 == " " || $0 == "\n" })
        var count = 64
        while count < words.count * 2 { count *= 2 }
        let slots = UnsafeMutablePointer<UInt64>.allocate(capacity: count)
        slots.initialize(repeating: 0, count: count)
        mask = count - 1
        for word in words {
            let hash = WordHash.of(String(word))
            var at = Int(truncatingIfNeeded: hash) & mask
            while slots[at] != 0, slots[at] != hash { at = (at + 1) & mask }
            slots[at] = hash
        }
        self.slots = UnsafePointer(slots)
    }

    /// Whether the word with this hash belongs to the set.
    @inline(__always) func contains(_ hash: WordHash) -> Bool {
        var at = Int(truncatingIfNeeded: hash.value) & mask
        while slots[at] != 0 {
            if slots[at] == hash.value { return true }
            at = (at + 1) & mask
        }
        return false
    }
}
