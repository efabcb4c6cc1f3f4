/// What one worker has counted: golden signals per service, and what became of every line.
struct Observation: ~Copyable {
    /// Why a record goes to no output at all.
    enum DropReason: Int, CaseIterable {
        case dropRecord, withheld, filter

        /// The label value.
        var name: String {
            switch self {
            case .dropRecord: "redaction_rule"
            case .withheld: "redaction_failed"
            case .filter: "filter"
            }
        }
    }

    /// The counters of one service, `width` numbers in a row.
    private enum Group {
        static let levels = 0
        static let readRecords = 8
        static let readBytes = 16
        /// Lines with a trace id, with a request id only, with neither.
        static let correlated = 24
        /// Times replaced: year out of range, too far ahead.
        static let replaced = 27
        static let dropped = 29
        static let truncated = 32
        static let width = 40
    }

    private(set) var signals: GoldenSignals
    /// `Group.width` counters a service.
    private var services = Column<UInt64>(capacity: 16 * Group.width)
    /// JSON, logfmt, then the text formats in their order.
    private let formats = Column<UInt64>(repeating: 0, count: 2 + TextFormat.allCases.count)
    private var routes: RouteCache
    /// Ids that broke with what should be, by service, then by reason; few services ever have one.
    private var breaks: [UInt32: [UInt64]] = [:]
    private var latencies = ServiceLatencies()

    init(plan: RecordPlan) {
        signals = GoldenSignals(bounds: plan.latencyBounds, maximumSeries: plan.maximumSeries, otherService: 1)
        routes = RouteCache(templates: plan.routes)
    }

    /// A line of a service was read from an input.
    @inline(__always) mutating func read(_ service: UInt32, _ input: InputKind, bytes: Int) {
        let counters = counters(service)
        counters[Group.readRecords &+ Int(input.rawValue)] &+= 1
        counters[Group.readBytes &+ Int(input.rawValue)] &+= UInt64(truncatingIfNeeded: bytes)
    }

    /// A record of a service is kept from every output.
    mutating func dropped(_ service: UInt32, _ reason: DropReason) {
        counters(service)[Group.dropped &+ reason.rawValue] &+= 1
    }

    /// An impossible time was replaced by the source's.
    mutating func replacedTime(_ service: UInt32, isFuture: Bool) {
        counters(service)[Group.replaced &+ (isFuture ? 1 : 0)] &+= 1
    }

    /// Traces or ids of a service broke.
    @inline(never) mutating func broke(_ service: UInt32, _ reason: TraceContextFault, count: Int = 1) {
        let none = [UInt64](repeating: 0, count: TraceContextFault.allCases.count)
        breaks[service, default: none][Int(reason.rawValue)] &+= UInt64(count)
    }

    @inline(never) private mutating func broke(_ record: inout Record) {
        for fault in TraceContextFault.allCases where record.faults & 1 << UInt16(fault.rawValue) != 0 {
            broke(record.service, fault)
        }
    }

    /// A record is there; `isError` counts for requests.
    ///
    /// Its address is passed because a copy costs as much as the counting.
    @inline(__always) mutating func observe(_ record: inout Record, isError: Bool) {
        let counters = counters(record.service)
        counters[Group.levels &+ Int(record.level.rawValue)] &+= 1
        let kind = record.traceID != nil ? 0 : record.requestID.isEmpty ? 2 : 1
        counters[Group.correlated &+ kind] &+= 1
        formats.pointer(at: Self.index(record.format, record.textFormat)).pointee &+= 1
        if record.timeWasReplaced != .no { replacedTime(record.service, isFuture: record.timeWasReplaced == .future) }
        if record.faults != 0 { broke(&record) }
        if record.isCut { counters[Group.truncated] &+= 1 }
        guard record.status != 0 else { return }
        let base = record.line.base
        let method = Method.index(base + record.method.lowerBound, record.method.count)
        let statusClass = UInt64(UInt32(truncatingIfNeeded: record.status) / 100)
        let labels = GoldenSignals.labels(service: record.service, method: method, statusClass: statusClass)
        let slot = routes.slot(
            base + record.path.lowerBound,
            record.path.count,
            labels: labels,
            signals: &signals
        )
        let part = LatencySketch.part(of: record.latency)
        signals.observe(&record, labels, slot, isError: isError, part: part)
        if record.latency >= 0 { latencies.add(part: part, of: record.service) }
    }

    @inline(__always) private static func index(_ format: LineFormat, _ text: TextFormat) -> Int {
        switch format {
        case .json: 0
        case .logfmt: 1
        case .accessLog, .text: 2 &+ Int(text.rawValue)
        }
    }

    /// Where the counters of a service stand.
    @inline(__always) private mutating func counters(_ service: UInt32) -> UnsafeMutablePointer<UInt64> {
        let start = Int(service) &* Group.width
        if start >= services.count { meet(service) }
        return services.pointer(at: start)
    }

    @inline(never) private mutating func meet(_ service: UInt32) {
        while services.count <= Int(service) * Group.width { services.append(0, count: Group.width) }
    }

    // MARK: Snapshot

    /// Everything counted, with names in place of numbers.
    func snapshot(services names: borrowing NameTable, redactions: [SignalSnapshot.Redaction: UInt64]) -> SignalSnapshot
    {
        var snapshot = SignalSnapshot(bounds: signals.bounds)
        snapshot.redactions = redactions
        snapshot.limited = signals.limited
        snapshot.parsed = ["json": formats[0], "logfmt": formats[1]]
        for format in TextFormat.allCases where formats[2 + Int(format.rawValue)] > 0 || format == .text {
            snapshot.parsed[format.name] = formats[2 + Int(format.rawValue)]
        }
        for number in 0..<services.count / Group.width {
            let start = number * Group.width
            add(services.elements(start..<start + Group.width), names.name(UInt32(number)), to: &snapshot)
        }
        for (service, counts) in breaks {
            for fault in TraceContextFault.allCases where counts[Int(fault.rawValue)] > 0 {
                let key = SignalSnapshot.Labelled(service: names.name(service), label: "\(fault.name)")
                snapshot.breaks[key, default: 0] += counts[Int(fault.rawValue)]
            }
        }
        add(0..<signals.requests.count, durations: 0..<signals.durations.count, names, to: &snapshot)
        return snapshot
    }

    /// Takes out the series without an observation for so many calls, and gives what they had counted.
    mutating func expire(services names: borrowing NameTable, idle limit: UInt32) -> SignalSnapshot? {
        signals.beginEpoch()
        let requests = signals.idleRequests(for: limit)
        let durations = signals.idleDurations(for: limit)
        guard !requests.isEmpty || !durations.isEmpty else { return nil }
        var snapshot = SignalSnapshot(bounds: signals.bounds)
        add(requests, durations: durations, names, to: &snapshot)
        signals.remove(requests: requests, durations: durations)
        routes.removeAll()
        return snapshot
    }

    /// Adds some series by their numbers.
    private func add(
        _ requests: some Collection<Int>,
        durations: some Collection<Int>,
        _ names: borrowing NameTable,
        to snapshot: inout SignalSnapshot
    ) {
        // Every name becomes text once, not once for each of its series.
        let services = (0..<names.count).map { names.name(UInt32($0)) }
        let routes = (0..<signals.routes.count).map { signals.routes.name(UInt32($0)) }
        let classes = (0..<10).map { "\($0)xx" }
        snapshot.requests.reserveCapacity(requests.count)
        for series in requests {
            let labels = GoldenSignals.unpack(signals.requests.key(series))
            let key = SignalSnapshot.Request(
                service: services[Int(labels.service)],
                method: GoldenSignals.methods[labels.method],
                route: routes[Int(labels.route)],
                statusClass: classes[labels.statusClass]
            )
            let counts = signals.requestSeries[series]
            snapshot.requests[key, default: .init()].add(counts.count, counts.errors)
        }
        addDurations(durations, services, routes, to: &snapshot)
    }

    private func addDurations(
        _ durations: some Collection<Int>,
        _ services: [String],
        _ routes: [String],
        to snapshot: inout SignalSnapshot
    ) {
        let width = signals.bounds.count + 1
        snapshot.durations.reserveCapacity(durations.count)
        for series in durations {
            let labels = GoldenSignals.unpack(signals.durations.key(series))
            let key = SignalSnapshot.Request(
                service: services[Int(labels.service)],
                method: GoldenSignals.methods[labels.method],
                route: routes[Int(labels.route)],
                statusClass: ""
            )
            let range = series * width..<(series + 1) * width
            let own = SignalSnapshot.Durations(
                buckets: signals.buckets.elements(range),
                sum: signals.durationSeries[series].sum,
                exemplars: signals.exemplars.slots.elements(range).map(SignalSnapshot.Exemplar.init)
            )
            snapshot.durations[key] = snapshot.durations[key].map { $0 + own } ?? own
        }
    }

    /// The latencies of each service since the start.
    func latencies(services names: borrowing NameTable) -> [String: LatencySketch] {
        var found: [String: LatencySketch] = [:]
        latencies.forEach { found[names.name($0)] = $1 }
        return found
    }

    private func add(_ counters: [UInt64], _ name: String, to snapshot: inout SignalSnapshot) {
        for level in Level.allCases where counters[Group.levels + Int(level.rawValue)] > 0 {
            snapshot.records[.init(service: name, label: level.name), default: 0] +=
                counters[Group.levels + Int(level.rawValue)]
        }
        for input in InputKind.allCases where counters[Group.readRecords + Int(input.rawValue)] > 0 {
            let key = SignalSnapshot.Labelled(service: name, label: input.name)
            snapshot.readRecords[key, default: 0] += counters[Group.readRecords + Int(input.rawValue)]
            snapshot.readBytes[key, default: 0] += counters[Group.readBytes + Int(input.rawValue)]
        }
        for (index, kind) in ["trace", "request", "none"].enumerated() where counters[Group.correlated + index] > 0 {
            snapshot.correlated[.init(service: name, label: kind), default: 0] += counters[Group.correlated + index]
        }
        for (index, reason) in ["year", "future"].enumerated() where counters[Group.replaced + index] > 0 {
            snapshot.replacedTimes[.init(service: name, label: reason), default: 0] += counters[Group.replaced + index]
        }
        for reason in DropReason.allCases where counters[Group.dropped + reason.rawValue] > 0 {
            snapshot.dropped[reason.name, default: 0] += counters[Group.dropped + reason.rawValue]
        }
        if counters[Group.truncated] > 0 { snapshot.truncated[name, default: 0] += counters[Group.truncated] }
    }
}
