/// How often each packed key was met.
struct CountTable: ~Copyable {
    private var index = KeyIndex()
    private var counters = Column<UInt64>(capacity: 128)

    /// Adds to a key.
    @inline(__always) mutating func add(_ key: UInt64, _ count: UInt64 = 1) {
        let number = index.number(key)
        if number == counters.count { counters.append(0) }
        counters.pointer(at: number).pointee &+= count
    }

    /// How many keys were met.
    var count: Int { counters.count }

    /// One of the keys, in the order in which they were met, and its count.
    subscript(number: Int) -> (key: UInt64, count: UInt64) { (index.key(number), counters[number]) }

    /// Forgets all keys.
    mutating func removeAll() {
        index.removeAll()
        counters.removeAll()
    }
}
