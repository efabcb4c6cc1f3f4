/// Good and bad events of all objectives since the last batch boundary; one worker's share.
///
/// Most objectives look at level, status and latency alone. For those a record costs one count, of its (service,
/// slot, status, level, latency class), however many objectives there are: expressions are evaluated once for each
/// such combination. Objectives that look at more are asked for every record.
struct OutcomeTally: ~Copyable {
    /// The objectives of one service.
    private struct Group {
        /// Told from level, status and latency.
        var numeric: [Int] = []
        /// Asked for every record.
        var general: [Int] = []
    }

    /// What a service has, by its number, so that a record needs no look at the group.
    private enum Traits {
        static let known: UInt8 = 1
        static let numeric: UInt8 = 2
        static let general: UInt8 = 4
    }

    private let plan: ObjectivePlan
    private let classes: LatencyClasses
    private let isNumeric: [Bool]
    private var traits: [UInt8] = []
    /// By service number.
    private var groups: [Group] = []
    /// Service 14 bits, slot 30, status 10, level 3, latency class 7.
    private var cells = CountTable()
    /// Service 14 bits, slot 30, objective 19, one bit for bad.
    private var outcomes = CountTable()
    private var rows = OutcomeRows()
    private var places = KeyIndex()

    init(_ plan: ObjectivePlan) {
        self.plan = plan
        let needs = plan.indicators.map(\.needs)
        let constants = needs.filter(\.isNumeric).flatMap(\.latencies)
        let classes = LatencyClasses(constants: constants)
        self.classes = classes ?? .one
        // With more thresholds than there are classes, those that look at latency are asked for every record.
        isNumeric = needs.map { $0.isNumeric && (classes != nil || $0.latencies.isEmpty) }
    }

    // MARK: Records in

    /// Counts a record; true where some objective of its service must see more than level, status and latency.
    @inline(__always) mutating func count(_ record: Record, _ services: borrowing NameTable) -> Bool {
        let service = Int(record.service)
        let known = service < traits.count ? traits[service] : 0
        let traits = known != 0 ? known : meet(record.service, services)
        if traits & Traits.numeric != 0 {
            let state = UInt64(record.status) &<< 10 | UInt64(record.level.rawValue) &<< 7
            cells.add(Self.place(record) | state | classes.number(of: record.latency))
        }
        return traits & Traits.general != 0
    }

    /// Asks the objectives of the record's service that must see more.
    mutating func count(_ record: Record, _ subject: RecordSubject) {
        let place = Self.place(record)
        for objective in groups[Int(record.service)].general {
            guard let outcome = plan.indicators[objective].outcome(of: subject) else { continue }
            outcomes.add(place | UInt64(objective) << 1 | (outcome == .bad ? 1 : 0))
        }
    }

    @inline(__always) private static func place(_ record: Record) -> UInt64 {
        let slot = UInt64(max(0, record.time)) / UInt64(OutcomeCount.slotNanos)
        return UInt64(record.service) &<< 50 | slot &<< 20
    }

    @inline(never) private mutating func meet(_ service: UInt32, _ services: borrowing NameTable) -> UInt8 {
        while traits.count <= Int(service) {
            traits.append(0)
            groups.append(Group())
        }
        let indices = plan.indicesOfService(services.name(service))
        let group = Group(numeric: indices.filter { isNumeric[$0] }, general: indices.filter { !isNumeric[$0] })
        groups[Int(service)] = group
        traits[Int(service)] =
            Traits.known | (group.numeric.isEmpty ? 0 : Traits.numeric) | (group.general.isEmpty ? 0 : Traits.general)
        return traits[Int(service)]
    }

    // MARK: Outcomes of one record, for explain

    /// What a record is to each objective of its service that counts it.
    mutating func outcomes(
        of record: Record,
        _ subject: RecordSubject,
        _ services: borrowing NameTable
    ) -> [(objective: Int, outcome: Indicator.Outcome)] {
        plan.indicesOfService(services.name(record.service)).sorted().compactMap { objective in
            plan.indicators[objective].outcome(of: subject).map { (objective, $0) }
        }
    }

    // MARK: Counts out

    /// Everything counted since the last call.
    mutating func take(_ services: borrowing NameTable) -> [OutcomeCount] {
        if cells.counts.isEmpty, outcomes.counts.isEmpty { return [] }
        var counts: [OutcomeCount] = []
        expand(services, into: &counts)
        counts.removeAll { $0.good | $0.bad == 0 }
        merge(services, into: &counts)
        cells.removeAll()
        outcomes.removeAll()
        return counts
    }

    /// Turns combinations into events: those of one service and slot lie together, one for each objective.
    private mutating func expand(_ services: borrowing NameTable, into counts: inout [OutcomeCount]) {
        var firsts: [Int] = []
        for (key, count) in zip(cells.keys, cells.counts) {
            let service = UInt32(key >> 50)
            let members = groups[Int(service)].numeric
            let row = rows.row(UInt64(service) << 20 | key & 0xF_FFFF, members, plan.indicators, classes)
            let place = places.number(key >> 20)
            if place == firsts.count {
                firsts.append(counts.count)
                Self.append(members, key, services, to: &counts)
            }
            let first = firsts[place]
            for offset in 0..<members.count {
                let outcome = rows.outcomes[row &+ offset]
                if outcome == 1 { counts[first &+ offset].good &+= count }
                if outcome == 2 { counts[first &+ offset].bad &+= count }
            }
        }
        places.removeAll()
    }

    private static func append(
        _ objectives: [Int],
        _ key: UInt64,
        _ services: borrowing NameTable,
        to counts: inout [OutcomeCount]
    ) {
        let name = services.name(UInt32(key >> 50))
        let time = Int64(key >> 20 & 0x3FFF_FFFF) * OutcomeCount.slotNanos
        for objective in objectives {
            counts.append(OutcomeCount(objective: objective, service: name, good: 0, bad: 0, time: time))
        }
    }

    private func merge(_ services: borrowing NameTable, into counts: inout [OutcomeCount]) {
        for (key, count) in zip(outcomes.keys, outcomes.counts) {
            Self.append([Int(key >> 1 & 0x7_FFFF)], key, services, to: &counts)
            if key & 1 == 0 { counts[counts.count - 1].good = count } else { counts[counts.count - 1].bad = count }
        }
    }
}
