/// What some objectives make of records, for each combination of all that they look at: expressions are evaluated
/// once for each, and after that a record costs one count, however many objectives there are.
///
/// A combination begins with service, status, level and latency class; the numbers of the texts that are looked at
/// (method, route, an attribute) stand behind, two in one key, further ones lead from combination to combination.
struct Combinations: ~Copyable {
    /// Combinations and steps to them that are kept; then new ones get no number.
    static let maximum = 1 << 16

    /// What is known of a combination.
    private struct Entry: BitwiseCopyable {
        /// Where its outcomes begin; negative: nobody has asked for them.
        var outcomes: Int32 = -1
        var service: UInt32 = 0
        /// The slot of time that is being counted, and the records in it; none: it is not among `counting`.
        var slot: UInt64 = 0
        var count: UInt64 = 0
    }

    private let classes: LatencyClasses
    private var index = KeyIndex()
    private var entries = Column<Entry>(capacity: 128)
    /// One byte an objective: 0 does not count, 1 good, 2 bad.
    private var outcomes = Column<UInt8>(capacity: 1024)
    /// Combinations with a count.
    private var counting = Column<UInt32>(capacity: 128)
    /// What was counted in slots that others have followed: combination in the upper half, slot in the lower.
    private var settled = CountTable()

    init(_ classes: consuming LatencyClasses) { self.classes = classes }

    /// Bits that service, status, level and latency class take: 14, 10, 3 and 7.
    static let baseBits = 34
    private static let textBits = 12
    /// A key has no room for a further text from here on.
    private static let fullBits = 48

    /// What a record's combination begins with.
    @inline(__always) func key(of record: UnsafePointer<Record>) -> UInt64 {
        UInt64(record.pointee.service) &<< 20 | UInt64(truncatingIfNeeded: record.pointee.status) &<< 10
            | UInt64(record.pointee.level.rawValue) &<< 7 | classes.number(of: record.pointee.latency)
    }

    /// Adds the number of a text to a key of `bits` bits; false where there are too many combinations.
    @inline(__always) mutating func append(_ text: Int, to key: inout UInt64, _ bits: inout Int) -> Bool {
        if bits > Self.fullBits {
            let combination = number(key)
            if combination < 0 { return false }
            // The highest bit tells such keys from those that begin with a service.
            key = 1 << 63 | UInt64(truncatingIfNeeded: combination)
            bits = Self.baseBits
        }
        key |= UInt64(truncatingIfNeeded: text) &<< UInt64(truncatingIfNeeded: bits)
        bits &+= Self.textBits
        return true
    }

    /// The combination of a key; negative where it is new.
    @inline(__always) func find(_ key: UInt64) -> Int { index.find(key) }

    /// The combination of a key; negative where it is new and there are too many.
    @inline(__always) mutating func number(_ key: UInt64) -> Int {
        let known = index.find(key)
        return known >= 0 ? known : add(key)
    }

    @inline(never) private mutating func add(_ key: UInt64) -> Int {
        guard index.count < Self.maximum else { return -1 }
        entries.append(Entry())
        return index.add(key)
    }

    @inline(__always) func hasOutcomes(_ combination: Int) -> Bool { entries[combination].outcomes >= 0 }

    /// Notes what each objective of the service makes of a combination.
    mutating func learn(_ combination: Int, service: UInt32, _ found: [Indicator.Outcome?]) {
        entries.pointer(at: combination).pointee.outcomes = Int32(outcomes.count)
        entries.pointer(at: combination).pointee.service = service
        for outcome in found { outcomes.append(outcome == nil ? 0 : outcome == .good ? 1 : 2) }
    }

    /// Counts a record of a combination that has outcomes.
    @inline(__always) mutating func count(_ combination: Int, slot: UInt64) {
        let entry = entries.pointer(at: combination)
        if entry.pointee.slot != slot || entry.pointee.count == 0 { begin(combination, slot) }
        entry.pointee.count &+= 1
    }

    @inline(never) private mutating func begin(_ combination: Int, _ slot: UInt64) {
        if entries[combination].count == 0 { counting.append(UInt32(combination)) } else { settle(combination) }
        entries.pointer(at: combination).pointee.slot = slot
    }

    private mutating func settle(_ combination: Int) {
        let entry = entries.pointer(at: combination)
        settled.add(UInt64(combination) << 32 | entry.pointee.slot, entry.pointee.count)
        entry.pointee.count = 0
    }

    /// Appends the events of everything counted since the last call; `members` gives the objectives of a service.
    mutating func expand(
        _ services: inout NameTable,
        into counts: inout [OutcomeCount],
        _ members: (UInt32) -> [Int]
    ) {
        for index in 0..<counting.count { settle(Int(counting[index])) }
        counting.removeAll()
        var sheet = OutcomeSheet()
        for number in 0..<settled.count {
            let (key, count) = settled[number]
            let entry = entries[Int(key >> 32)]
            sheet.add(
                count,
                entry.service,
                key & 0xFFFF_FFFF,
                outcomes.base + Int(entry.outcomes),
                width: members(entry.service).count
            )
        }
        sheet.write(&services, to: &counts, members)
        settled.removeAll()
        if index.count >= Self.maximum { forget() }
    }

    private mutating func forget() {
        index.removeAll()
        entries.removeAll()
        outcomes.removeAll()
    }
}
