/// Good and bad events of all objectives since the last batch boundary; one worker's share.
///
/// Most objectives look at level, status and latency alone. For those a record costs one count, of its (service,
/// slot, status, level, latency class), however many objectives there are: expressions are evaluated once for each
/// such combination, when the counts are handed over. Objectives that look at more are asked for every record.
struct OutcomeTally: ~Copyable {
    /// The objectives of one service.
    private struct Group {
        /// Told from level, status and latency.
        var numeric: [Int] = []
        /// Asked for every record.
        var general: [Int] = []
    }

    private let plan: ObjectivePlan
    private let classes: LatencyClasses
    private let isNumeric: [Bool]
    /// By service number: 0 not known yet, 1 none, else an index of `groups` plus 2.
    private var groupOfService: [UInt32] = []
    private var groups: [Group] = []
    /// Service 14 bits, slot 30, status 10, level 3, latency class 7.
    private var cells = CountTable()
    /// Service 14 bits, slot 30, objective 19, one bit for bad.
    private var outcomes = CountTable()

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

    /// Whether some objective of the record's service must see more than level, status and latency.
    @inline(__always) mutating func count(_ record: Record, _ services: borrowing NameTable) -> Bool {
        let group = group(of: record.service, services)
        guard group >= 2 else { return false }
        let place = Self.place(record)
        if !groups[Int(group) &- 2].numeric.isEmpty {
            let latency = classes.number(of: record.latency)
            cells.add(
                place | UInt64(record.status) &<< 10 | UInt64(record.level.rawValue) &<< 7 | latency
            )
        }
        return !groups[Int(group) &- 2].general.isEmpty
    }

    /// Asks the objectives of the record's service that must see more.
    mutating func count(_ record: Record, _ subject: RecordSubject) {
        let place = Self.place(record)
        for objective in groups[Int(groupOfService[Int(record.service)]) - 2].general {
            guard let outcome = plan.indicators[objective].outcome(of: subject) else { continue }
            outcomes.add(place | UInt64(objective) << 1 | (outcome == .bad ? 1 : 0))
        }
    }

    @inline(__always) private static func place(_ record: Record) -> UInt64 {
        let slot = UInt64(max(0, record.time)) / UInt64(OutcomeCount.slotNanos)
        return UInt64(record.service) &<< 50 | slot &<< 20
    }

    @inline(__always) private mutating func group(of service: UInt32, _ services: borrowing NameTable) -> UInt32 {
        if Int(service) < groupOfService.count, groupOfService[Int(service)] != 0 {
            return groupOfService[Int(service)]
        }
        return meet(service, services)
    }

    @inline(never) private mutating func meet(_ service: UInt32, _ services: borrowing NameTable) -> UInt32 {
        while groupOfService.count <= Int(service) { groupOfService.append(0) }
        let group = makeGroup(services.name(service))
        if let group { groups.append(group) }
        groupOfService[Int(service)] = group == nil ? 1 : UInt32(groups.count + 1)
        return groupOfService[Int(service)]
    }

    private func makeGroup(_ service: String) -> Group? {
        let indices = plan.indicesOfService(service)
        guard !indices.isEmpty else { return nil }
        return Group(numeric: indices.filter { isNumeric[$0] }, general: indices.filter { !isNumeric[$0] })
    }

    // MARK: Outcomes of one record, for explain

    /// What a record is to each objective of its service that counts it.
    mutating func outcomes(
        of record: Record,
        _ subject: RecordSubject,
        _ services: borrowing NameTable
    ) -> [(objective: Int, outcome: Indicator.Outcome)] {
        let group = group(of: record.service, services)
        guard group >= 2 else { return [] }
        let members = groups[Int(group) - 2].numeric + groups[Int(group) - 2].general
        return members.sorted().compactMap { objective in
            plan.indicators[objective].outcome(of: subject).map { (objective, $0) }
        }
    }

    // MARK: Counts out

    /// Everything counted since the last call.
    mutating func take(_ services: borrowing NameTable) -> [OutcomeCount] {
        if cells.isEmpty, outcomes.isEmpty { return [] }
        var counts: [OutcomeCount] = []
        expand(services, into: &counts)
        merge(services, into: &counts)
        cells.removeAll()
        outcomes.removeAll()
        return counts
    }

    /// Evaluates the objectives for every combination that was met.
    private func expand(_ services: borrowing NameTable, into counts: inout [OutcomeCount]) {
        var places: [UInt64: Int] = [:]
        for (key, count) in zip(cells.keys, cells.counts) {
            let service = UInt32(key >> 50)
            let subject = NumericSubject(
                level: Level(rawValue: UInt8(key >> 7 & 7)) ?? .none,
                status: Int(key >> 10 & 1023),
                latency: classes.latency(inClass: key & 127) ?? -1
            )
            let members = groups[Int(groupOfService[Int(service)]) - 2].numeric
            let place = key & ~0xF_FFFF
            let first = places[place] ?? counts.count
            if first == counts.count {
                places[place] = first
                for objective in members { counts.append(Self.empty(objective, place, services)) }
            }
            for (offset, objective) in members.enumerated() {
                switch plan.indicators[objective].outcome(of: subject) {
                case .good: counts[first + offset].good &+= count
                case .bad: counts[first + offset].bad &+= count
                case nil: break
                }
            }
        }
        counts.removeAll { $0.good | $0.bad == 0 }
    }

    private func merge(_ services: borrowing NameTable, into counts: inout [OutcomeCount]) {
        for (key, count) in zip(outcomes.keys, outcomes.counts) {
            var item = Self.empty(Int(key >> 1 & 0x7_FFFF), key & ~0xF_FFFF, services)
            if key & 1 == 0 { item.good = count } else { item.bad = count }
            counts.append(item)
        }
    }

    private static func empty(_ objective: Int, _ place: UInt64, _ services: borrowing NameTable) -> OutcomeCount {
        OutcomeCount(
            objective: objective,
            service: services.name(UInt32(place >> 50)),
            good: 0,
            bad: 0,
            time: Int64(place >> 20 & 0x3FFF_FFFF) * OutcomeCount.slotNanos
        )
    }
}
