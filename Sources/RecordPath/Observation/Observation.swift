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
            case truncated = 32
        }

        // Invariant: `count` initialised numbers, ours alone.
        private static let count = 33
        private let counters: UnsafeMutablePointer<UInt64>

        init() {
            counters = .allocate(capacity: Self.count)
            counters.initialize(repeating: 0, count: Self.count)
        }

        deinit { counters.deallocate() }

        subscript(group: Group, index: Int) -> UInt64 {
            @inline(__always) get { counters[group.rawValue &+ index] }
            @inline(__always) nonmutating set { counters[group.rawValue &+ index] = newValue }
        }

        /// Hands the counters on, if any counted, and starts them anew.
        func take(_ body: (borrowing Service) -> Void) {
            guard (0..<Self.count).contains(where: { counters[$0] != 0 }) else { return }
            body(self)
            counters.update(repeating: 0, count: Self.count)
        }
    }

    private(set) var signals: GoldenSignals
    private var services = Pool<Service>()
    /// JSON, logfmt, then the text formats in their order.
    ///
    /// Invariant: `formatCount` initialised numbers, ours alone.
    private let formats: UnsafeMutablePointer<UInt64>
    private static let formatCount = formatNames.count
    private static let formatNames = ["json", "logfmt"] + TextFormat.allCases.map(\.name)
    private var routes: RouteCache
    /// Ids that broke with what should be, by service, then by reason; few services ever have one.
    private var breaks: [UInt32: [UInt64]] = [:]
    private var latencies = ServiceLatencies()
    /// What `takeSnapshot` has told of `signals.limited`.
    private var toldLimited: UInt64 = 0
    /// When `expire` was called, in epochs of `signals`.
    private var callEpochs: [UInt32] = []

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

    /// Traces or ids of a service broke.
    @inline(never) mutating func broke(_ service: UInt32, _ reason: TraceContextFault, count: Int = 1) {
        let none = [UInt64](repeating: 0, count: TraceContextFault.allCases.count)
        breaks[service, default: none][Int(reason.rawValue)] &+= UInt64(count)
    }

    @inline(never) private mutating func broke(_ record: Record) {
        for fault in TraceContextFault.allCases where record.faults & 1 << UInt16(fault.rawValue) != 0 {
            broke(record.service, fault)
        }
    }

    /// A record is there; `isError` counts for requests.
    @inline(__always) mutating func observe(_ record: Record, _ stream: borrowing StreamState, isError: Bool) {
        let service = counters(record.service)
        service.pointee[.levels, Int(record.level.rawValue)] &+= 1
        let kind = record.traceID != nil ? 0 : record.requestID.isEmpty ? 2 : 1
        service.pointee[.correlated, kind] &+= 1
        formats[Self.index(record.format, record.textFormat)] &+= 1
        if record.timeWasReplaced != .no { replacedTime(record.service, isFuture: record.timeWasReplaced == .future) }
        if record.faults != 0 { broke(record) }
        if record.isCut { service.pointee[.truncated, 0] &+= 1 }
        guard record.status != 0 else { return }
        let base = record.line.base
        let route = routes.route(base + record.path.lowerBound, record.path.count, signals: &signals)
        let method = Method.index(base + record.method.lowerBound, record.method.count)
        signals.observe(record, method: method, route: route, isError: isError)
        if record.latency >= 0 { latencies.add(record.latency, of: record.service) }
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

    /// Everything counted since the last call, with names in place of numbers.
    mutating func takeSnapshot(services names: borrowing NameTable) -> SignalSnapshot {
        var snapshot = SignalSnapshot(bounds: signals.bounds)
        snapshot.limited = signals.limited - toldLimited
        toldLimited = signals.limited
        for index in 0..<Self.formatCount where formats[index] > 0 {
            snapshot.parsed[Self.formatNames[index]] = formats[index]
            formats[index] = 0
        }
        for number in 0..<services.count {
            services.pointer(at: number).pointee.take { add($0, names.name(UInt32(number)), to: &snapshot) }
        }
        for (service, counts) in breaks {
            for fault in TraceContextFault.allCases where counts[Int(fault.rawValue)] > 0 {
                let key = SignalSnapshot.Labelled(service: names.name(service), label: "\(fault.name)")
                snapshot.breaks[key, default: 0] += counts[Int(fault.rawValue)]
            }
        }
        breaks = [:]
        latencies.take { snapshot.latencies[names.name($0), default: LatencySketch()] += $1 }
        signals.take(services: names, into: &snapshot)
        return snapshot
    }

    /// Forgets the series without an observation for so many calls.
    mutating func expire(idle limit: Int) {
        callEpochs.append(signals.epoch)
        guard callEpochs.count > limit else { return }
        if signals.removeIdle(before: callEpochs.removeFirst()) { routes.removeAll() }
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
        for (index, reason) in SignalSnapshot.timeReasons.enumerated() where counters[.replaced, index] > 0 {
            snapshot.replacedTimes[.init(service: name, label: reason), default: 0] += counters[.replaced, index]
        }
        for reason in DropReason.allCases where counters[.dropped, reason.rawValue] > 0 {
            snapshot.dropped[reason.name, default: 0] += counters[.dropped, reason.rawValue]
        }
        if counters[.truncated, 0] > 0 { snapshot.truncated[name, default: 0] += counters[.truncated, 0] }
    }
}
