/// How often each packed key was met.
struct CountTable: ~Copyable {
    private var index = KeyIndex()
    private(set) var counts: [UInt64] = []
    private var lastKey: UInt64 = 0
    private var lastNumber = -1

    var keys: [UInt64] { index.keys }

    /// Adds one to a key.
    @inline(__always) mutating func add(_ key: UInt64) {
        if key != lastKey || lastNumber < 0 {
            lastNumber = index.number(key)
            lastKey = key
            if lastNumber == counts.count { counts.append(0) }
        }
        counts[lastNumber] &+= 1
    }

    /// Forgets all keys.
    mutating func removeAll() {
        index.removeAll()
        counts.removeAll(keepingCapacity: true)
        lastNumber = -1
    }
}
