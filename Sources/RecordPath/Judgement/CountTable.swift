/// Counts by a packed key, for the time between two batches: open addressing, memory kept.
struct CountTable: ~Copyable {
    private(set) var keys: [UInt64] = []
    private(set) var counts: [UInt64] = []
    private var slots: [UInt32]
    private var mask: Int
    private var lastKey: UInt64 = 0
    private var lastIndex = -1

    init() {
        slots = Array(repeating: 0, count: 256)
        mask = 255
    }

    var isEmpty: Bool { keys.isEmpty }

    /// Adds one to a key.
    @inline(__always) mutating func add(_ key: UInt64) {
        if key == lastKey, lastIndex >= 0 {
            counts[lastIndex] &+= 1
            return
        }
        let index = self.index(key)
        counts[index] &+= 1
        lastKey = key
        lastIndex = index
    }

    private mutating func index(_ key: UInt64) -> Int {
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) &- 1
            if keys[index] == key { return index }
            slot = (slot &+ 1) & mask
        }
        keys.append(key)
        counts.append(0)
        if keys.count * 2 > slots.count { grow() } else { slots[slot] = UInt32(keys.count) }
        return keys.count - 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        mask = slots.count - 1
        for (index, key) in keys.enumerated() {
            var slot = Self.hash(key) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }

    @inline(__always) private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: Bytes.mix(key ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F))
    }

    /// Forgets all keys and keeps the memory.
    mutating func removeAll() {
        for key in keys {
            // Every slot of a run of keys is emptied by one of them, as each looks from its own hash to the first
            // empty slot.
            var slot = Self.hash(key) & mask
            while slots[slot] != 0 {
                slots[slot] = 0
                slot = (slot &+ 1) & mask
            }
        }
        keys.removeAll(keepingCapacity: true)
        counts.removeAll(keepingCapacity: true)
        lastIndex = -1
    }
}
