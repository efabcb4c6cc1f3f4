import RecordPath

/// Writes the canonical fields of one record as a line of JSON, read with the readers that the record path uses.
struct CanonicalReader: ~Copyable {
    private var inspector = LineInspector(lexicon: .plain)
    private var texts = TextParser()
    private var table = TextFieldTable()
    private var memory = TextMemory()
    private var times = TimestampReader()

    /// The record's format, the lines it has, and every canonical field that it has.
    mutating func read(_ record: [UInt8]) -> String {
        let line = inspector.inspect(record, forgetsShapes: true, reference: LoggerFixture.reference)
        var pairs: [(String, String)] = []
        var text = TextFormat.text
        let isText = line.format == .text || line.format == .accessLog
        table.removeAll()
        if isText {
            text = withExactBytes(record) {
                texts.parse($0, $1, reference: LoggerFixture.reference, memory: &memory, into: &table)
            }
        }
        pairs.append(("format", quoted(isText ? text.name : "\(line.format)")))
        let lines = record.split(separator: 0x0A, omittingEmptySubsequences: false).count
        if lines > 1 { pairs.append(("lines", "\(lines)")) }
        if let time = time(line, record) { pairs.append(("time", "\(time)")) }
        let level = table.level != .none ? table.level : level(line, record)
        if level != .none { pairs.append(("level", quoted(level.name))) }
        if let latency = latency(line, record) { pairs.append(("latency_ns", "\(latency)")) }
        for (meaning, name) in Self.shown {
            guard let range = line.canonical[meaning], !range.isEmpty, meaning != .status || isStatus(range, line),
                meaning != .requestID || isRequestID(range, line)
            else {
                continue
            }
            pairs.append((name, quoted(String(decoding: record[range], as: UTF8.self))))
        }
        let isEmbedded = table.embeddedJSON == table.message.lowerBound
        let inside = line.canonical[.message] ?? 0..<0
        let message = isText && !(isEmbedded && !inside.isEmpty) ? table.message : inside
        let shown = String(decoding: record[message], as: UTF8.self)
        pairs.append(("message", quoted(shown.count > 160 ? shown.prefix(157) + "..." : shown)))
        return "{" + pairs.map { "\(quoted($0)):\($1)" }.joined(separator: ",") + "}"
    }

    private static let shown: [(Meaning, String)] = [
        (.service, "service"), (.host, "host"), (.logger, "logger"), (.method, "method"), (.route, "route"),
        (.path, "path"), (.requestLine, "request"), (.status, "status"), (.traceID, "trace_id"),
        (.traceContext, "trace_context"), (.datadogTraceID, "datadog_trace_id"), (.spanID, "span_id"),
        (.datadogSpanID, "datadog_span_id"), (.requestID, "request_id"), (.userAgent, "user_agent"), (.error, "error"),
    ]

    private mutating func time(_ line: borrowing LineInspector.Inspection, _ record: [UInt8]) -> Int64? {
        if let time = table.time { return time }
        guard let range = line.canonical[.timestamp] else { return nil }
        return withExactBytes(Array(record[range])) { times.read($0, $1, reference: LoggerFixture.reference) }
    }

    private func level(_ line: borrowing LineInspector.Inspection, _ record: [UInt8]) -> Level {
        guard let range = line.canonical[.level] else { return .none }
        let key = line.fields.first { $0.range == range }
        let message = line.fields.first { $0.range == line.canonical[.message] }
        let scale = CanonicalNames.levelScale(ofRank: rank(key), messageRank: rank(message))
        return withExactBytes(Array(record[range])) { LevelName.level($0, $1, scale: scale) }
    }

    /// What is called `code` is a status only beside a request.
    private func isStatus(_ range: Range<Int>, _ line: borrowing LineInspector.Inspection) -> Bool {
        guard line.fields.first(where: { $0.range == range })?.path.split(separator: ".").last == "code" else {
            return true
        }
        return [Meaning.method, .path, .route, .requestLine].contains { line.canonical[$0] != nil }
    }

    /// What is called `id` is a request's only beside its method and path, and where it is long.
    private func isRequestID(_ range: Range<Int>, _ line: borrowing LineInspector.Inspection) -> Bool {
        guard line.fields.first(where: { $0.range == range })?.path.lowercased() == "id" else { return true }
        return line.canonical[.method] != nil && line.canonical[.path] != nil && range.count >= 16
    }

    private func rank(_ field: LineInspector.Field?) -> UInt8 {
        guard let field else { return .max }
        return Array(field.path.utf8).withUnsafeBufferPointer { CanonicalNames(adding: []).name(ofPath: $0).rank }
    }

    private func latency(_ line: borrowing LineInspector.Inspection, _ record: [UInt8]) -> Int64? {
        for meaning in [Meaning.latencySeconds, .latencyMillis, .latencyMicros, .latencyNanos, .latency, .duration] {
            guard let range = line.canonical[meaning] else { continue }
            return withExactBytes(Array(record[range])) { Latency.nanoseconds($0, $1, meaning: meaning) }
        }
        return nil
    }

    private func quoted(_ text: some StringProtocol) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
