/// What one worker has counted: golden signals per service, and what became of every line.
struct Observation: ~Copyable {
    /// Why a record goes to no output at all.
    enum DropReason: Int, CaseIterable {
        case dropRecord, withheld

        /// The label value.
        var name: String { self == .dropRecord ? "redaction_rule" : "redaction_failed" }
    }

    /// Counters of one service: groups of numbers in one block of memory.
    ///
    /// Not SIMD vectors: adding to one element of a vector loads and stores all of it.
    private struct Service: ~Copyable {
        enum Group: Int {
            case levels = 0
            case readRecords = 8
            case readBytes = 16
            /// Lines with a trace id, with a request id only, with neither.
            case correlated = 24
            /// Times replaced: year out of range, too far ahead.
            case replaced = 27
            case dropped = 29
            case truncated = 31
        }

        // Invariant: 32 initialised numbers, ours alone.
        private let counters: UnsafeMutablePointer<UInt64>

        init() {
            counters = .allocate(capacity: 32)
            counters.initialize(repeating: 0, count: 32)
        }

        deinit { counters.deallocate() }

        subscript(group: Group, index: Int) -> UInt64 {
            @inline(__always) get { counters[group.rawValue &+ index] }
            @inline(__always) nonmutating set { counters[group.rawValue &+ index] = newValue }
        }
    }

    private(set) var signals: GoldenSignals
    private var services = Pool<Service>()
    /// JSON, logfmt, then the text formats in their order.
    ///
    /// Invariant: `formatCount` initialised numbers, ours alone.
    private let formats: UnsafeMutablePointer<UInt64>
    private static let formatCount = 2 + TextFormat.allCases.count
    private var routes: RouteCache

    init(plan: RecordPlan) {
        signals = GoldenSignals(bounds: plan.latencyBounds, maximumSeries: plan.maximumSeries, otherService: 1)
        routes = RouteCache(templates: plan.routes)
        formats = .allocate(capacity: Self.formatCount)
        formats.initialize(repeating: 0, count: Self.formatCount)
    }

    deinit { formats.deallocate() }

    /// A line was read from a stream.
    @inline(__always) mutating func read(_ stream: borrowing StreamState, bytes: Int) {
        let service = counters(stream.service)
        let input = Int(stream.input.rawValue)
        service.pointee[.readRecords, input] &+= 1
        service.pointee[.readBytes, input] &+= UInt64(truncatingIfNeeded: bytes)
    }

    /// A record is kept from every output.
    mutating func dropped(_ stream: borrowing StreamState, _ reason: DropReason) {
        counters(stream.service).pointee[.dropped, reason.rawValue] &+= 1
    }

    /// An impossible time was replaced by the source's.
    mutating func replacedTime(_ service: UInt32, isFuture: Bool) {
        counters(service).pointee[.replaced, isFuture ? 1 : 0] &+= 1
    }

    /// A record goes to the outputs.
    @inline(__always) mutating func observe(_ record: Record, _ stream: borrowing StreamState) {
        let service = counters(record.service)
        service.pointee[.levels, Int(record.level.rawValue)] &+= 1
        let kind = record.traceID != nil ? 0 : record.requestID.isEmpty ? 2 : 1
        service.pointee[.correlated, kind] &+= 1
        formats[Self.index(record.format, record.textFormat)] &+= 1
        if record.timeWasReplaced != .no { replacedTime(record.service, isFuture: record.timeWasReplaced == .future) }
        if record.isCut { service.pointee[.truncated, 0] &+= 1 }
        guard record.status != 0 else { return }
        let base = record.line.base
        let route = routes.route(base + record.path.lowerBound, record.path.count, signals: &signals)
        let isError = record.status >= 500 || record.level.rawValue >= Level.error.rawValue
        signals.observe(
            service: record.service,
            method: Method.index(base + record.method.lowerBound, record.method.count),
            route: route,
            status: record.status,
            isError: isError,
            latency: record.latency
        )
    }

    @inline(__always) private static func index(_ format: LineFormat, _ text: TextFormat) -> Int {
        switch format {
        case .json: 0
        case .logfmt: 1
        case .accessLog, .text: 2 &+ Int(text.rawValue)
        }
    }

    @inline(__always) private mutating func counters(_ service: UInt32) -> UnsafeMutablePointer<Service> {
        while services.count <= Int(service) { _ = services.append(Service()) }
        return services.pointer(at: Int(service))
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
        for number in 0..<services.count {
            add(services.pointer(at: number).pointee, names.name(UInt32(number)), to: &snapshot)
        }
        for series in 0..<signals.requests.count {
            let labels = GoldenSignals.unpack(signals.requests.key(series))
            let key = SignalSnapshot.Request(
                service: names.name(labels.service),
                method: GoldenSignals.methods[labels.method],
                route: signals.routes.name(labels.route),
                statusClass: "\(labels.statusClass)xx"
            )
            snapshot.requests[key, default: .init()].add(signals.requestCounts[series], signals.errorCounts[series])
        }
        addDurations(names, to: &snapshot)
        return snapshot
    }

    private func addDurations(_ names: borrowing NameTable, to snapshot: inout SignalSnapshot) {
        let width = signals.bounds.count + 1
        for series in 0..<signals.durations.count {
            let labels = GoldenSignals.unpack(signals.durations.key(series))
            let key = SignalSnapshot.Request(
                service: names.name(labels.service),
                method: GoldenSignals.methods[labels.method],
                route: signals.routes.name(labels.route),
                statusClass: ""
            )
            let buckets = Array(signals.buckets[series * width..<(series + 1) * width])
            snapshot.durations[key, default: .init(buckets: Array(repeating: 0, count: width))]
                .add(buckets, signals.sums[series])
        }
    }

    private func add(_ counters: borrowing Service, _ name: String, to snapshot: inout SignalSnapshot) {
        for level in Level.allCases where counters[.levels, Int(level.rawValue)] > 0 {
            snapshot.records[.init(service: name, label: level.name), default: 0] +=
                counters[.levels, Int(level.rawValue)]
        }
        for input in InputKind.allCases where counters[.readRecords, Int(input.rawValue)] > 0 {
            let key = SignalSnapshot.Labelled(service: name, label: input.name)
            snapshot.readRecords[key, default: 0] += counters[.readRecords, Int(input.rawValue)]
            snapshot.readBytes[key, default: 0] += counters[.readBytes, Int(input.rawValue)]
        }
        for (index, kind) in ["trace", "request", "none"].enumerated() where counters[.correlated, index] > 0 {
            snapshot.correlated[.init(service: name, label: kind), default: 0] += counters[.correlated, index]
        }
        for (index, reason) in ["year", "future"].enumerated() where counters[.replaced, index] > 0 {
            snapshot.replacedTimes[.init(service: name, label: reason), default: 0] += counters[.replaced, index]
        }
        for reason in DropReason.allCases where counters[.dropped, reason.rawValue] > 0 {
            snapshot.dropped[reason.name, default: 0] += counters[.dropped, reason.rawValue]
        }
        if counters[.truncated, 0] > 0 { snapshot.truncated[name, default: 0] += counters[.truncated, 0] }
    }
}
