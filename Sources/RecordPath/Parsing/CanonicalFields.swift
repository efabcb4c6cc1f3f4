/// Where the canonical fields of the current line are: one slot a meaning.
///
/// Invariant: `slots` holds one entry for each `Meaning`; only those whose bit is in `present` belong to the line.
struct CanonicalFields: ~Copyable {
    struct Slot {
        var start: UInt32
        var end: UInt32
        var kind: Field.Kind
        var rank: UInt8
    }

    private var slots: UnsafeMutablePointer<Slot>
    private(set) var present: UInt64 = 0

    init() {
        let count = Meaning.allCases.count
        slots = .allocate(capacity: count)
        slots.initialize(repeating: Slot(start: 0, end: 0, kind: .null, rank: 255), count: count)
    }

    deinit { slots.deallocate() }

    @inline(__always) mutating func removeAll() { present = 0 }

    @inline(__always) func has(_ meaning: Meaning) -> Bool {
        present & (1 &<< UInt64(meaning.rawValue)) != 0
    }

    /// The slot of a meaning that `has` confirmed.
    @inline(__always) func slot(_ meaning: Meaning) -> Slot { slots[Int(meaning.rawValue)] }

    @inline(__always) mutating func set(_ meaning: Meaning, _ slot: Slot) {
        slots[Int(meaning.rawValue)] = slot
        present |= 1 &<< UInt64(meaning.rawValue)
    }

    /// Takes a field unless it is null or one with a better name is there; of equal names the last wins.
    ///
    /// A list is no canonical value, but for a message's and those whose members are looked at.
    ///
    /// Without a branch that nobody can predict: which fields of a line mean something, where every line has other
    /// keys. What is not taken goes into the slot of `other`, which never counts.
    @inline(__always) mutating func offer(_ field: Field, rank: UInt8) {
        guard field.kind.rawValue < Field.Kind.null.rawValue || (field.kind == .array && field.meaning.mayBeList)
        else { return }
        let index = Int(field.meaning.rawValue)
        let isThere = present &>> UInt64(index) & 1
        let isWorse: UInt64 = slots[index].rank < rank ? 1 : 0
        let target = isThere & isWorse == 0 ? index : 0
        slots[target] = Slot(start: field.start, end: field.end, kind: field.kind, rank: rank)
        present = (present | 1 &<< UInt64(target)) & ~1
    }
}
