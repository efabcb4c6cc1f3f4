/// Packed keys as dense numbers 0, 1, 2, …: open addressing, memory kept when it is emptied.
struct KeyIndex: ~Copyable {
    private var table = Column<UInt64>(capacity: 128)
    /// Number of a key plus one; 0: free.
    private var slots = Column<UInt32>(repeating: 0, count: 256)
    private var mask = 255

    init() {}

    var count: Int { table.count }

    /// The key of a number.
    @inline(__always) func key(_ number: Int) -> UInt64 { table[number] }

    /// The number of a key; negative where it is new.
    @inline(__always) func find(_ key: UInt64) -> Int {
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) &- 1
            if table[number] == key { return number }
            slot = (slot &+ 1) & mask
        }
        return -1
    }

    /// The number of a key, which is `count` before the call where the key is new.
    @inline(__always) mutating func number(_ key: UInt64) -> Int {
        let known = find(key)
        return known >= 0 ? known : add(key)
    }

    /// Gives a key that is not there the next number.
    @inline(never) mutating func add(_ key: UInt64) -> Int {
        table.append(key)
        if table.count * 2 > slots.count { grow() } else { place(key, table.count) }
        return table.count - 1
    }

    private mutating func grow() {
        slots = Column(repeating: 0, count: slots.count * 2)
        mask = slots.count - 1
        for number in 0..<table.count { place(table[number], number + 1) }
    }

    private func place(_ key: UInt64, _ value: Int) {
        var slot = Self.hash(key) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(value)
    }

    @inline(__always) private static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: Bytes.mix(key ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F))
    }

    /// Forgets all keys.
    mutating func removeAll() {
        for number in 0..<table.count {
            // From its hash to the next empty slot: that is where a key lies, and what lies there goes as well.
            var slot = Self.hash(table[number]) & mask
            while slots[slot] != 0 {
                slots[slot] = 0
                slot = (slot &+ 1) & mask
            }
        }
        table.removeAll()
    }
}
