/// Packed keys as dense numbers 0, 1, 2, …: open addressing, memory kept when it is emptied.
struct KeyIndex: ~Copyable {
    private(set) var keys: [UInt64] = []
    private var slots: [UInt32]
    private var mask: Int

    init() {
        slots = Array(repeating: 0, count: 256)
        mask = 255
    }

    var count: Int { keys.count }

    /// The number of a key, which is `count` before the call where the key is new.
    @inline(__always) mutating func number(_ key: UInt64) -> Int {
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) &- 1
            if keys[number] == key { return number }
            slot = (slot &+ 1) & mask
        }
        return insert(key, slot)
    }

    @inline(never) private mutating func insert(_ key: UInt64, _ slot: Int) -> Int {
        keys.append(key)
        if keys.count * 2 > slots.count { grow() } else { slots[slot] = UInt32(keys.count) }
        return keys.count - 1
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        mask = slots.count - 1
        for (number, key) in keys.enumerated() {
            var slot = Self.hash(key) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number + 1)
        }
    }

    @inline(__always) private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: Bytes.mix(key ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F))
    }

    /// Forgets all keys.
    mutating func removeAll() {
        for key in keys {
            // From its hash to the next empty slot: that is where a key lies, and what lies there goes as well.
            var slot = Self.hash(key) & mask
            while slots[slot] != 0 {
                slots[slot] = 0
                slot = (slot &+ 1) & mask
            }
        }
        keys.removeAll(keepingCapacity: true)
    }
}
