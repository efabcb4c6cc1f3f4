/// What every key of a worker's `KeyTable` becomes inside `attributes`, decided once per key.
///
/// Keys that are spelled differently may get one name (`a.` and `a_`, `a` and `\u0061`): all of them have the same
/// `group`, the number of the first one seen. A document may hold one of a group only.
struct AttributeKeys: ~Copyable {
    /// One key.
    ///
    /// The fields `stamp` and `last` are used in the entry of a group's first key only.
    struct Entry: BitwiseCopyable {
        /// Where `,"name":` stands in the text arena; its length is 0 while the key has not been seen.
        var start: UInt32 = 0
        var length: UInt32 = 0
        var group: UInt32 = 0
        /// The document that last had a key of this group.
        var stamp: UInt32 = 0
        /// The last field of the group in that document.
        var last: UInt32 = 0
    }

    private struct GroupName: Hashable {
        var parent: UInt32
        var name: [UInt8]
    }

    // Invariant: `capacity` entries are allocated and initialised.
    private(set) var entries: UnsafeMutablePointer<Entry>
    private static let firstCapacity = 1024
    private var capacity = firstCapacity
    private(set) var text = Arena(capacity: 16 * 1024)
    private var groups: [GroupName: UInt32] = [:]
    private var generation: UInt32 = 0
    private(set) var stamp: UInt32 = 0

    init() {
        entries = .allocate(capacity: capacity)
        entries.initialize(repeating: Entry(), count: capacity)
    }

    deinit { entries.deallocate() }

    /// Begins a document whose keys are numbered by a table of this generation.
    @inline(__always) mutating func begin(generation: UInt32) {
        if generation != self.generation || stamp == .max { startAnew(generation) }
        stamp &+= 1
    }

    /// The entry of a key; the pointer is good until the next call of a mutating function.
    @inline(__always) mutating func entry(
        _ key: UInt32,
        _ keys: borrowing KeyTable
    ) -> UnsafeMutablePointer<Entry> {
        let index = Int(key)
        if index >= capacity || entries[index].length == 0 { add(key, keys) }
        return entries + index
    }

    /// The entry that all keys of this one's group share.
    @inline(__always) func leader(_ entry: UnsafeMutablePointer<Entry>) -> UnsafeMutablePointer<Entry> {
        entries + Int(entry.pointee.group)
    }

    /// The name alone, escaped for JSON, without quotes.
    func putName(of key: UInt32, into out: inout Arena) {
        let entry = entries[Int(key)]
        out.put(UnsafePointer(text.base) + Int(entry.start) + 2, Int(entry.length) - 4)
    }

    @inline(never) private mutating func startAnew(_ generation: UInt32) {
        self.generation = generation
        entries.deallocate()
        capacity = Self.firstCapacity
        entries = .allocate(capacity: capacity)
        entries.initialize(repeating: Entry(), count: capacity)
        text = Arena(capacity: 16 * 1024)
        groups.removeAll()
        stamp = 0
    }

    @inline(never) private mutating func add(_ key: UInt32, _ keys: borrowing KeyTable) {
        if Int(key) >= capacity { grow(Int(key) + 1) }
        let parent = keys.entry(key).parent
        let parentGroup = parent == KeyTable.root ? KeyTable.root : entry(parent, keys).pointee.group
        let name = keys.withName(of: key) { AttributeName.name($0) }
        let groupName = GroupName(parent: parentGroup, name: name)
        let group = groups[groupName] ?? key
        groups[groupName] = group
        let start = text.count
        text.put(UInt8(ascii: ","))
        name.withUnsafeBufferPointer { text.appendQuoted($0) }
        text.put(UInt8(ascii: ":"))
        entries[Int(key)] = Entry(start: UInt32(start), length: UInt32(text.count - start), group: group)
    }

    private mutating func grow(_ count: Int) {
        let larger = max(capacity * 2, count)
        let memory = UnsafeMutablePointer<Entry>.allocate(capacity: larger)
        memory.initialize(repeating: Entry(), count: larger)
        memory.update(from: entries, count: capacity)
        entries.deallocate()
        entries = memory
        capacity = larger
    }
}
