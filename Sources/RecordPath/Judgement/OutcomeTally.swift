/// Good and bad events of all objectives since the last batch boundary; one worker's share.
///
/// Most objectives look at what few values can be told apart by: some at level, status and latency alone, some at
/// method, route and attributes such as a region. For each of the two kinds a record costs one count of its
/// combination. Objectives that look at more are asked for every record.
struct OutcomeTally: ~Copyable {
    /// The objectives of one service.
    private struct Group {
        /// Told from level, status and latency.
        var numeric: [Int] = []
        /// Told from those and the texts of `dimensions`.
        var textual: [Int] = []
        /// Asked for every record.
        var general: [Int] = []
        /// Where the texts begin that textual combinations of this service are told apart by, and how many there are.
        var dimensions = 0..<0
    }

    /// What `countNumeric` needs to know of a service.
    private enum Traits {
        static let known: UInt8 = 1
        static let numeric: UInt8 = 2
        static let textual: UInt8 = 4
        static let general: UInt8 = 8
    }

    private let plan: ObjectivePlan
    private let needs: [ExpressionNeeds]
    /// By service number.
    private var traits = Column<UInt8>()
    private var groups: [Group] = []
    private var dimensions = Column<Dimension>()
    private var numeric: Combinations
    private var textual: Combinations
    private var texts: DimensionTexts
    /// Service 14 bits, slot 30, objective 19, one bit for bad.
    private var outcomes = CountTable()

    init(_ plan: ObjectivePlan, attributes: AttributeNames) {
        self.plan = plan
        texts = DimensionTexts(attributes: attributes.paths.count)
        var needs = plan.indicators.map(\.needs)
        numeric = Combinations(Self.classes(&needs) { $0.isNumeric })
        textual = Combinations(Self.classes(&needs) { $0.isCombinable && !$0.isNumeric })
        self.needs = needs
    }

    /// The latency classes of some objectives.
    ///
    /// With more thresholds than there may be classes, those that look at latency are asked for every record.
    private static func classes(
        _ needs: inout [ExpressionNeeds],
        _ isMember: (ExpressionNeeds) -> Bool
    ) -> LatencyClasses {
        if let classes = LatencyClasses(constants: needs.filter(isMember).flatMap(\.latencies)) { return classes }
        for index in needs.indices where isMember(needs[index]) && !needs[index].latencies.isEmpty {
            needs[index].isNumeric = false
            needs[index].isCombinable = false
        }
        return LatencyClasses()
    }

    // MARK: Records in

    /// Counts a record for the objectives that look at numbers alone; false where `count` must do what is left.
    @inline(__always) mutating func countNumeric(
        _ record: UnsafePointer<Record>,
        _ services: inout NameTable
    ) -> Bool {
        let service = Int(record.pointee.service)
        let known = service < traits.count ? traits[service] : 0
        let traits = known != 0 ? known : meet(record.pointee.service, &services)
        if traits & Traits.numeric != 0 {
            let key = numeric.key(of: record)
            let slot = Self.slot(record)
            if !numeric.count(key, slot: slot), !begin(key, record, slot) { return false }
        }
        return traits & (Traits.textual | Traits.general) == 0
    }

    /// Begins to count a numeric combination; false where there are too many.
    @inline(never) private mutating func begin(_ key: UInt64, _ record: UnsafePointer<Record>, _ slot: UInt32) -> Bool {
        let combination = numeric.number(key)
        guard combination >= 0 else { return false }
        if !numeric.hasOutcomes(combination) { learn(combination, record) }
        numeric.begin(key, combination, slot: slot)
        return true
    }

    private mutating func learn(_ combination: Int, _ record: UnsafePointer<Record>) {
        let subject = NumericSubject(
            level: record.pointee.level,
            status: record.pointee.status,
            latency: record.pointee.latency
        )
        let found = groups[Int(record.pointee.service)].numeric.map { plan.indicators[$0].outcome(of: subject) }
        numeric.learn(combination, service: record.pointee.service, found)
    }

    /// Counts a record for what `countNumeric` has left.
    mutating func count(_ subject: RecordSubject) {
        let slot = Self.slot(subject.record)
        let service = Int(subject.record.pointee.service)
        if traits[service] & Traits.numeric != 0, numeric.find(numeric.key(of: subject.record)) < 0 {
            for objective in groups[service].numeric { ask(objective, service, slot, subject) }
        }
        if traits[service] & Traits.textual != 0 { countTextual(service, slot, subject) }
        guard traits[service] & Traits.general != 0 else { return }
        for objective in groups[service].general { ask(objective, service, slot, subject) }
    }

    private mutating func countTextual(_ service: Int, _ slot: UInt32, _ subject: RecordSubject) {
        // Escapes are rare, and reading them is the expressions' own business.
        if !subject.hasEscapes, let key = key(of: subject, groups[service].dimensions) {
            if textual.count(key, slot: slot) { return }
            let combination = textual.number(key)
            if combination >= 0 {
                if !textual.hasOutcomes(combination) { learn(combination, service, subject) }
                return textual.begin(key, combination, slot: slot)
            }
        }
        for objective in groups[service].textual { ask(objective, service, slot, subject) }
    }

    private mutating func ask(_ objective: Int, _ service: Int, _ slot: UInt32, _ subject: RecordSubject) {
        guard let outcome = plan.indicators[objective].outcome(of: subject) else { return }
        outcomes.add(UInt64(service) << 50 | UInt64(slot) << 20 | UInt64(objective) << 1 | (outcome == .bad ? 1 : 0))
    }

    /// The key of a record's textual combination; nil: a text of it has no number.
    private mutating func key(of subject: RecordSubject, _ range: Range<Int>) -> UInt64? {
        var key = textual.key(of: subject.record)
        var bits = Combinations.baseBits
        for index in range {
            let text = texts.number(dimensions[index], of: subject)
            if text < 0 || !textual.append(text, to: &key, &bits) { return nil }
        }
        return key
    }

    @inline(never) private mutating func learn(_ combination: Int, _ service: Int, _ subject: RecordSubject) {
        let found = groups[service].textual.map { plan.indicators[$0].outcome(of: subject) }
        textual.learn(combination, service: UInt32(service), found)
    }

    @inline(__always) private static func slot(_ record: UnsafePointer<Record>) -> UInt32 {
        UInt32(truncatingIfNeeded: UInt64(max(0, record.pointee.time)) / UInt64(OutcomeCount.slotNanos))
    }

    @inline(never) private mutating func meet(_ service: UInt32, _ services: inout NameTable) -> UInt8 {
        while traits.count <= Int(service) {
            traits.append(0)
            groups.append(Group())
        }
        let indices = plan.indicesOfService(services.name(service))
        var group = Group()
        group.numeric = indices.filter { needs[$0].isNumeric }
        group.textual = indices.filter { needs[$0].isCombinable && !needs[$0].isNumeric }
        group.general = indices.filter { !needs[$0].isCombinable }
        let first = dimensions.count
        let looked = Set(group.textual.flatMap { needs[$0].dimensions })
        for dimension in looked.sorted(by: { $0.number < $1.number }) { dimensions.append(dimension) }
        group.dimensions = first..<dimensions.count
        groups[Int(service)] = group
        traits[Int(service)] =
            Traits.known | (group.numeric.isEmpty ? 0 : Traits.numeric)
            | (group.textual.isEmpty ? 0 : Traits.textual) | (group.general.isEmpty ? 0 : Traits.general)
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
        let groups = groups
        numeric.expand(&services, into: &counts) { groups[Int($0)].numeric }
        textual.expand(&services, into: &counts) { groups[Int($0)].textual }
        for number in 0..<outcomes.count {
            let (key, count) = outcomes[number]
            let isBad = key & 1 != 0
            counts.append(
                OutcomeCount(
                    objective: Int(key >> 1 & 0x7_FFFF),
                    service: services.name(UInt32(key >> 50)),
                    good: isBad ? 0 : count,
                    bad: isBad ? count : 0,
                    slot: key >> 20 & 0x3FFF_FFFF
                )
            )
        }
        outcomes.removeAll()
        return counts
    }
}
