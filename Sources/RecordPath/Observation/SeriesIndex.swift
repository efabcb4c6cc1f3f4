/// Label sets, packed into 64 bits, as dense series numbers.
struct SeriesIndex: ~Copyable {
    private var keys: [UInt64] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 256)
    private var mask = 255

    var count: Int { keys.count }

    /// The packed labels of a series.
    func key(_ series: Int) -> UInt64 { keys[series] }

    /// The series of a label set, made when it is new; nil when there are `limit` already and this is none of them.
    @inline(__always) mutating func series(_ key: UInt64, limit: Int) -> Int? {
        var slot = Int(truncatingIfNeeded: Bytes.mix(key ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F)) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) &- 1
            if keys[index] == key { return index }
            slot = (slot &+ 1) & mask
        }
        guard keys.count < limit else { return nil }
        return insert(key)
    }

    private mutating func insert(_ key: UInt64) -> Int {
        keys.append(key)
        if keys.count * 2 > slots.count {
            slots = Array(repeating: 0, count: slots.count * 2)
            mask = slots.count - 1
            for (index, key) in keys.enumerated() { place(UInt32(index + 1), key) }
        } else {
            place(UInt32(keys.count), key)
        }
        return keys.count - 1
    }

    private mutating func place(_ value: UInt32, _ key: UInt64) {
        var slot = Int(truncatingIfNeeded: Bytes.mix(key ^ 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F)) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = value
    }
}
