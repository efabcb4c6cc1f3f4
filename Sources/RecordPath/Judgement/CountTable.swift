/// How often each packed key was met.
struct CountTable: ~Copyable {
    private var index = KeyIndex()
    private var counters = Column<UInt64>(capacity: 128)

    var isEmpty: Bool { counters.count == 0 }
    var keys: [UInt64] { index.keys }
    var counts: [UInt64] { counters.all }

    /// Adds to a key.
    @inline(__always) mutating func add(_ key: UInt64, _ count: UInt64 = 1) {
        let number = index.number(key)
        if number == counters.count { counters.append(0) }
        counters.pointer(at: number).pointee &+= count
    }

    /// Forgets all keys.
    mutating func removeAll() {
        index.removeAll()
        counters.removeAll()
    }
}
