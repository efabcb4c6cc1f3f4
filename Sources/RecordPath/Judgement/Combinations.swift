/// Everything that the expressions of a service can tell records apart by, as small numbers: expressions are
/// evaluated once for each combination, and after that a record costs one count.
///
/// A combination begins with service, status, level and latency class; every further text that expressions look at
/// (method, route, an attribute) leads from one combination to the next.
struct Combinations: ~Copyable {
    /// Combinations and steps to them that are kept; then those that are new are not.
    static let maximum = 1 << 16

    /// What is known of a combination.
    private struct Entry: BitwiseCopyable {
        /// Where its outcomes begin; negative: they were never asked for.
        var outcomes: Int32 = -1
        var service: UInt32 = 0
        /// The slot of time that is being counted, and the records in it.
        var slot: UInt64 = 0
        var count: UInt64 = 0
    }

    private var index = KeyIndex()
    private var entries = Column<Entry>(capacity: 128)
    /// One byte an objective: 0 does not count, 1 good, 2 bad.
    private var outcomes = Column<UInt8>(capacity: 1024)
    /// What was counted in slots that others have followed: combination in the upper half, slot in the lower.
    private var settled = CountTable()

    /// The first step.
    @inline(__always) static func key(of record: UnsafePointer<Record>, latencyClass: UInt64) -> UInt64 {
        UInt64(record.pointee.service) &<< 20 | UInt64(truncatingIfNeeded: record.pointee.status) &<< 10
            | UInt64(record.pointee.level.rawValue) &<< 7 | latencyClass
    }

    /// A further step: 9 bits of dimension, 13 of text.
    static func key(from combination: Int, dimension: Int, text: UInt32) -> UInt64 {
        1 << 63 | UInt64(dimension) << 45 | UInt64(text) << 32 | UInt64(combination)
    }

    /// The combination of a key; negative where it is new.
    @inline(__always) func find(_ key: UInt64) -> Int { index.find(key) }

    /// The combination of a key; nil where it is new and there are too many.
    mutating func number(_ key: UInt64) -> Int? {
        let known = index.find(key)
        guard known < 0 else { return known }
        guard index.count < Self.maximum else { return nil }
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
        if entry.pointee.slot != slot { settle(combination, next: slot) }
        entry.pointee.count &+= 1
    }

    @inline(never) private mutating func settle(_ combination: Int, next slot: UInt64) {
        let entry = entries.pointer(at: combination)
        if entry.pointee.count > 0 {
            settled.add(UInt64(combination) << 32 | entry.pointee.slot, entry.pointee.count)
        }
        entry.pointee.slot = slot
        entry.pointee.count = 0
    }

    /// Calls `body` with everything counted since the last call: service, slot, how many records, and a function
    /// that tells the outcome of an objective by its place among those of the service.
    mutating func take(_ body: (_ service: UInt32, _ slot: UInt64, _ count: UInt64, _ outcome: (Int) -> UInt8) -> Void)
    {
        for combination in 0..<entries.count where entries[combination].count > 0 {
            settle(combination, next: entries[combination].slot)
        }
        for (key, count) in zip(settled.keys, settled.counts) {
            let entry = entries[Int(key >> 32)]
            body(entry.service, key & 0xFFFF_FFFF, count) { outcomes[Int(entry.outcomes) + $0] }
        }
        settled.removeAll()
        if index.count >= Self.maximum { forget() }
    }

    private mutating func forget() {
        index.removeAll()
        entries.removeAll()
        outcomes.removeAll()
    }
}
