/// What one worker has counted: golden signals per service, and what became of every line.
struct Observation: ~Copyable {
    /// Why a record goes to no output at all.
    enum DropReason: Int, CaseIterable {
        case dropRecord, withheld

        /// The label value.
        var name: String { self == .dropRecord ? "redaction_rule" : "redaction_failed" }
    }

    /// Counters of one service.
    struct Service {
        var levels = SIMD8<UInt64>()
        var readRecords = SIMD8<UInt64>()
        var readBytes = SIMD8<UInt64>()
        /// Lines with a trace id, with a request id only, with neither.
        var correlated = SIMD4<UInt64>()
        /// Times replaced: year out of range, too far ahead.
        var replaced = SIMD2<UInt64>()
        var dropped = SIMD2<UInt64>()
        var truncated: UInt64 = 0
    }

    private(set) var signals: GoldenSignals
    /// Lines that an output had to cut.
    var truncated: UInt64 = 0
    private var services = Pool<Service>()
    private var formats = SIMD4<UInt64>()
    private var routes: RouteCache

    init(plan: RecordPlan) {
        signals = GoldenSignals(bounds: plan.latencyBounds, maximumSeries: plan.maximumSeries, otherService: 1)
        routes = RouteCache(templates: plan.routes)
    }

    /// A line was read from a stream.
    @inline(__always) mutating func read(_ stream: borrowing StreamState, bytes: Int) {
        let service = counters(stream.service)
        let input = Int(stream.input.rawValue)
        service.pointee.readRecords[input] &+= 1
        service.pointee.readBytes[input] &+= UInt64(truncatingIfNeeded: bytes)
    }

    /// A record is kept from every output.
    mutating func dropped(_ stream: borrowing StreamState, _ reason: DropReason) {
        counters(stream.service).pointee.dropped[reason.rawValue] &+= 1
    }

    /// An impossible time was replaced by the source's.
    mutating func replacedTime(_ service: UInt32, isFuture: Bool) {
        counters(service).pointee.replaced[isFuture ? 1 : 0] &+= 1
    }

    /// A record goes to the outputs.
    @inline(__always) mutating func observe(_ record: Record, _ stream: borrowing StreamState) {
        let service = counters(record.service)
        service.pointee.levels[Int(record.level.rawValue)] &+= 1
        let kind = record.traceID != nil ? 0 : record.requestID.isEmpty ? 2 : 1
        service.pointee.correlated[kind] &+= 1
        formats[Int(record.format.rawValue)] &+= 1
        if record.timeWasReplaced != .no { replacedTime(record.service, isFuture: record.timeWasReplaced == .future) }
        if record.isCut { service.pointee.truncated &+= 1 }
        guard record.status != 0 else { return }
        let base = record.line.base
        let route = routes.route(base + record.path.lowerBound, record.path.count, signals: &signals)
        let isError = record.status >= 500 || record.level.rawValue >= Level.error.rawValue
        signals.observe(
            service: record.service, method: Method.index(base + record.method.lowerBound, record.method.count),
            route: route, status: record.status, isError: isError, latency: record.latency)
    }

    @inline(__always) private mutating func counters(_ service: UInt32) -> UnsafeMutablePointer<Service> {
        while services.count <= Int(service) { _ = services.append(Service()) }
        return services.pointer(at: Int(service))
    }

    // MARK: Snapshot

    /// Everything counted, with names in place of numbers.
    func snapshot(services names: borrowing NameTable, redactions: [SignalSnapshot.Redaction: UInt64]) -> SignalSnapshot {
        var snapshot = SignalSnapshot(bounds: signals.bounds)
        snapshot.redactions = redactions
        snapshot.truncatedByOutput = truncated
        snapshot.limited = signals.limited
        for format in LineFormat.allCases { snapshot.parsed[format, default: 0] += formats[Int(format.rawValue)] }
        for number in 0..<services.count {
            let counters = services.pointer(at: number).pointee
            add(counters, names.name(UInt32(number)), to: &snapshot)
        }
        for series in 0..<signals.requests.count {
            let labels = GoldenSignals.unpack(signals.requests.key(series))
            let key = SignalSnapshot.Request(
                service: names.name(labels.service), method: GoldenSignals.methods[labels.method],
                route: signals.routes.name(labels.route), statusClass: "\(labels.statusClass)xx")
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
                service: names.name(labels.service), method: GoldenSignals.methods[labels.method],
                route: signals.routes.name(labels.route), statusClass: "")
            let buckets = Array(signals.buckets[series * width..<(series + 1) * width])
            snapshot.durations[key, default: .init(buckets: Array(repeating: 0, count: width))]
                .add(buckets, signals.sums[series])
        }
    }

    private func add(_ counters: Service, _ name: String, to snapshot: inout SignalSnapshot) {
        for level in Level.allCases where counters.levels[Int(level.rawValue)] > 0 {
            snapshot.records[.init(service: name, label: level.name), default: 0] += counters.levels[Int(level.rawValue)]
        }
        for input in InputKind.allCases where counters.readRecords[Int(input.rawValue)] > 0 {
            let key = SignalSnapshot.Labelled(service: name, label: input.name)
            snapshot.readRecords[key, default: 0] += counters.readRecords[Int(input.rawValue)]
            snapshot.readBytes[key, default: 0] += counters.readBytes[Int(input.rawValue)]
        }
        for (index, kind) in ["trace", "request", "none"].enumerated() where counters.correlated[index] > 0 {
            snapshot.correlated[.init(service: name, label: kind), default: 0] += counters.correlated[index]
        }
        for (index, reason) in ["year", "future"].enumerated() where counters.replaced[index] > 0 {
            snapshot.replacedTimes[.init(service: name, label: reason), default: 0] += counters.replaced[index]
        }
        for reason in DropReason.allCases where counters.dropped[reason.rawValue] > 0 {
            snapshot.dropped[reason.name, default: 0] += counters.dropped[reason.rawValue]
        }
        if counters.truncated > 0 { snapshot.truncated[name, default: 0] += counters.truncated }
    }
}

/// Request methods as small numbers.
enum Method {
    /// The index in `GoldenSignals.methods`; the last one for what is no method.
    @inline(__always) static func index(_ p: UnsafePointer<UInt8>, _ count: Int) -> Int {
        guard count > 0, count <= 8 else { return 9 }
        switch Bytes.prefix64(p, count) & 0xDFDF_DFDF_DFDF_DFDF {
        case 0x544547: return 0
        case 0x4441_4548: return 1
        case 0x5453_4F50: return 2
        case 0x545550: return 3
        case 0x48_4354_4150: return 4
        case 0x4554_454C_4544: return 5
        case 0x53_4E4F_4954_504F: return 6
        case 0x54_4345_4E4E_4F43: return 7
        case 0x45_4341_5254: return 8
        default: return 9
        }
    }
}

/// Route templates of paths, remembered by the path's hash: direct-mapped, so that it never grows.
struct RouteCache: ~Copyable {
    private static let slots = 4096

    private struct Slot {
        var hash: UInt64
        var route: UInt32
    }

    // Invariant: `slots` entries, never resized.
    private let entries: UnsafeMutablePointer<Slot>
    private let recogniser: RouteTemplate
    private var template: [UInt8] = Array(repeating: 0, count: RouteTemplate.maximumBytes)

    init(templates: [String]) {
        recogniser = RouteTemplate(templates: templates)
        entries = .allocate(capacity: Self.slots)
        entries.initialize(repeating: Slot(hash: 0, route: 0), count: Self.slots)
    }

    deinit { entries.deallocate() }

    /// The number of a path's template. 8 bytes behind the path are readable.
    @inline(__always) mutating func route(
        _ path: UnsafePointer<UInt8>, _ count: Int, signals: inout GoldenSignals
    ) -> UInt32 {
        let hash = Bytes.hash(path, count) | 1
        let slot = entries + Int(truncatingIfNeeded: hash &>> 12) & (Self.slots &- 1)
        if slot.pointee.hash == hash { return slot.pointee.route }
        let route = recognise(path, count, signals: &signals)
        slot.pointee = Slot(hash: hash, route: route)
        return route
    }

    @inline(never) private mutating func recognise(
        _ path: UnsafePointer<UInt8>, _ count: Int, signals: inout GoldenSignals
    ) -> UInt32 {
        let recogniser = recogniser
        return template.withUnsafeMutableBufferPointer { buffer in
            let length = recogniser.write(UnsafeBufferPointer(start: path, count: count), into: buffer)
            return signals.route(UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<length]))
        }
    }
}
