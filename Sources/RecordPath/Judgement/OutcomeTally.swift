/// Good and bad events of all objectives since the last batch boundary; one worker's share.
///
/// Most objectives look at what few values can be told apart by: level, status, latency, method, route, attributes
/// such as a region. For those a record costs one count of its combination, however many objectives there are.
/// Objectives that look at more are asked for every record.
struct OutcomeTally: ~Copyable {
    /// The objectives of one service.
    private struct Group {
        /// Told from the combination.
        var combined: [Int] = []
        /// The texts that combinations of this service are told apart by.
        var dimensions: [Dimension] = []
        /// Asked for every record.
        var general: [Int] = []
    }

    /// What `countKnown` needs to know of a service.
    private enum Traits {
        static let known: UInt8 = 1
        /// It has objectives.
        static let counts: UInt8 = 2
        /// They look at more than level, status and latency.
        static let looks: UInt8 = 4
    }

    private let plan: ObjectivePlan
    private let classes: LatencyClasses
    private let needs: [ExpressionNeeds]
    /// By service number.
    private var traits = Column<UInt8>()
    private var groups: [Group] = []
    private var combinations = Combinations()
    private var texts: DimensionTexts
    /// Service 14 bits, slot 30, objective 19, one bit for bad.
    private var outcomes = CountTable()
    private var places = KeyIndex()

    init(_ plan: ObjectivePlan, attributes: AttributeNames) {
        self.plan = plan
        texts = DimensionTexts(attributes: attributes.paths.count)
        var needs = plan.indicators.map(\.needs)
        if let classes = LatencyClasses(constants: needs.filter(\.isCombinable).flatMap(\.latencies)) {
            self.classes = classes
        } else {
            // With more thresholds than there are classes, those that look at latency are asked for every record.
            classes = LatencyClasses()
            for index in needs.indices where !needs[index].latencies.isEmpty { needs[index].isCombinable = false }
        }
        self.needs = needs
    }

    // MARK: Records in

    /// Counts a record whose combination is known already; false where `count` must look.
    @inline(__always) mutating func countKnown(
        _ record: UnsafePointer<Record>,
        _ services: inout NameTable
    ) -> Bool {
        let service = Int(record.pointee.service)
        let known = service < traits.count ? traits[service] : 0
        let traits = known != 0 ? known : meet(record.pointee.service, &services)
        guard traits & Traits.looks == 0 else { return false }
        guard traits & Traits.counts != 0 else { return true }
        let combination = combinations.find(firstKey(record))
        guard combination >= 0, combinations.hasOutcomes(combination) else { return false }
        combinations.count(combination, slot: Self.slot(record))
        return true
    }

    /// Counts a record for all objectives of its service.
    mutating func count(_ subject: RecordSubject) {
        let slot = Self.slot(subject.record)
        let service = Int(subject.record.pointee.service)
        if let combination = combination(subject) {
            if !combinations.hasOutcomes(combination) { learn(combination, service, subject) }
            combinations.count(combination, slot: slot)
        } else {
            for objective in groups[service].combined { ask(objective, service, slot, subject) }
        }
        for objective in groups[service].general { ask(objective, service, slot, subject) }
    }

    private mutating func ask(_ objective: Int, _ service: Int, _ slot: UInt64, _ subject: RecordSubject) {
        guard let outcome = plan.indicators[objective].outcome(of: subject) else { return }
        outcomes.add(UInt64(service) << 50 | slot << 20 | UInt64(objective) << 1 | (outcome == .bad ? 1 : 0))
    }

    /// The combination of a record; nil: a text of it has no number.
    private mutating func combination(_ subject: RecordSubject) -> Int? {
        guard var combination = combinations.number(firstKey(subject.record)) else { return nil }
        for dimension in groups[Int(subject.record.pointee.service)].dimensions {
            guard let text = texts.number(dimension, of: subject) else { return nil }
            let key = Combinations.key(from: combination, dimension: dimension.number, text: text)
            guard let next = combinations.number(key) else { return nil }
            combination = next
        }
        return combination
    }

    @inline(never) private mutating func learn(_ combination: Int, _ service: Int, _ subject: RecordSubject) {
        let found = groups[service].combined.map { plan.indicators[$0].outcome(of: subject) }
        combinations.learn(combination, service: UInt32(service), found)
    }

    @inline(__always) private func firstKey(_ record: UnsafePointer<Record>) -> UInt64 {
        Combinations.key(of: record, latencyClass: classes.number(of: record.pointee.latency))
    }

    @inline(__always) private static func slot(_ record: UnsafePointer<Record>) -> UInt64 {
        UInt64(max(0, record.pointee.time)) / UInt64(OutcomeCount.slotNanos)
    }

    @inline(never) private mutating func meet(_ service: UInt32, _ services: inout NameTable) -> UInt8 {
        while traits.count <= Int(service) {
            traits.append(0)
            groups.append(Group())
        }
        let indices = plan.indicesOfService(services.name(service))
        var group = Group()
        group.combined = indices.filter { needs[$0].isCombinable }
        group.general = indices.filter { !needs[$0].isCombinable }
        group.dimensions = Set(group.combined.flatMap { needs[$0].dimensions }).sorted { $0.number < $1.number }
        groups[Int(service)] = group
        traits[Int(service)] =
            Traits.known | (indices.isEmpty ? 0 : Traits.counts)
            | (group.general.isEmpty && group.dimensions.isEmpty ? 0 : Traits.looks)
        return traits[Int(service)]
    }

    // MARK: Outcomes of one record, for explain

    /// What a record is to each objective of its service that counts it.
    func outcomes(
        of subject: RecordSubject,
        service: String
    ) -> [(objective: Int, outcome: Indicator.Outcome)] {
        plan.indicesOfService(service).sorted().compactMap { objective in
            plan.indicators[objective].outcome(of: subject).map { (objective, $0) }
        }
    }

    // MARK: Counts out

    /// Everything counted since the last call.
    mutating func take(_ services: inout NameTable) -> [OutcomeCount] {
        var counts: [OutcomeCount] = []
        expand(&services, into: &counts)
        counts.removeAll { $0.good | $0.bad == 0 }
        for (key, count) in zip(outcomes.keys, outcomes.counts) {
            let objective = Int(key >> 1 & 0x7_FFFF)
            Self.append([objective], services.name(UInt32(key >> 50)), key >> 20 & 0x3FFF_FFFF, to: &counts)
            if key & 1 == 0 { counts[counts.count - 1].good = count } else { counts[counts.count - 1].bad = count }
        }
        outcomes.removeAll()
        return counts
    }

    /// Turns combinations into events: those of one service and slot lie together, one for each objective.
    private mutating func expand(_ services: inout NameTable, into counts: inout [OutcomeCount]) {
        var firsts: [Int] = []
        combinations.take { service, slot, count, outcome in
            let members = groups[Int(service)].combined
            let place = places.number(UInt64(service) << 32 | slot)
            if place == firsts.count {
                firsts.append(counts.count)
                Self.append(members, services.name(service), slot, to: &counts)
            }
            for offset in members.indices {
                let outcome = outcome(offset)
                if outcome == 1 { counts[firsts[place] + offset].good &+= count }
                if outcome == 2 { counts[firsts[place] + offset].bad &+= count }
            }
        }
        places.removeAll()
    }

    private static func append(
        _ objectives: [Int],
        _ service: String,
        _ slot: UInt64,
        to counts: inout [OutcomeCount]
    ) {
        let time = Int64(slot) * OutcomeCount.slotNanos
        for objective in objectives {
            counts.append(OutcomeCount(objective: objective, service: service, good: 0, bad: 0, time: time))
        }
    }
}
