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
    }

    /// A combination in a slot of time that is being counted.
    private struct Cell: BitwiseCopyable {
        /// No combination has all bits.
        var key = UInt64.max
        var slot: UInt32 = 0
        var count: UInt32 = 0
    }

    private static let cellBits = 10

    private let classes: LatencyClasses
    private var index = KeyIndex()
    private var entries = Column<Entry>(capacity: 128)
    /// One byte an objective: 0 does not count, 1 good, 2 bad.
    private var outcomes = Column<UInt8>(capacity: 1024)
    /// Direct-mapped by key, so that most records cost one look at one place.
    private let cells = Column<Cell>(repeating: Cell(), count: 1 << cellBits)
    /// The combination of each cell.
    private let combinationOfCell = Column<UInt32>(repeating: 0, count: 1 << cellBits)
    /// What was counted in cells that others have taken: combination in the upper half, slot in the lower.
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

    /// Counts a record of a key and slot that are being counted; false where they are not, see `begin`.
    @inline(__always) func count(_ key: UInt64, slot: UInt32) -> Bool {
        let cell = cells.pointer(at: Self.cell(of: key))
        guard cell.pointee.key == key, cell.pointee.slot == slot else { return false }
        cell.pointee.count &+= 1
        return true
    }

    /// Begins to count a key, whose combination has outcomes, in a slot of time.
    mutating func begin(_ key: UInt64, _ combination: Int, slot: UInt32) {
        let cell = Self.cell(of: key)
        settle(cell)
        cells[cell] = Cell(key: key, slot: slot, count: 1)
        combinationOfCell[cell] = UInt32(combination)
    }

    @inline(__always) private static func cell(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 - cellBits))
    }

    private mutating func settle(_ cell: Int) {
        guard cells[cell].count > 0 else { return }
        settled.add(UInt64(combinationOfCell[cell]) << 32 | UInt64(cells[cell].slot), UInt64(cells[cell].count))
        cells.pointer(at: cell).pointee.count = 0
    }

    /// Appends the events of everything counted since the last call; `members` gives the objectives of a service.
    mutating func expand(
        _ services: inout NameTable,
        into counts: inout [OutcomeCount],
        _ members: (UInt32) -> [Int]
    ) {
        for cell in 0..<cells.count { settle(cell) }
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
        for cell in 0..<cells.count { cells[cell] = Cell() }
    }
}
