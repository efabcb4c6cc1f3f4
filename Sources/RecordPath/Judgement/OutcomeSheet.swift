/// Adds up what combinations stand for: events of one service and slot lie together, three numbers an objective.
struct OutcomeSheet: ~Copyable {
    /// The objectives of a service in a slot of time.
    private struct Row: BitwiseCopyable {
        var service: UInt32
        var slot: UInt64
        var first: Int
    }

    private var places = KeyIndex()
    private var rows = Column<Row>()
    /// For each objective of a row: records that do not count, good ones, bad ones.
    private var tallies = Column<UInt64>(capacity: 256)

    /// Adds so many records; `outcomes` are those of `width` objectives, a byte each.
    @inline(__always) mutating func add(
        _ count: UInt64,
        _ service: UInt32,
        _ slot: UInt64,
        _ outcomes: UnsafePointer<UInt8>,
        width: Int
    ) {
        let place = places.number(UInt64(service) &<< 32 | slot)
        if place == rows.count {
            rows.append(Row(service: service, slot: slot, first: tallies.count))
            tallies.append(0, count: 3 * width)
        }
        let row = tallies.base + rows[place].first
        for objective in 0..<width { row[objective &* 3 &+ Int(outcomes[objective])] &+= count }
    }

    /// Appends the events of every row; `members` gives the objectives of a service.
    func write(
        _ services: inout NameTable,
        to counts: inout [OutcomeCount],
        _ members: (UInt32) -> [Int]
    ) {
        for index in 0..<rows.count {
            let row = rows[index]
            let service = services.name(row.service)
            for (offset, objective) in members(row.service).enumerated() {
                let (good, bad) = (tallies[row.first + offset * 3 + 1], tallies[row.first + offset * 3 + 2])
                guard good | bad != 0 else { continue }
                counts.append(
                    OutcomeCount(objective: objective, service: service, good: good, bad: bad, slot: row.slot)
                )
            }
        }
    }
}
