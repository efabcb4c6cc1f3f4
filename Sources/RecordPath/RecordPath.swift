internal import CScan

/// Everything that happens to a log line between an input and an output, top to bottom.
///
/// One worker owns one record path; a stream's lines all come to the same worker. Nothing here waits, locks, reads
/// a clock or allocates per line.
package struct RecordPath: ~Copyable {
    /// Memory for lines of up to so many bytes is kept from group to group.
    private static let keptLineBytes = 64 * 1024

    private let observes: Bool
    private var streams: StreamTable
    private var scanner = LineScanner()
    private var parser: LineParser
    private var redactor: Redactor
    private var correlator: Correlator
    private var traces: TraceKeeper
    private(set) var observation: Observation
    private var judge: RecordJudge
    /// None or one; a pool, because an optional of a value that cannot be copied cannot be borrowed.
    private var loki = Pool<LokiEncoder>(capacity: 1)
    /// None or one.
    private var documents = Pool<DocumentEncoder>(capacity: 1)
    private let tap: RecordTap?
    /// None or one: only while somebody watches.
    private var tapping = Pool<TapEncoder>(capacity: 1)
    private var repaired = Arena(capacity: 4096)
    private var edited = Arena(capacity: 4096)
    private var open: OpenRecords
    /// Lines cut by outputs that `takeCounts` has told of.
    private var toldTruncated: UInt64 = 0
    private var shapeRoom: ShapeRoom

    /// Makes the path of one worker.
    package init(_ plan: RecordPlan) {
        observes = plan.observes
        tap = plan.tap
        streams = StreamTable(register: plan.services)
        parser = LineParser(lexicon: plan.lexicon, formats: plan.formats, keyBytes: plan.keyBytes)
        shapeRoom = ShapeRoom(plan.tables)
        redactor = Redactor(policy: plan.redaction)
        correlator = Correlator(plan: plan)
        traces = TraceKeeper(remember: plan.remember, entries: plan.idEntries, exchange: plan.exchange)
        observation = Observation(plan: plan)
        open = OpenRecords(choice: plan.multiline, heldBytesMax: plan.heldBytes)
        judge = RecordJudge(plan: plan)
        if let loki = plan.loki { _ = self.loki.append(LokiEncoder(plan: loki, neighbours: plan.lokiSources)) }
        if let documents = plan.documents { _ = self.documents.append(DocumentEncoder(plan: documents)) }
    }

    /// Takes all lines of a batch all the way into the encoders, but for those that may go on in the next batch.
    ///
    /// What waits is told by `number`, which counts batches, and waits from `now` on, in nanoseconds of a clock that
    /// never goes back.
    package mutating func process(_ batch: RecordBatch, number: UInt64 = 0, now: Int64 = 0) {
        let sources = batch.streams.map { attach($0) }
        open.begin(number, now: now)
        lookForWatchers(now)
        traces.beginBatch()
        batch.bytes.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            batch.lines.withUnsafeBufferPointer { lines in
                for index in 0..<lines.count {
                    let line = lines[index]
                    let text = base + Int(line.offset)
                    let source = sources[Int(line.stream)]
                    if open.passes(text, Int(line.length), streams.pointer(at: source).pointee.open) {
                        take(line, at: text, source: source)
                    } else {
                        join(line, at: text, in: base, source: source)
                    }
                }
            }
            keepOpenRecords(base)
        }
        traces.endBatch(streams.services) { observation.broke($0, $1, count: $2) }
        if !shapeRoom.holds(parser.shapeBytes, generation: parser.generation) {
            streams.forgetShapes()
            parser.forgotShapes()
        }
    }

    // MARK: Records of several lines

    /// Takes a line that may belong to a record of several.
    private mutating func join(
        _ line: RecordBatch.Line,
        at text: UnsafePointer<UInt8>,
        in base: UnsafePointer<UInt8>,
        source: Int
    ) {
        let stream = streams.pointer(at: source)
        let length = Int(line.length)
        let starts = open.startsRecord(text, length)
        let step = stream.pointee.open.joiner.take(text, length, now: line.time, startsRecord: starts)
        if step.closesOpen { release(source, in: base) }
        switch step.action {
        case .emit: takeAlone(line, at: text, source: source)
        case .open:
            stream.pointee.open.begin(line, batch: open.batch, now: open.now)
            guard !stream.pointee.open.isListed else { return }
            stream.pointee.open.isListed = true
            open.streams.append(source)
        case .append: stream.pointee.open.extend(line, in: base, now: open.now)
        case .appendAndClose:
            stream.pointee.open.extend(line, in: base, now: open.now)
            release(source, in: base)
        }
    }

    /// Hands a stream's open record on; `base` is where the batch begins that is being taken, if one is.
    private mutating func release(_ source: Int, in base: UnsafePointer<UInt8>?) {
        let stream = streams.pointer(at: source)
        takeAlone(stream.pointee.open.line, at: stream.pointee.open.text(in: base), source: source)
        stream.pointee.open.end()
    }

    /// At the end of a batch: copies what is open out of it.
    private mutating func keepOpenRecords(_ base: UnsafePointer<UInt8>) {
        guard !open.streams.isEmpty else { return }
        var held = 0
        for source in open.streams {
            let stream = streams.pointer(at: source)
            guard stream.pointee.open.joiner.isOpen else { continue }
            stream.pointee.open.keep(base)
            held += stream.pointee.open.heldBytes
        }
        if held > open.heldBytesMax || streams.isFull { _ = release(asOf: .max) } else { forgetClosed() }
    }

    private mutating func forgetClosed() {
        var open: [Int] = []
        for source in self.open.streams {
            let stream = streams.pointer(at: source)
            stream.pointee.open.isListed = stream.pointee.open.joiner.isOpen
            if stream.pointee.open.isListed { open.append(source) }
        }
        self.open.streams = open
    }

    /// Hands on the records that have waited long enough at `now` for lines that did not come; `.max`: all.
    ///
    /// True when there were any.
    package mutating func release(asOf now: Int64) -> Bool {
        var hasReleased = false
        for source in open.streams {
            let stream = streams.pointer(at: source)
            guard now == .max || open.patience(stream.pointee.open, now: now) <= 0,
                stream.pointee.open.joiner.close()
            else { continue }
            release(source, in: nil)
            hasReleased = true
        }
        if hasReleased { forgetClosed() }
        return hasReleased
    }

    /// The lines at the end of some streams that still wait.
    package var openTails: [OpenTail] {
        open.streams.map { source in
            let open = streams.pointer(at: source)
            return OpenTail(
                key: streams.keys[source],
                batch: open.pointee.open.batch,
                lines: open.pointee.open.joiner.openLines
            )
        }
    }

    /// Nanoseconds until `release` has something to do; nil: nothing waits.
    package func patience(now: Int64) -> Int64? {
        open.streams.map { open.patience(streams.pointer(at: $0).pointee.open, now: now) }.min()
    }

    /// `take` once more, for lines that are not on the straight way.
    @inline(never) private mutating func takeAlone(
        _ line: RecordBatch.Line,
        at text: UnsafePointer<UInt8>,
        source: Int
    ) {
        take(line, at: text, source: source)
    }

    // MARK: One line

    /// One line, all the way.
    @inline(__always) private mutating func take(
        _ line: RecordBatch.Line,
        at text: UnsafePointer<UInt8>,
        source: Int
    ) {
        let stream = streams.pointer(at: source)
        observation.read(stream.pointee.service, stream.pointee.input, bytes: Int(line.length))

        var view = scanner.scan(text, Int(line.length), tables: redactor.policy.kernelTables)
        if view.flags & LineFlag.nonASCII != 0, !UTF8Repair.isValid(view.base, view.count) { view = repair(view) }
        parser.parse(view, memory: &stream.pointee.memory, reference: line.time)

        guard let safe = redact(&view, stream, line.time) else { return }

        var record = Record(line, of: safe, format: parser.format, stream: stream)
        correlator.read(
            parser.canonical,
            priority: line.priority,
            &record,
            stream: &stream.pointee,
            services: &streams.services
        )
        if record.format.isText { correlator.readText(parser, &record) }
        traces.see(&record, &streams.services)
        if observes, observe(&record, view, stream.pointee.service) { return }
        if tapping.count > 0 { tapping.pointer(at: 0).pointee.show(&record, of: view, &parser, streams.services) }
        if loki.count > 0 { loki.pointer(at: 0).pointee.append(&record, services: &streams.services) }
        if documents.count > 0 {
            documents.pointer(at: 0).pointee.append(record, of: view, &parser, services: streams.services)
        }
    }

    /// Counts a record for signals and SLOs; true when no output gets it.
    @inline(__always) private mutating func observe(
        _ record: inout Record,
        _ view: LineView,
        _ service: UInt32
    ) -> Bool {
        let isError = record.status != 0 && judge.isError(&record, of: view, &parser, &streams.services)
        observation.observe(&record, isError: isError)
        if judge.judge(&record, of: view, &parser, &streams.services) {
            observation.dropped(service, .filter)
            return true
        }
        return false
    }

    /// What may leave of the line, or nil when nothing may.
    ///
    /// An edited line has been scanned and parsed again, so that what comes after sees redacted text only.
    @inline(__always) private mutating func redact(
        _ view: inout LineView,
        _ stream: UnsafeMutablePointer<StreamState>,
        _ reference: Int64
    ) -> RedactedLine? {
        let needsLook = parser.needsLook || stream.pointee.memory.keyBlock.isOpen
        if let safe = redactor.passUntouched(view, format: parser.format, needsLook: needsLook) { return safe }
        var last = view
        switch redactor.pass(
            &last,
            parser: &parser,
            memory: &stream.pointee.memory,
            reference: reference,
            scope: stream.pointee.scope,
            output: &edited
        )
        {
        case .clean(let safe): return safe
        case .edited(let safe):
            view = last
            return safe
        case .dropped:
            observation.dropped(stream.pointee.service, .dropRecord)
            return nil
        case .withheld:
            observation.dropped(stream.pointee.service, .withheld)
            return nil
        }
    }

    @inline(never) private mutating func repair(_ view: LineView) -> LineView {
        UTF8Repair.repair(view.base, view.count, into: &repaired)
        return scanner.scan(UnsafePointer(repaired.base), repaired.count, tables: redactor.policy.kernelTables)
    }

    private mutating func attach(_ stream: SourceStream) -> Int {
        if let known = streams.index(of: stream) { return known }
        let origin = RedactedOrigin(stream.origin, &redactor)
        let index = streams.add(stream, origin: origin, scope: redactor.policy.scope(of: origin.service))
        if loki.count > 0 { loki.pointer(at: 0).pointee.add(source: origin) }
        if documents.count > 0 { documents.pointer(at: 0).pointee.add(source: origin) }
        if tapping.count > 0 { tapping.pointer(at: 0).pointee.add(source: origin) }
        return index
    }

    /// Makes ready for those who watch the next batch.
    private mutating func lookForWatchers(_ now: Int64) {
        if tapping.count > 0 { tapping.removeAll() }
        guard let tap else { return }
        let watchers = tap.watchers(now: now)
        guard !watchers.isEmpty else { return }
        _ = tapping.append(TapEncoder(watchers, tap.documents))
        for index in 0..<streams.count {
            tapping.pointer(at: 0).pointee.add(source: streams.pointer(at: index).pointee.origin)
        }
    }

    // MARK: What has been encoded

    /// What waits in an encoder.
    package func pending(_ kind: EncoderKind) -> Pending {
        switch kind {
        case .loki: loki.count > 0 ? loki.pointer(at: 0).pointee.pending : Pending()
        case .opensearch: documents.count > 0 ? documents.pointer(at: 0).pointee.pending(.bulk) : Pending()
        case .archive: documents.count > 0 ? documents.pointer(at: 0).pointee.pending(.lines) : Pending()
        }
    }

    /// Appends the body of an encoder's next request to `body` and starts a new one.
    package mutating func take(_ kind: EncoderKind, into body: inout Arena) {
        switch kind {
        case .loki: if loki.count > 0 { loki.pointer(at: 0).pointee.take(into: &body) }
        case .opensearch: if documents.count > 0 { documents.pointer(at: 0).pointee.take(.bulk, into: &body) }
        case .archive: if documents.count > 0 { documents.pointer(at: 0).pointee.take(.lines, into: &body) }
        }
        if streams.isFull || (loki.count > 0 && loki.pointer(at: 0).pointee.isFull) { startAnew() }
    }

    /// The same after a line that is far longer than lines should be, when it had as many more keys.
    package mutating func forgetKeys() {
        parser.forgetKeys()
        if documents.count > 0 { documents.pointer(at: 0).pointee.forget(before: parser.generation) }
    }

    /// Gives back what lines took that were far longer than lines should be: encoders that are empty then hold at most
    /// `bytes` each.
    package mutating func shrink(to bytes: Int) {
        scanner.shrink(to: Self.keptLineBytes)
        repaired.removeAll()
        repaired.shrink(to: Self.keptLineBytes)
        edited.removeAll()
        edited.shrink(to: Self.keptLineBytes)
        parser.shrink(to: Self.keptLineBytes / 16)
        redactor.shrink(to: Self.keptLineBytes)
        // Doubling leaves Loki's streams twice their share of a request: two thirds of what `bytes` allows for one.
        if loki.count > 0 { loki.pointer(at: 0).pointee.shrink(to: bytes / 3 * 2, line: Self.keptLineBytes) }
        if documents.count > 0 { documents.pointer(at: 0).pointee.shrink(to: bytes) }
    }

    /// Streams are never taken out one by one; when there are too many, all tables that number them start again.
    ///
    /// Only called when the encoders are empty.
    private mutating func startAnew() {
        guard open.streams.isEmpty, EncoderKind.allCases.allSatisfy({ pending($0).records == 0 }) else { return }
        streams.removeAll()
        tapping.removeAll()
        if loki.count > 0 { loki.pointer(at: 0).pointee.removeAll() }
        if documents.count > 0 { documents.pointer(at: 0).pointee.removeAll() }
    }

    /// Good and bad events of the SLOs since the last call; asked for at batch boundaries.
    package mutating func takeOutcomes() -> [OutcomeCount] { judge.takeOutcomes(&streams.services) }

    /// Makes room: forgets request and latency series without an observation for so many calls.
    package mutating func expireSignals(idle limit: Int) { observation.expire(idle: limit) }

    /// Everything counted since the last call, to be added up.
    package mutating func takeCounts() -> SignalCounts {
        var counts = observation.take(services: streams.services, now: open.now)
        counts.rest.redactions = redactor.namedCounts
        redactor.resetCounts()
        var truncated: UInt64 = 0
        if loki.count > 0 { truncated = loki.pointer(at: 0).pointee.truncated }
        if documents.count > 0 { truncated += documents.pointer(at: 0).pointee.truncated }
        counts.rest.truncatedByOutput = truncated - toldTruncated
        toldTruncated = truncated
        return counts
    }
}
