/// The record path for one line at a time, with everything that `martlet explain` shows.
///
/// Not for the hot path.
///
/// The steps are those of `RecordPath.take`, made of the same parts.
package struct Explainer: ~Copyable {
    private let plan: RecordPlan
    private let loki: LokiPlan
    private var streams = StreamTable()
    private var scanner = LineScanner()
    private var parser: LineParser
    private var redactor: Redactor
    private var correlator: Correlator
    private var documents: DocumentEncoder
    private let finder: LookAlikeFinder
    private let routes: RouteTemplates
    private var judge: RecordJudge
    /// Of the lines explained so far, as if they were one stream's: a log may begin with what its columns are.
    private var memory = LineMemory()
    private var text = Arena(capacity: 4096)
    private var edited = Arena(capacity: 4096)

    /// Makes an explainer; `loki` and `documents` stand in where the plan has no such output.
    package init(_ plan: RecordPlan, loki: LokiPlan, documents: DocumentPlan) {
        self.plan = plan
        self.loki = plan.loki ?? loki
        parser = LineParser(lexicon: plan.lexicon, formats: plan.formats)
        redactor = Redactor(policy: plan.redaction)
        finder = LookAlikeFinder(plan.redaction)
        correlator = Correlator(plan: plan)
        self.documents = DocumentEncoder(plan: documents)
        routes = RouteTemplates(templates: plan.routes)
        judge = RecordJudge(plan: plan)
    }

    /// What becomes of a line of a stream; `time` is the source's own.
    package mutating func explain(_ line: [UInt8], of source: SourceStream, time: Int64) -> Explanation {
        let origin = RedactedOrigin(source.origin, &redactor)
        let index = streams.add(source, origin: origin, scope: redactor.policy.scope(of: origin.service))
        documents.add(source: origin)
        let state = streams.pointer(at: index)
        put(line)
        var view = scanner.scan(UnsafePointer(text.base), text.count, tables: redactor.policy.kernelTables)
        parser.parse(view, memory: &memory, reference: time)
        let found = redactions(view, state.pointee.scope)
        let passage = redactor.pass(
            &view,
            parser: &parser,
            memory: &memory,
            reference: time,
            scope: state.pointee.scope,
            output: &edited
        )
        let safe: RedactedLine
        switch passage {
        case .clean(let line), .edited(let line): safe = line
        case .dropped: return .withheld("redaction_rule", found)
        case .withheld: return .withheld("redaction_failed", found)
        }
        let entry = RecordBatch.Line(
            offset: 0,
            length: UInt32(line.count),
            stream: 0,
            priority: 255,
            isCut: false,
            time: time,
            identity: (0, 0)
        )
        var record = Record(entry, of: safe, format: parser.format, stream: state)
        correlator.read(
            parser.canonical,
            priority: entry.priority,
            &record,
            stream: &state.pointee,
            services: &streams.services
        )
        if record.format.isText { correlator.readText(parser, &record) }
        var explanation = describe(record, found, origin)
        explanation.lookAlikes = lookAlikes(safe, parser.fields(of: view))
        explain(&record, view, &explanation)
        explanation.document = document(record, view)
        return explanation
    }

    /// What signals, SLOs and filter make of it.
    private mutating func explain(_ record: inout Record, _ view: LineView, _ explanation: inout Explanation) {
        explanation.isError = record.status != 0 && judge.isError(&record, of: view, &parser, &streams.services)
        explanation.outcomes = judge.outcomes(of: &record, view, &parser, &streams.services)
            .map { Explanation.Outcome(objective: $0.objective, isBad: $0.outcome == .bad) }
        if judge.judge(&record, of: view, &parser, &streams.services) { explanation.dropped = Explanation.filtered }
    }

    private mutating func put(_ line: [UInt8]) {
        text.removeAll()
        text.append(line)
        text.put(0x0A)
        text.truncate(to: line.count)
        guard !UTF8Repair.isValid(UnsafePointer(text.base), text.count) else { return }
        edited.removeAll()
        UTF8Repair.repair(UnsafePointer(text.base), text.count, into: &edited)
        text.removeAll()
        text.append(edited.bytes)
    }

    /// Findings with the innermost field that each stands in.
    private mutating func redactions(_ view: LineView, _ scope: RedactionScope) -> [Explanation.Redaction] {
        let fields = parser.fields(of: view)
        return redactor.findings(in: view, format: parser.format, fields: fields, service: scope).map { finding in
            let field = fields.last { Int($0.start) <= finding.start && finding.start < Int($0.end) }
            let path = field.map { field in
                parser.keys.withPath(of: field.key) { String(decoding: $0, as: UTF8.self) }
            }
            return .init(detector: finding.detector, field: path ?? "message", action: finding.action)
        }
    }

    /// What stayed although it looks like something, with the innermost field that each stands in.
    private func lookAlikes(_ line: RedactedLine, _ fields: UnsafeBufferPointer<Field>) -> [Explanation.Kept] {
        let field = { (at: Int) in fields.last { Int($0.start) <= at && at < Int($0.end) } }
        let found = finder.find(in: line) { field($0)?.verdict == KeyVerdict.protected.rawValue }
        return found.map { found in
            let path = field(found.range.lowerBound).map { field in
                parser.keys.withPath(of: field.key) { String(decoding: $0, as: UTF8.self) }
            }
            let text = UnsafeBufferPointer(start: line.base + found.range.lowerBound, count: found.range.count)
            return .init(
                detector: found.detector,
                field: path ?? "message",
                text: String(decoding: text, as: UTF8.self),
                reason: found.reason
            )
        }
    }

    private mutating func document(_ record: Record, _ view: LineView) -> String {
        documents.append(record, of: view, &parser, services: streams.services)
        var body = Arena(capacity: 4096)
        documents.take(.lines, into: &body)
        return String(decoding: body.bytes.dropLast(), as: UTF8.self)
    }

    private func describe(
        _ record: Record,
        _ redactions: [Explanation.Redaction],
        _ origin: RedactedOrigin
    ) -> Explanation {
        let line = record.line
        let piece = { (range: Range<Int>) in
            String(
                decoding: UnsafeBufferPointer(start: line.base + range.lowerBound, count: range.count),
                as: UTF8.self
            )
        }
        let escaped = record.format == .json ? .all : parser.canonical.escapedTexts(record)
        let text = { (range: Range<Int>, kind: EscapedTexts) in
            escaped.contains(kind) ? Self.unescaped(line.base, range) : piece(range)
        }
        let service = streams.services.name(record.service)
        var labels = LokiLabels.list(plan: loki, origin: origin, service: service, level: record.level)
        labels.sort { $0.name < $1.name }
        var metadata = origin.metadata.map { (name: $0.0, value: $0.1) }
        let traceID = record.traceID.map { Self.hex($0.high) + Self.hex($0.low) }
        let spanID = record.spanID.map { Self.hex($0.value) }
        if let traceID { metadata.append(("trace_id", traceID)) }
        if let spanID { metadata.append(("span_id", spanID)) }
        if !record.requestID.isEmpty { metadata.append(("request_id", piece(record.requestID))) }
        return Explanation(
            format: record.format == .json || record.format == .logfmt ? "\(record.format)" : record.textFormat.name,
            timestamp: record.time,
            level: record.level.name,
            message: text(record.message, .message),
            service: service,
            traceID: traceID,
            spanID: spanID,
            requestID: record.requestID.isEmpty ? nil : text(record.requestID, .requestID),
            method: record.method.isEmpty ? nil : text(record.method, .method),
            route: route(record),
            status: record.status == 0 ? nil : record.status,
            latencySeconds: record.latency < 0 ? nil : Double(record.latency) / 1e9,
            redactions: redactions,
            isError: false,
            line: piece(0..<line.count),
            lokiLabels: labels,
            lokiMetadata: loki.structuredMetadata ? metadata : [],
            document: "",
            dropped: nil
        )
    }

    private func route(_ record: Record) -> String? {
        guard !record.path.isEmpty else { return nil }
        var buffer = [UInt8](repeating: 0, count: RouteTemplates.maxBytes)
        let length = buffer.withUnsafeMutableBufferPointer { target in
            target.baseAddress.map {
                routes.write(record.line.base + record.path.lowerBound, record.path.count, to: $0)
            } ?? 0
        }
        return String(decoding: buffer[..<length], as: UTF8.self)
    }

    /// What a JSON string stands for.
    private static func unescaped(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) -> String {
        var view = Arena(capacity: 512)
        var map = OffsetMap()
        Unescaping.backslashes(Text(base, range.lowerBound, range.upperBound), isJSON: true, into: &view, map: &map)
        return String(decoding: UnsafeBufferPointer(start: view.base, count: view.count), as: UTF8.self)
    }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Explanation {
    /// A record that no output gets.
    static func withheld(_ reason: String, _ redactions: [Redaction]) -> Explanation {
        Explanation(
            format: "",
            timestamp: 0,
            level: "",
            message: "",
            service: "",
            redactions: redactions,
            isError: false,
            line: "",
            lokiLabels: [],
            lokiMetadata: [],
            document: "",
            dropped: reason
        )
    }
}
