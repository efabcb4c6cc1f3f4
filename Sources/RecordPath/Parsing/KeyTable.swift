/// Every key that one worker has seen, as a small number with its meaning and redaction verdict.
///
/// A key is told apart by its parent and its bytes as they stand in the line, so `{"http":{"status":1}}` and
/// `{"status":1}` have different numbers and a dotted path each. What a key means is decided once, when it is
/// first seen; after that a lookup is one hash and one comparison.
struct KeyTable: ~Copyable {
    /// The parent of top-level keys.
    static let root: UInt32 = 0
    /// Keys kept at most; beyond, `insert` says so and the owner starts a new table.
    static let maximumKeys = 32_768
    /// Bytes of names and paths kept at most.
    static let maximumNameBytes = 4 << 20

    struct Entry: BitwiseCopyable {
        var hash: UInt64
        var parent: UInt32
        var nameStart: UInt32
        var nameLength: UInt32
        var pathStart: UInt32
        var pathLength: UInt32
        var meaning: Meaning
        /// Which of several fields with one meaning counts: the lowest.
        var rank: UInt8
        var verdict: UInt8
    }

    /// Where a key is found by its hash.
    private struct Slot: BitwiseCopyable {
        /// The upper half of the hash.
        var tag: UInt32
        /// 0: free.
        var key: UInt32
    }

    // Invariant of the pointers: `entries` has room for `capacity` keys, the first `count` are initialised; `slots` has
    // `mask + 1` entries, a power of two and more than twice as many as there are keys. Both belong to this value.
    private var entries: UnsafeMutablePointer<Entry>
    /// Keys so far; they are numbered 0, 1, 2, ….
    private(set) var count = 1
    private var capacity = 256
    private var slots: UnsafeMutablePointer<Slot>
    private var mask = 1023
    private var names = Arena(capacity: 16 * 1024)
    private let lexicon: FieldLexicon

    init(lexicon: FieldLexicon) {
        self.lexicon = lexicon
        slots = Self.makeSlots(mask + 1)
        entries = .allocate(capacity: capacity)
        let none = Entry(
            hash: 0,
            parent: 0,
            nameStart: 0,
            nameLength: 0,
            pathStart: 0,
            pathLength: 0,
            meaning: .other,
            rank: 255,
            verdict: 0
        )
        entries.initialize(to: none)
    }

    deinit {
        entries.deallocate()
        slots.deallocate()
    }

    private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
        let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
        slots.initialize(repeating: Slot(tag: 0, key: 0), count: count)
        return slots
    }

    /// Whether no key can be added any more.
    var isFull: Bool { count >= Self.maximumKeys || names.count >= Self.maximumNameBytes }

    /// Everything known of a key.
    @inline(__always) func entry(_ key: UInt32) -> Entry { entries[Int(key)] }

    /// Where everything known of a key stands; good until the next key is added.
    @inline(__always) func pointer(to key: UInt32) -> UnsafePointer<Entry> { UnsafePointer(entries + Int(key)) }

    /// The key as the line spells it, borrowed for the call.
    func withName<R>(of key: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let entry = entries[Int(key)]
        return body(UnsafeBufferPointer(start: names.base + Int(entry.nameStart), count: Int(entry.nameLength)))
    }

    /// The dotted path of a key, borrowed for the call.
    func withPath<R>(of key: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let entry = entries[Int(key)]
        return body(UnsafeBufferPointer(start: names.base + Int(entry.pathStart), count: Int(entry.pathLength)))
    }

    /// The number of a key under a parent; the first time it is made.
    ///
    /// 8 bytes behind the key are readable.
    @inline(__always) mutating func key(
        _ bytes: UnsafePointer<UInt8>,
        _ count: Int,
        parent: UInt32
    ) -> UInt32 {
        let hash = Bytes.hash(bytes, count, seed: UInt64(parent))
        let tag = UInt32(truncatingIfNeeded: hash &>> 32)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].key != 0 {
            if slots[slot].tag == tag {
                let known = entries + Int(slots[slot].key)
                if known.pointee.hash == hash, known.pointee.parent == parent,
                    Int(known.pointee.nameLength) == count,
                    Bytes.equal(names.base + Int(known.pointee.nameStart), bytes, count)
                {
                    return slots[slot].key
                }
            }
            slot = (slot &+ 1) & mask
        }
        return insert(UnsafeBufferPointer(start: bytes, count: count), parent: parent, hash: hash)
    }

    @inline(never) private mutating func insert(
        _ name: UnsafeBufferPointer<UInt8>,
        parent: UInt32,
        hash: UInt64
    ) -> UInt32 {
        let nameStart = names.count
        names.append(name)
        let pathStart = names.count
        let above = entries[Int(parent)]
        if above.pathLength > 0 {
            names.reserve(Int(above.pathLength))
            names.put(names.base + Int(above.pathStart), Int(above.pathLength))
            names.put(UInt8(ascii: "."))
        }
        names.append(name)
        let path = UnsafeBufferPointer(start: names.base + pathStart, count: names.count - pathStart)
        let sense = lexicon.sense(ofPath: path)
        let isInherited = above.verdict >= KeyVerdict.sensitive.rawValue && above.verdict != lexicon.pairVerdict
        let verdict = isInherited ? above.verdict : lexicon.verdict(ofKey: name)
        if count == capacity { grow() }
        (entries + count).initialize(
            to: Entry(
                hash: hash,
                parent: parent,
                nameStart: UInt32(nameStart),
                nameLength: UInt32(name.count),
                pathStart: UInt32(pathStart),
                pathLength: UInt32(path.count),
                meaning: sense.meaning,
                rank: sense.rank,
                verdict: verdict
            )
        )
        let key = UInt32(count)
        count += 1
        if count * 2 > mask { rehash() } else { place(key, hash) }
        return key
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    private mutating func place(_ key: UInt32, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].key != 0 { slot = (slot + 1) & mask }
        slots[slot] = Slot(tag: UInt32(truncatingIfNeeded: hash >> 32), key: key)
    }

    private mutating func rehash() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = Self.makeSlots(mask + 1)
        for key in 1..<count { place(UInt32(key), entries[key].hash) }
    }
}

/// Decides what keys mean; asked once per new key.
///
/// Immutable and shared by all workers.
package struct FieldLexicon: Sendable {
    /// What a key path stands for.
    package struct Sense: Sendable, Equatable {
        /// The canonical field.
        package var meaning: Meaning
        /// Which of several fields with one meaning counts: the lowest.
        package var rank: UInt8

        /// Makes a sense.
        package init(meaning: Meaning, rank: UInt8) {
            self.meaning = meaning
            self.rank = rank
        }
    }

    private let senseOfPath: @Sendable (UnsafeBufferPointer<UInt8>) -> Sense
    private let verdictOfKey: @Sendable (UnsafeBufferPointer<UInt8>) -> UInt8
    /// What `value` means: its neighbour decides about it, so nothing of that passes on to its members.
    let pairVerdict: UInt8?

    /// Makes a lexicon from the names table and the redaction policy's key rules.
    package init(
        sense: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Sense,
        verdict: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> UInt8
    ) {
        senseOfPath = sense
        verdictOfKey = verdict
        pairVerdict = Array("value".utf8).withUnsafeBufferPointer { key in
            let found = verdict(key)
            return found >= KeyVerdict.sensitive.rawValue ? found : nil
        }
    }

    func sense(ofPath path: UnsafeBufferPointer<UInt8>) -> Sense { senseOfPath(path) }

    func verdict(ofKey key: UnsafeBufferPointer<UInt8>) -> UInt8 { verdictOfKey(key) }
}
