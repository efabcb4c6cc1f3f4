internal import RecordPath

/// The reader's numbers for sources: a source is described once and named by two bytes from then on.
struct JournalSourceTable: ~Copyable {
    /// Sources before the table starts anew; each is described again then.
    static let maximumSources = 1024
    private static let slotCount = 4096

    private struct Slot {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var number: UInt16 = 0
    }

    /// Open addressing; a quarter full at most.
    ///
    /// `first == 0 && second == 0`: free.
    private var slots = [Slot](repeating: Slot(), count: slotCount)
    private var count = 0
    /// Makes collisions unpredictable for whoever chooses identifiers.
    private let seed: UInt64

    init(seed: UInt64 = .random(in: .min ... .max)) { self.seed = seed }

    var isFull: Bool { count >= Self.maximumSources }

    mutating func removeAll() {
        slots = [Slot](repeating: Slot(), count: Self.slotCount)
        count = 0
    }

    /// The number of the source with these bytes, and whether it is new.
    ///
    /// Must not be full.
    @inline(__always)
    mutating func number(_ key: UnsafeBufferPointer<UInt8>) -> (number: UInt16, isNew: Bool) {
        let first = JournalHash.hash(key, seed: seed)
        let second = JournalHash.hash(key, seed: ~seed) | 1
        var index = Int(truncatingIfNeeded: first) & (Self.slotCount - 1)
        while slots[index].second != 0 {
            if slots[index].first == first, slots[index].second == second { return (slots[index].number, false) }
            index = (index + 1) & (Self.slotCount - 1)
        }
        let number = UInt16(count)
        slots[index] = Slot(first: first, second: second, number: number)
        count += 1
        return (number, true)
    }
}
