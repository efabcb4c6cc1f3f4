/// Everything that happens to a log line between an input and an output, top to bottom.
///
/// One worker owns one record path; a stream's lines all come to the same worker. Nothing here waits, locks, reads
/// a clock or allocates per line.
package struct RecordPath: ~Copyable {
    private let plan: RecordPlan
    private var streams: StreamTable
    private var scanner = LineScanner()
    private var parser: LineParser
    private var redactor: Redactor
    private var correlator: Correlator
    private(set) var observation: Observation
    /// None or one; a pool, because an optional of a value that cannot be copied cannot be borrowed.
    private var loki = Pool<LokiEncoder>(capacity: 1)
    /// None or one.
    private var documents = Pool<DocumentEncoder>(capacity: 1)
    private var repaired = Arena(capacity: 4096)
    private var edited = Arena(capacity: 4096)

    /// Makes the path of one worker.
    package init(_ plan: RecordPlan) {
        self.plan = plan
        streams = StreamTable(declaredServicesOnly: false)
        parser = LineParser(lexicon: plan.lexicon, formats: plan.formats)
        redactor = Redactor(policy: plan.redaction)
        correlator = Correlator(plan: plan)
        observation = Observation(plan: plan)
        if let loki = plan.loki { _ = self.loki.append(LokiEncoder(plan: loki)) }
        if let documents = plan.documents { _ = self.documents.append(DocumentEncoder(plan: documents)) }
    }

    /// Takes all lines of a batch all the way into the encoders.
    package mutating func process(_ batch: RecordBatch) {
        let sources = batch.streams.map { attach($0) }
        batch.bytes.withBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            for line in batch.lines {
                take(line, at: base + Int(line.offset), source: sources[Int(line.stream)])
            }
        }
    }

    /// One line, all the way.
    @inline(__always) private mutating func take(
        _ line: RecordBatch.Line,
        at text: UnsafePointer<UInt8>,
        source: Int
    ) {
        let stream = streams.pointer(at: source)
        observation.read(stream.pointee, bytes: Int(line.length))

        var view = scanner.scan(text, Int(line.length), tables: redactor.policy.kernelTables)
        if view.flags & LineFlag.nonASCII != 0, !UTF8Repair.isValid(view.base, view.count) { view = repair(view) }
        parse(view, stream, line.time)

        guard let safe = redact(&view, stream, line.time) else { return }

        var record = correlator.record(
            line,
            of: safe,
            format: parser.format,
            fields: parser.canonical,
            stream: &stream.pointee,
            source: source,
            services: &streams.services
        )
        if record.format.isText { correlator.readText(parser, &record) }
        observation.observe(record, stream.pointee)
        if loki.count > 0 {
            loki.pointer(at: 0).pointee.append(record, origin: stream.pointee.origin, services: streams.services)
        }
        if documents.count > 0 {
            documents.pointer(at: 0).pointee.append(record, of: view, &parser, services: streams.services)
        }
    }

    @inline(__always) private mutating func parse(
        _ view: LineView,
        _ stream: UnsafeMutablePointer<StreamState>,
        _ reference: Int64
    ) {
        if stream.pointee.shapeGeneration != parser.generation {
            stream.pointee.shapes.removeAll()
            stream.pointee.shapeGeneration = parser.generation
        }
        parser.parse(
            view,
            shapes: &stream.pointee.shapes,
            last: &stream.pointee.textFormat,
            reference: reference
        )
    }

    /// What may leave of the line, or nil when nothing may.
    ///
    /// An edited line is scanned and parsed again, so that what comes after sees redacted text only.
    @inline(__always) private mutating func redact(
        _ view: inout LineView,
        _ stream: UnsafeMutablePointer<StreamState>,
        _ reference: Int64
    ) -> RedactedLine? {
        if let safe = redactor.passUntouched(view, format: parser.format, needsLook: parser.needsLook) { return safe }
        let fields = parser.fields(of: view)
        edited.removeAll()
        switch redactor.pass(
            view,
            format: parser.format,
            fields: fields,
            scope: stream.pointee.scope,
            output: &edited
        )
        {
        case .clean(let safe): return safe
        case .edited:
            view = scanner.scan(UnsafePointer(edited.base), edited.count, tables: nil)
            parse(view, stream, reference)
            return redactor.passEdited(view)
        case .dropped:
            observation.dropped(stream.pointee, .dropRecord)
            return nil
        case .withheld:
            observation.dropped(stream.pointee, .withheld)
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
        return index
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
        if streams.isFull { startAnew() }
    }

    /// Streams are never taken out one by one; when there are too many, all tables that number them start again.
    ///
    /// Only called when the encoders are empty.
    private mutating func startAnew() {
        guard EncoderKind.allCases.allSatisfy({ pending($0).records == 0 }) else { return }
        streams.removeAll()
        if loki.count > 0 { loki.pointer(at: 0).pointee.removeAll() }
        if documents.count > 0 { documents.pointer(at: 0).pointee.removeAll() }
    }

    /// Everything counted so far, as values to be added up with other workers'.
    package func snapshot() -> SignalSnapshot {
        var snapshot = observation.snapshot(services: streams.services, redactions: redactor.namedCounts)
        if loki.count > 0 { snapshot.truncatedByOutput = loki.pointer(at: 0).pointee.truncated }
        if documents.count > 0 { snapshot.truncatedByOutput += documents.pointer(at: 0).pointee.truncated }
        return snapshot
    }
}
