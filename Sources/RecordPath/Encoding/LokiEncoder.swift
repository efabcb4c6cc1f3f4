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
    /// Streams of late records that are remembered: of weeks of backlog there is one for each hour.
    static let maximumLateStreams = 1024
    /// Streams before the tables of the worker start anew.
    static let maximumStreams = 8192

    /// One Loki stream: a label set and its entries since the last `take`.
    struct Stream: ~Copyable {
        var labels: [UInt8]
        var labelList: [(name: String, value: String)]
        /// A hash of the labels.
        let identity: UInt64
        var entries = Arena(capacity: 0)
        var records = 0
        var newest = Int64.min
        var recent = TieBreaker.Recent()

        init(_ selector: String, _ labelList: [(name: String, value: String)]) {
            labels = Array(selector.utf8)
            self.labelList = labelList
            identity = LokiEncoder.hash(labels)
        }
    }

    /// A source stream as this encoder sees it.
    private struct Source: ~Copyable {
        let origin: RedactedOrigin
        /// Structured metadata that never changes, encoded.
        var metadata = Arena(capacity: 256)
        /// Other sources may have the same metadata.
        let isShared: Bool
        /// The same for sources of the same metadata: Loki cannot tell their records apart by it.
        var print: UInt64 = 0
        /// A hash of its key.
        var identity: UInt64 = 0
    }

    let plan: LokiPlan
    /// What waits for `take`.
    private(set) var pending = Pending()
    /// Lines that were cut so far.
    private(set) var truncated: UInt64 = 0
    private var streams = Pool<Stream>()
    private var streamOfLabels: [String: Int] = [:]
    /// Streams of records that are too late for those of their labels; what is here may be forgotten.
    private var late = Pool<Stream>()
    private var lateOfLabels: [String: Int] = [:]
    /// Combinations of source, service and level, and the Loki stream of each.
    private var seriesIndex = KeyIndex()
    private var streamOfSeries = Column<Int>()
    private var placeOfSeries = Column<LokiPlace>()
    /// Of all workers.
    private let neighbours: LokiSources
    private let frontier: Int64
    private var sources = Pool<Source>()
    private var ties = TieBreaker()
    private var scratch = Arena(capacity: 4096)

    init(plan: LokiPlan, neighbours: LokiSources = LokiSources()) {
        self.plan = plan
        self.neighbours = neighbours
        frontier = neighbours.frontier
    }

    /// Adds a record of a source that `add(source:)` has made known.
    @inline(__always) mutating func append(_ record: inout Record, services: inout NameTable) {
        let series = series(of: &record, &services)
        let number = streamOfSeries[series]
        let place = placeOfSeries[series]
        var stream = streams.pointer(at: number)
        var order = TieBreaker.Order.older
        let isMoved = !place.isFirst || record.time <= frontier
        let wanted = isMoved ? place.moved(record.time) : place.kept(record.time)
        if wanted > stream.pointee.newest {
            order = .newest
            stream.pointee.newest = wanted
        } else if wanted == stream.pointee.newest {
            order = .same
        } else if record.time < stream.pointee.newest &- Self.backfillAge {
            stream = late.pointer(at: lateStream(&record, &services))
        }
        let line = cutLine(&record)
        let source = sources.pointer(at: record.source)
        let metadata = (record.traceID?.low ?? 0) ^ (record.spanID?.value ?? 0) ^ source.pointee.print
        let time =
            place.isCrowded
            ? neighbours.uniqueTime(wanted, place, stream.pointee.identity, line: line, metadata: metadata)
            : ties.uniqueTime(
                wanted,
                (order, place, isMoved),
                stream: stream.pointee.identity,
                recent: &stream.pointee.recent,
                line: line,
                metadata: metadata
            )
        let before = stream.pointee.entries.count
        switch plan.encoding {
        case .protobuf: writeProtobuf(&record, line, time, &source.pointee.metadata, to: &stream.pointee.entries)
        case .json: writeJSON(&record, line, time, &source.pointee.metadata, to: &stream.pointee.entries)
        }
        if time > stream.pointee.newest {
            stream.pointee.newest = time
            stream.pointee.recent.beginLatest()
        }
        stream.pointee.records &+= 1
        pending.records &+= 1
        pending.bytes &+= stream.pointee.entries.count &- before
        pending.oldest = min(pending.oldest, time)
        pending.newest = max(pending.newest, time)
    }

    /// The number of a record's combination of source, service and level.
    @inline(__always) private mutating func series(
        of record: inout Record,
        _ services: inout NameTable
    ) -> Int {
        let key =
            UInt64(truncatingIfNeeded: record.source) &<< 40 | UInt64(record.service) &<< 8
            | UInt64(record.level.rawValue)
        let series = seriesIndex.number(key)
        if series == streamOfSeries.count { addSeries(&record, &services) }
        return series
    }

    @inline(never) private mutating func addSeries(_ record: inout Record, _ services: inout NameTable) {
        let number = stream(&record, &services)
        let source = sources.pointer(at: record.source)
        streamOfSeries.append(number)
        placeOfSeries.append(
            neighbours.place(
                labels: streams.pointer(at: number).pointee.identity,
                metadata: source.pointee.print,
                source: source.pointee.identity,
                isShared: source.pointee.isShared
            )
        )
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0) { Bytes.mix($0 ^ UInt64($1), 0xA076_1D64_78BD_642F) }
    }

    /// Makes the next source known; sources are numbered 0, 1, 2, … as in the worker's table.
    mutating func add(source origin: RedactedOrigin) {
        var source = Source(origin: origin, isShared: !plan.structuredMetadata || origin.containerID == nil)
        if plan.structuredMetadata {
            for (name, value) in origin.metadata {
                switch plan.encoding {
                case .protobuf: Self.putProtobuf(name, value, &source.metadata)
                case .json: Self.putJSON(name, value, &source.metadata)
                }
            }
        }
        source.print = source.metadata.withBytes { Self.hash($0) }
        source.identity = Self.hash(origin.key.utf8)
        _ = sources.append(source)
    }

    /// The request body of everything since the last call, or nothing; counters start again.
    mutating func take(into body: inout Arena) {
        switch plan.encoding {
        case .protobuf: takeProtobuf(&body)
        case .json: takeJSON(&body)
        }
        pending = Pending()
        if late.count > Self.maximumLateStreams {
            late.removeAll()
            lateOfLabels.removeAll()
        }
    }

    /// Calls `body` with each stream that has entries, and empties it.
    mutating func takeStreams(_ body: (borrowing Stream) -> Void) {
        for number in 0..<(streams.count + late.count) {
            let stream = anyStream(number)
            guard stream.pointee.records > 0 else { continue }
            body(stream.pointee)
            stream.pointee.entries.removeAll()
            stream.pointee.records = 0
        }
    }

    /// The streams and behind them the late ones, numbered from 0.
    private func anyStream(_ number: Int) -> UnsafeMutablePointer<Stream> {
        number >= streams.count ? late.pointer(at: number - streams.count) : streams.pointer(at: number)
    }

    /// Whether there are so many streams that the worker's tables should start anew.
    var isFull: Bool { streams.count >= Self.maximumStreams }

    /// Gives back what a line took that was longer than `line`.
    ///
    /// When nothing waits, all streams together then keep at most `bytes` for their next entries.
    mutating func shrink(to bytes: Int, line: Int) {
        scratch.removeAll()
        scratch.shrink(to: line)
        guard pending.records == 0 else { return }
        var kept = 0
        for number in 0..<(streams.count + late.count) {
            let stream = anyStream(number)
            if kept + stream.pointee.entries.capacity > bytes { stream.pointee.entries.shrink(to: 0) }
            kept += stream.pointee.entries.capacity
        }
    }

    /// Forgets sources and streams, when the worker's tables start anew.
    ///
    /// Only after `take`.
    mutating func removeAll() {
        precondition(pending.records == 0)
        sources.removeAll()
        streams.removeAll()
        streamOfLabels.removeAll()
        late.removeAll()
        lateOfLabels.removeAll()
        seriesIndex.removeAll()
        streamOfSeries.removeAll()
        placeOfSeries.removeAll()
    }

    @inline(__always) private mutating func cutLine(
        _ record: inout Record
    ) -> (base: UnsafePointer<UInt8>, count: Int) {
        if record.line.count <= Self.maximumLineBytes, !record.isCut { return (record.line.base, record.line.count) }
        truncated += 1
        LineCut.cut(record, to: Self.maximumLineBytes, into: &scratch)
        return (UnsafePointer(scratch.base), scratch.count)
    }

    /// The Loki stream of a record's labels, made when it is new.
    @inline(never) private mutating func stream(_ record: inout Record, _ services: inout NameTable) -> Int {
        var list = labels(of: &record, &services)
        let text = LokiLabels.selector(&list)
        if let known = streamOfLabels[text] { return known }
        let number = streams.append(Stream(text, list))
        streamOfLabels[text] = number
        return number
    }

    /// The same for a late record; its stream bears the hour.
    @inline(never) private mutating func lateStream(_ record: inout Record, _ services: inout NameTable) -> Int {
        var list = labels(of: &record, &services)
        list.append(("martlet_backfill", LokiLabels.hour(record.time)))
        let text = LokiLabels.selector(&list)
        if let known = lateOfLabels[text] { return known }
        let number = late.append(Stream(text, list))
        lateOfLabels[text] = number
        return number
    }

    private mutating func labels(
        of record: inout Record,
        _ services: inout NameTable
    ) -> [(name: String, value: String)] {
        LokiLabels.list(
            plan: plan,
            origin: sources.pointer(at: record.source).pointee.origin,
            service: services.name(record.service),
            level: record.level
        )
    }
}
