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

    private typealias Group = ServiceCounts.Group

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
    /// What `take` has told of `signals.limited`.
    private var toldLimited: UInt64 = 0
    /// When `expire` was called, in epochs of `signals`.
    private var callEpochs: [UInt32] = []

    init(plan: RecordPlan) {
        signals = GoldenSignals(bounds: plan.latencyBounds, maximumSeries: plan.maximumSeries, otherService: 1)
        requests = RequestCache(templates: plan.routes, buckets: plan.latencyBounds.count + 1)
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
        let part = LatencySketch.part(of: record.latency)
        requests.count(&record, isError: isError, part: part, for: &signals)
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

    /// Everything counted since the last call, with names in place of the numbers of services; `now` as for `process`.
    mutating func take(services names: borrowing NameTable, now: Int64) -> SignalCounts {
        requests.settle(into: &signals)
        var counts = SignalCounts(series: signals.take(services: names, now: now))
        counts.rest.limited = signals.limited - toldLimited
        toldLimited = signals.limited
        for index in 0..<formats.count where formats[index] > 0 {
            counts.rest.parsed[Self.formatNames[index]] = formats[index]
            formats[index] = 0
        }
        for start in stride(from: 0, to: services.count, by: Group.width) {
            let own = UnsafeMutableBufferPointer(start: services.pointer(at: start), count: Group.width)
            guard own.contains(where: { $0 != 0 }) else { continue }
            counts.services.append(ServiceCounts(names.name(UInt32(start / Group.width)), own))
            own.update(repeating: 0)
        }
        for (service, reasons) in breaks {
            for fault in TraceContextFault.allCases where reasons[Int(fault.rawValue)] > 0 {
                let key = SignalSnapshot.Labelled(service: names.name(service), label: "\(fault.name)")
                counts.rest.breaks[key, default: 0] += reasons[Int(fault.rawValue)]
            }
        }
        breaks = [:]
        latencies.take { counts.latencies.append((names.name($0), $1)) }
        return counts
    }

    /// Forgets the series without an observation for so many calls.
    mutating func expire(idle limit: Int) {
        requests.settle(into: &signals)
        callEpochs.append(signals.epoch)
        guard callEpochs.count > limit else { return }
        if signals.removeIdle(before: callEpochs.removeFirst()) { requests.removeAll() }
    }
}
