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

    /// What a lookup needs; small, so that a thousand keys stay in the processor's first cache.
    struct Entry: BitwiseCopyable {
        /// The first eight bytes of a short key; the hash of a long one.
        fileprivate var low: UInt64
        /// The next eight bytes of a short key; 0 for a long one.
        fileprivate var high: UInt64
        var parent: UInt32
        /// Bytes of a short key; `longSize` for a long one.
        fileprivate var size: UInt8
        var meaning: Meaning
        /// Which of several fields with one meaning counts: the lowest.
        var rank: UInt8
        var verdict: UInt8
    }

    /// Where the bytes of a key stand in `names`.
    private struct Place: BitwiseCopyable {
        var nameStart: UInt32
        var nameLength: UInt32
        var pathStart: UInt32
        var pathLength: UInt32
    }

    /// Longer keys are compared byte by byte; shorter ones are two numbers, without a loop whose end nobody can predict.
    private static let shortBytes = 16
    private static let longSize: UInt8 = 255

    // Invariant of the pointers: `entries` has room for `capacity` keys, the first `count` are initialised; `slots` has
    // `mask + 1` entries, a power of two and more than four times as many as there are keys; `cuts` has `shortBytes`
    // bytes of ones and as many zeros, so that from `shortBytes - count` on it masks a key of `count` bytes. All belong
    // to this value.
    private var entries: UnsafeMutablePointer<Entry>
    private let cuts: UnsafeMutablePointer<UInt8>
    private var places = Column<Place>()
    /// Keys so far; they are numbered 0, 1, 2, ….
    private(set) var count = 1
    private var capacity = 256
    /// Where a key is found by its hash; 0: free.
    private var slots: UnsafeMutablePointer<UInt32>
    private var mask = 1023
    private var names = Arena(capacity: 16 * 1024)
    private let lexicon: FieldLexicon
    /// Bytes of names and paths kept at most.
    private let nameBytes: Int
    /// Nobody outside can make keys that meet in one slot.
    private let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    init(lexicon: FieldLexicon, nameBytes: Int) {
        self.lexicon = lexicon
        self.nameBytes = nameBytes
        slots = Self.makeSlots(mask + 1)
        entries = .allocate(capacity: capacity)
        cuts = .allocate(capacity: Self.shortBytes * 2)
        cuts.initialize(repeating: 0xFF, count: Self.shortBytes)
        (cuts + Self.shortBytes).initialize(repeating: 0, count: Self.shortBytes)
        entries.initialize(to: Entry(low: 0, high: 0, parent: 0, size: 0, meaning: .other, rank: 255, verdict: 0))
        places.append(Place(nameStart: 0, nameLength: 0, pathStart: 0, pathLength: 0))
    }

    deinit {
        entries.deallocate()
        cuts.deallocate()
        slots.deallocate()
    }

    private static func makeSlots(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        let slots = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        slots.initialize(repeating: 0, count: count)
        return slots
    }

    /// Whether no key can be added any more.
    var isFull: Bool { count >= Self.maximumKeys || names.count >= nameBytes }

    /// Everything known of a key.
    @inline(__always) func entry(_ key: UInt32) -> Entry { entries[Int(key)] }

    /// Where everything known of a key stands; good until the next key is added.
    @inline(__always) func pointer(to key: UInt32) -> UnsafePointer<Entry> { UnsafePointer(entries + Int(key)) }

    /// Bytes of a key as the line spells it.
    func nameLength(of key: UInt32) -> Int { Int(places[Int(key)].nameLength) }

    /// The key as the line spells it, borrowed for the call.
    func withName<R>(of key: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let place = places[Int(key)]
        return body(UnsafeBufferPointer(start: names.base + Int(place.nameStart), count: Int(place.nameLength)))
    }

    /// The dotted path of a key, borrowed for the call.
    func withPath<R>(of key: UInt32, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        let place = places[Int(key)]
        return body(UnsafeBufferPointer(start: names.base + Int(place.pathStart), count: Int(place.pathLength)))
    }

    /// The number of a key under a parent; the first time it is made.
    ///
    /// 16 bytes behind the key are readable.
    @inline(__always) mutating func key(
        _ bytes: UnsafePointer<UInt8>,
        _ count: Int,
        parent: UInt32
    ) -> UInt32 {
        guard count <= Self.shortBytes else { return longKey(bytes, count, parent: parent) }
        let cut = UnsafePointer(cuts + (Self.shortBytes &- count))
        let low = Bytes.load64(bytes) & Bytes.load64(cut)
        let high = Bytes.load64(bytes + 8) & Bytes.load64(cut + 8)
        let hash = shortHash(low, high, parent)
        let size = UInt8(truncatingIfNeeded: count)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let known = entries + Int(slots[slot])
            let others = (known.pointee.parent ^ parent) | UInt32(known.pointee.size ^ size)
            if (known.pointee.low ^ low) | (known.pointee.high ^ high) | UInt64(others) == 0 { return slots[slot] }
            slot = (slot &+ 1) & mask
        }
        let name = UnsafeBufferPointer(start: bytes, count: count)
        return insert(name, parent: parent, low: low, high: high, hash: hash)
    }

    @inline(never) private mutating func longKey(
        _ bytes: UnsafePointer<UInt8>,
        _ count: Int,
        parent: UInt32
    ) -> UInt32 {
        let hash = Bytes.hash(bytes, count, seed: seed.0 ^ UInt64(parent))
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let known = entries[Int(slots[slot])]
            if known.low == hash, known.parent == parent, known.size == Self.longSize,
                isName(of: slots[slot], bytes, count)
            {
                return slots[slot]
            }
            slot = (slot &+ 1) & mask
        }
        let name = UnsafeBufferPointer(start: bytes, count: count)
        return insert(name, parent: parent, low: hash, high: 0, hash: hash)
    }

    private func isName(of key: UInt32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        let place = places[Int(key)]
        return Int(place.nameLength) == count && Bytes.equal(names.base + Int(place.nameStart), bytes, count)
    }

    @inline(__always) private func shortHash(_ low: UInt64, _ high: UInt64, _ parent: UInt32) -> UInt64 {
        Bytes.mix(low ^ seed.0, high ^ seed.1 ^ UInt64(parent) &* 0x9E37_79B9_7F4A_7C15)
    }

    /// The hash of a key that is there.
    private func hash(of entry: Entry) -> UInt64 {
        entry.size == Self.longSize ? entry.low : shortHash(entry.low, entry.high, entry.parent)
    }

    @inline(never) private mutating func insert(
        _ name: UnsafeBufferPointer<UInt8>,
        parent: UInt32,
        low: UInt64,
        high: UInt64,
        hash: UInt64
    ) -> UInt32 {
        let nameStart = names.count
        names.append(name)
        let pathStart = names.count
        let above = entries[Int(parent)]
        let prefix = places[Int(parent)]
        if prefix.pathLength > 0 {
            names.reserve(Int(prefix.pathLength))
            names.put(names.base + Int(prefix.pathStart), Int(prefix.pathLength))
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
                low: low,
                high: high,
                parent: parent,
                size: name.count > Self.shortBytes ? Self.longSize : UInt8(name.count),
                meaning: sense.meaning,
                rank: sense.rank,
                verdict: verdict
            )
        )
        places.append(
            Place(
                nameStart: UInt32(nameStart),
                nameLength: UInt32(name.count),
                pathStart: UInt32(pathStart),
                pathLength: UInt32(path.count)
            )
        )
        let key = UInt32(count)
        count += 1
        if count * 4 > mask { rehash() } else { place(key, hash) }
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
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = key
    }

    private mutating func rehash() {
        slots.deallocate()
        mask = mask * 2 + 1
        slots = Self.makeSlots(mask + 1)
        for key in 1..<count { place(UInt32(key), hash(of: entries[key])) }
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
