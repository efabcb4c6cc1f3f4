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
    private let formats = Column<UInt64>(repeating: 0, count: formatNames.count)
    private static let formatNames = ["json", "logfmt"] + TextFormat.allCases.map(\.name)
    private var requests: RequestCache
    /// Ids that broke with what should be, by service, then by reason; few services ever have one.
    private var breaks: [UInt32: [UInt64]] = [:]
    private var latencies = ServiceLatencies()
    /// What `takeSnapshot` has told of `signals.limited`.
    private var toldLimited: UInt64 = 0
    /// When `expire` was called, in epochs of `signals`.
    private var callEpochs: [UInt32] = []

    init(plan: RecordPlan) {
        signals = GoldenSignals(bounds: plan.latencyBounds, maximumSeries: plan.maximumSeries, otherService: 1)
        requests = RequestCache(templates: plan.routes)
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
        let part = LatencySketch.part(of: record.latency)
        requests.count(&record, labels: labels, isError: isError, part: part, for: &signals)
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

    /// Everything counted since the last call, with names in place of numbers.
    mutating func takeSnapshot(services names: borrowing NameTable) -> SignalSnapshot {
        var snapshot = SignalSnapshot(bounds: signals.bounds)
        requests.settle(into: &signals)
        snapshot.limited = signals.limited - toldLimited
        toldLimited = signals.limited
        for index in 0..<formats.count where formats[index] > 0 {
            snapshot.parsed[Self.formatNames[index]] = formats[index]
            formats[index] = 0
        }
        for start in stride(from: 0, to: services.count, by: Group.width) {
            let counters = services.elements(start..<start + Group.width)
            guard counters.contains(where: { $0 != 0 }) else { continue }
            add(counters, names.name(UInt32(start / Group.width)), to: &snapshot)
            services.pointer(at: start).update(repeating: 0, count: Group.width)
        }
        for (service, counts) in breaks {
            for fault in TraceContextFault.allCases where counts[Int(fault.rawValue)] > 0 {
                let key = SignalSnapshot.Labelled(service: names.name(service), label: "\(fault.name)")
                snapshot.breaks[key, default: 0] += counts[Int(fault.rawValue)]
            }
        }
        breaks = [:]
        latencies.take { snapshot.latencies[names.name($0)] = $1 }
        signals.take(services: names, into: &snapshot)
        return snapshot
    }

    /// Forgets the series without an observation for so many calls.
    mutating func expire(idle limit: Int) {
        requests.settle(into: &signals)
        callEpochs.append(signals.epoch)
        guard callEpochs.count > limit else { return }
        if signals.removeIdle(before: callEpochs.removeFirst()) { requests.removeAll() }
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
        for (index, reason) in SignalSnapshot.timeReasons.enumerated() where counters[Group.replaced + index] > 0 {
            snapshot.replacedTimes[.init(service: name, label: reason), default: 0] += counters[Group.replaced + index]
        }
        for reason in DropReason.allCases where counters[Group.dropped + reason.rawValue] > 0 {
            snapshot.dropped[reason.name, default: 0] += counters[Group.dropped + reason.rawValue]
        }
        if counters[Group.truncated] > 0 { snapshot.truncated[name, default: 0] += counters[Group.truncated] }
    }
}
