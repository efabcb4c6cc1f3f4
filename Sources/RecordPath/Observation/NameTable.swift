/// Byte strings as small numbers: services, routes, label sets.
///
/// Numbers count up from 0 and are never reused.
struct NameTable: ~Copyable {
    private struct Entry: BitwiseCopyable {
        var hash: UInt64
        var start: UInt32
        var length: UInt32
    }

    private var entries = Column<Entry>()
    /// Number of a name plus one; 0: free.
    private var slots = Column<UInt32>(repeating: 0, count: 256)
    private var mask = 255
    private var names = Arena(capacity: 4096)
    /// Says whether there is room for a new name; nil: there is.
    var register: ServiceRegister?

    var count: Int { entries.count }

    /// The number of a name; negative where it is new.
    ///
    /// 32 bytes behind the name are readable.
    @inline(__always) func find(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        find(p, count, hash: Bytes.tableHash(p, count))
    }

    @inline(__always) private func find(_ p: UnsafePointer<UInt8>, _ count: Int, hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let number = Int(slots[slot]) &- 1
            let entry = entries.pointer(at: number)
            if entry.pointee.hash == hash, Int(entry.pointee.length) == count,
                Bytes.equal(names.base + Int(entry.pointee.start), p, count)
            {
                return number
            }
            slot = (slot &+ 1) & mask
        }
        return -1
    }

    /// The number of a name, made when it is new; nil when there are `limit` names already and this is none of them.
    ///
    /// 32 bytes behind the name are readable.
    @inline(__always) mutating func number(
        _ p: UnsafePointer<UInt8>,
        _ count: Int,
        limit: Int
    ) -> UInt32? {
        let hash = Bytes.tableHash(p, count)
        let known = find(p, count, hash: hash)
        if known >= 0 { return UInt32(truncatingIfNeeded: known) }
        guard entries.count < limit, register?.admits(hash: hash) ?? true else { return nil }
        return insert(UnsafeBufferPointer(start: p, count: count), hash: hash)
    }

    /// The number of a name given as text.
    mutating func number(_ name: String, limit: Int = .max) -> UInt32? {
        var arena = Arena(capacity: name.utf8.count)
        arena.append(name)
        return number(arena.base, arena.count, limit: limit)
    }

    /// The bytes of the name behind a number, good until the table changes.
    func bytes(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[Int(number)]
        return UnsafeBufferPointer(start: names.base + Int(entry.start), count: Int(entry.length))
    }

    /// The name behind a number.
    func name(_ number: UInt32) -> String {
        let entry = entries[Int(number)]
        return String(
            decoding: UnsafeBufferPointer(start: names.base + Int(entry.start), count: Int(entry.length)),
            as: UTF8.self
        )
    }

    /// A hash of the name behind a number, the same in every table.
    @inline(__always) func hash(_ number: UInt32) -> UInt64 { entries[Int(number)].hash }

    /// The number of the name with this hash; slow.
    func number(ofHash hash: UInt64) -> UInt32? {
        (0..<entries.count).first { entries[$0].hash == hash }.map { UInt32($0) }
    }

    @inline(never) private mutating func insert(_ name: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32 {
        let start = names.count
        names.append(name)
        entries.append(Entry(hash: hash, start: UInt32(start), length: UInt32(name.count)))
        if entries.count * 2 > slots.count {
            slots = Column(repeating: 0, count: slots.count * 2)
            mask = slots.count - 1
            for index in 0..<entries.count { place(UInt32(index + 1), entries[index].hash) }
        } else {
            place(UInt32(entries.count), hash)
        }
        return UInt32(entries.count - 1)
    }

    private mutating func place(_ value: UInt32, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = value
    }
}
