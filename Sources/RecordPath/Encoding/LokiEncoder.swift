/// Builds the body of a Loki push request record by record, in protobuf (`logproto.PushRequest`) or JSON.
///
/// Entries gather per Loki stream, in one arena each; `take` puts the streams together. The wire format is
/// `pkg/push/push.proto` of Loki: PushRequest{1: Stream{1: labels, 2: Entry{1: Timestamp{1,2}, 2: line,
/// 3: LabelPair{1: name, 2: value}}}}.
struct LokiEncoder: ~Copyable {
    /// Lines are cut to this many bytes (Loki's `max_line_size`).
    static let maximumLineBytes = 262_144
    /// A record so many nanoseconds behind the newest of its stream goes to a backfill stream; Loki refuses what is
    /// an hour behind.
    static let backfillAge: Int64 = 30 * 60 * 1_000_000_000

    /// One Loki stream: a label set and its entries since the last `take`.
    private struct Stream: ~Copyable {
        var labels: [UInt8]
        var labelList: [(name: String, value: String)]
        var entries = Arena(capacity: 8 * 1024)
        var records = 0
        var newest = Int64.min
        var recent = TieBreaker.Recent()
    }

    /// A source stream as this encoder sees it.
    private struct Source: ~Copyable {
        /// Structured metadata that never changes, encoded.
        var metadata = Arena(capacity: 256)
    }

    let plan: LokiPlan
    /// What waits for `take`.
    private(set) var pending = Pending()
    /// Lines that were cut so far.
    private(set) var truncated: UInt64 = 0
    private var streams = Pool<Stream>()
    private var streamOfLabels: [String: Int] = [:]
    /// Combinations of source, service and level, and the Loki stream of each.
    private var seriesIndex = SeriesIndex()
    private var streamOfSeries: [Int] = []
    private var sources = Pool<Source>()
    private var ties = TieBreaker()
    private var scratch = Arena(capacity: 4096)

    init(plan: LokiPlan) { self.plan = plan }

    /// Adds a record of a source that `add(source:)` has made known.
    @inline(__always) mutating func append(
        _ record: Record,
        origin: borrowing RedactedOrigin,
        services: borrowing NameTable
    ) {
        let source = sources.pointer(at: record.source)
        let series = self.series(record)
        if series == streamOfSeries.count {
            streamOfSeries.append(stream(record, origin: origin, services: services, backfill: nil))
        }
        var number = streamOfSeries[series]
        var stream = streams.pointer(at: number)
        let isNewest = record.time > stream.pointee.newest
        if isNewest {
            stream.pointee.newest = record.time
        } else if record.time < stream.pointee.newest &- Self.backfillAge {
            number = self.stream(record, origin: origin, services: services, backfill: record.time)
            stream = streams.pointer(at: number)
        }
        let line = cutLine(record)
        let time = ties.uniqueTime(
            record.time,
            isNewest: isNewest,
            stream: number,
            recent: &stream.pointee.recent,
            line: line.base,
            count: line.count,
            metadata: (record.traceID?.low ?? 0) ^ (record.spanID?.value ?? 0) ^ UInt64(record.source) &<< 32
        )
        let before = stream.pointee.entries.count
        switch plan.encoding {
        case .protobuf:
            appendProtobuf(record, line, time, &stream.pointee.entries, source.pointee.metadata)
        case .json:
            appendJSON(record, line, time, &stream.pointee.entries, source.pointee.metadata)
        }
        stream.pointee.newest = max(stream.pointee.newest, time)
        stream.pointee.records &+= 1
        pending.records &+= 1
        pending.bytes &+= stream.pointee.entries.count &- before
        pending.oldest = min(pending.oldest, time)
    }

    @inline(__always) private mutating func series(_ record: Record) -> Int {
        let key =
            UInt64(truncatingIfNeeded: record.source) &<< 40 | UInt64(record.service) &<< 8
            | UInt64(record.level.rawValue)
        return seriesIndex.series(key, limit: .max) ?? 0
    }

    /// Makes the next source known; sources are numbered 0, 1, 2, … as in the worker's table.
    mutating func add(source origin: borrowing RedactedOrigin) {
        var source = Source()
        if plan.structuredMetadata {
            for (name, value) in origin.metadata { putMetadata(name, value, &source.metadata) }
        }
        _ = sources.append(source)
    }

    /// The request body of everything since the last call, or nothing; counters start again.
    mutating func take(into body: inout Arena) {
        switch plan.encoding {
        case .protobuf: takeProtobuf(&body)
        case .json: takeJSON(&body)
        }
        pending = Pending()
    }

    /// Forgets sources and streams, when the worker's tables start anew.
    ///
    /// Only after `take`.
    mutating func removeAll() {
        precondition(pending.records == 0)
        sources.removeAll()
        streams.removeAll()
        streamOfLabels.removeAll()
        seriesIndex = SeriesIndex()
        streamOfSeries = []
    }

    // MARK: Protobuf

    @inline(__always) private func appendProtobuf(
        _ record: Record,
        _ line: (base: UnsafePointer<UInt8>, count: Int),
        _ time: Int64,
        _ out: inout Arena,
        _ metadata: borrowing Arena
    ) {
        let (seconds, nanos) = Self.split(time)
        let timeLength = 2 &+ Arena.varintLength(seconds) &+ Arena.varintLength(nanos)
        var length = 2 &+ timeLength &+ 1 &+ Arena.varintLength(UInt64(line.count)) &+ line.count &+ metadata.count
        if plan.structuredMetadata {
            if record.traceID != nil { length &+= 2 &+ 46 &- 2 }
            if record.spanID != nil { length &+= 29 }
            if !record.requestID.isEmpty { length &+= Self.pairLength(10, record.requestID.count) }
        }
        out.reserve(length &+ 16)
        out.putHeader(field: 2, length: length)
        out.putHeader(field: 1, length: timeLength)
        out.put(0x08)
        out.putVarint(seconds)
        out.put(0x10)
        out.putVarint(nanos)
        out.putHeader(field: 2, length: line.count)
        out.put(line.base, line.count)
        out.put(UnsafePointer(metadata.base), metadata.count)
        guard plan.structuredMetadata else { return }
        if let trace = record.traceID {
            // 3: {1: "trace_id", 2: 32 bytes} up to the bytes.
            out.put(0x6361_7274_080A_2C1A, 0x2012_6469_5F65, count: 14)
            out.putHex(trace.high)
            out.putHex(trace.low)
        }
        if let span = record.spanID {
            // 3: {1: "span_id", 2: 16 bytes} up to the bytes.
            out.put(0x6E61_7073_070A_1B1A, 0x10_1264_695F, count: 13)
            out.putHex(span.value)
        }
        if !record.requestID.isEmpty {
            let value = record.requestID
            out.putHeader(field: 3, length: 12 &+ 1 &+ Arena.varintLength(UInt64(value.count)) &+ value.count)
            // 1: "request_id"
            out.put(0x7365_7571_6572_0A0A, 0x6469_5F74, count: 12)
            out.putHeader(field: 2, length: value.count)
            out.put(record.line.base + value.lowerBound, value.count)
        }
    }

    private mutating func takeProtobuf(_ body: inout Arena) {
        for index in 0..<streams.count {
            let stream = streams.pointer(at: index)
            guard stream.pointee.records > 0 else { continue }
            let labels = stream.pointee.labels.count
            let length = 1 + Arena.varintLength(UInt64(labels)) + labels + stream.pointee.entries.count
            body.putHeader(field: 1, length: length)
            body.putHeader(field: 1, length: labels)
            body.append(stream.pointee.labels)
            body.put(UnsafePointer(stream.pointee.entries.base), stream.pointee.entries.count)
            stream.pointee.entries.removeAll()
            stream.pointee.records = 0
        }
    }

    private static func pairLength(_ name: Int, _ value: Int) -> Int {
        let inside = 2 + name + 1 + Arena.varintLength(UInt64(value)) + value
        return 1 + Arena.varintLength(UInt64(inside)) + inside
    }

    @inline(__always) private static func split(_ time: Int64) -> (UInt64, UInt64) {
        let (quotient, remainder) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let seconds = remainder < 0 ? quotient &- 1 : quotient
        let nanos = remainder < 0 ? remainder &+ 1_000_000_000 : remainder
        return (UInt64(bitPattern: seconds), UInt64(bitPattern: nanos))
    }

    // MARK: JSON

    @inline(__always) private func appendJSON(
        _ record: Record,
        _ line: (base: UnsafePointer<UInt8>, count: Int),
        _ time: Int64,
        _ out: inout Arena,
        _ metadata: borrowing Arena
    ) {
        out.reserve(line.count &* 6 &+ metadata.count &+ 512)
        if out.count > 0 { out.put(UInt8(ascii: ",")) }
        out.put(UInt8(ascii: "["))
        out.put(UInt8(ascii: "\""))
        out.putDecimal(time)
        out.append(Self.afterTime)
        out.putEscaped(line.base, line.count)
        out.put(UInt8(ascii: "\""))
        guard plan.structuredMetadata else { return out.put(UInt8(ascii: "]")) }
        out.put(UInt8(ascii: ","))
        out.put(UInt8(ascii: "{"))
        let start = out.count
        out.put(UnsafePointer(metadata.base), metadata.count)
        if let trace = record.traceID {
            out.append(Self.traceKey)
            out.putHex(trace.high)
            out.putHex(trace.low)
            out.put(UInt8(ascii: "\""))
        }
        if let span = record.spanID {
            out.append(Self.spanKey)
            out.putHex(span.value)
            out.put(UInt8(ascii: "\""))
        }
        if !record.requestID.isEmpty {
            out.append(Self.requestKey)
            out.putEscaped(record.line.base + record.requestID.lowerBound, record.requestID.count)
            out.put(UInt8(ascii: "\""))
        }
        // Every pair brings a comma in front; the first one's is one too many.
        if out.count > start { out.base[start] = UInt8(ascii: " ") }
        out.put(UInt8(ascii: "}"))
        out.put(UInt8(ascii: "]"))
    }

    private mutating func takeJSON(_ body: inout Arena) {
        body.append("{\"streams\":[")
        var isFirst = true
        for index in 0..<streams.count {
            let stream = streams.pointer(at: index)
            guard stream.pointee.records > 0 else { continue }
            if !isFirst { body.put(UInt8(ascii: ",")) }
            isFirst = false
            body.append("{\"stream\":{")
            for (place, label) in stream.pointee.labelList.enumerated() {
                if place > 0 { body.put(UInt8(ascii: ",")) }
                body.appendQuoted(label.name)
                body.put(UInt8(ascii: ":"))
                body.appendQuoted(label.value)
            }
            body.append("},\"values\":[")
            body.put(UnsafePointer(stream.pointee.entries.base), stream.pointee.entries.count)
            body.append("]}")
            stream.pointee.entries.removeAll()
            stream.pointee.records = 0
        }
        body.append("]}")
    }

    private static let afterTime = Array("\",\"".utf8)
    private static let traceKey = Array(",\"trace_id\":\"".utf8)
    private static let spanKey = Array(",\"span_id\":\"".utf8)
    private static let requestKey = Array(",\"request_id\":\"".utf8)

    // MARK: Both

    private func putMetadata(_ name: String, _ value: String, _ out: inout Arena) {
        switch plan.encoding {
        case .protobuf:
            let (nameLength, valueLength) = (name.utf8.count, value.utf8.count)
            let inside =
                1 + Arena.varintLength(UInt64(nameLength)) + nameLength + 1
                + Arena.varintLength(UInt64(valueLength)) + valueLength
            out.putHeader(field: 3, length: inside)
            out.putHeader(field: 1, length: nameLength)
            out.append(name)
            out.putHeader(field: 2, length: valueLength)
            out.append(value)
        case .json:
            out.put(UInt8(ascii: ","))
            out.appendQuoted(name)
            out.put(UInt8(ascii: ":"))
            out.appendQuoted(value)
        }
    }

    @inline(__always) private mutating func cutLine(_ record: Record) -> (base: UnsafePointer<UInt8>, count: Int) {
        if record.line.count <= Self.maximumLineBytes, !record.isCut { return (record.line.base, record.line.count) }
        truncated += 1
        LineCut.cut(record, to: Self.maximumLineBytes, into: &scratch)
        return (UnsafePointer(scratch.base), scratch.count)
    }

    /// The Loki stream of a record's labels, made when it is new.
    ///
    /// With `backfill` it bears the hour of that time.
    @inline(never) private mutating func stream(
        _ record: Record,
        origin: borrowing RedactedOrigin,
        services: borrowing NameTable,
        backfill: Int64?
    ) -> Int {
        var list = LokiLabels.list(
            plan: plan,
            origin: origin,
            service: services.name(record.service),
            level: record.level
        )
        if let backfill { list.append(("martlet_backfill", LokiLabels.hour(backfill))) }
        let text = LokiLabels.selector(&list)
        if let known = streamOfLabels[text] { return known }
        let number = streams.append(Stream(labels: Array(text.utf8), labelList: list))
        streamOfLabels[text] = number
        return number
    }
}
