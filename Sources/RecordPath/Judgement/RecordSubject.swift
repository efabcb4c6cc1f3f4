/// The record at hand as expressions see it.
///
/// By pointers, as borrowing a parser or a table would copy it. Invariant: all of them point to what the worker holds
/// while it judges one record, and nothing of it changes but the lens, which belongs to the expression being asked.
struct RecordSubject: ExpressionSubject {
    let record: UnsafePointer<Record>
    let line: LineView
    let parser: UnsafeMutablePointer<LineParser>
    let services: UnsafePointer<NameTable>
    let lens: UnsafeMutablePointer<RecordLens>

    var level: Level { record.pointee.level }

    /// Whether a text of the line may be read differently from how it is written.
    var hasEscapes: Bool { record.pointee.line.flags & LineFlag.backslash != 0 }

    func number(of field: ExpressionField) -> Int64? {
        switch field {
        case .status: record.pointee.status == 0 ? nil : Int64(record.pointee.status)
        case .latency: record.pointee.latency < 0 ? nil : record.pointee.latency
        case .timestamp: record.pointee.time
        default: nil
        }
    }

    func text(of field: ExpressionField) -> UnsafeBufferPointer<UInt8>? {
        switch field {
        case .message: text(record.pointee.message, .message)
        case .requestID: text(record.pointee.requestID, .requestID)
        case .method: text(record.pointee.method, .method)
        case .path: text(record.pointee.path, .path)
        case .route: route
        case .service: services.pointee.bytes(record.pointee.service)
        case .traceID: record.pointee.traceID.map { lens.pointee.hex($0) }
        case .spanID: record.pointee.spanID.map { lens.pointee.hex($0) }
        case .error: canonical(.error)
        case .userAgent: canonical(.userAgent)
        case .host: canonical(.host)
        case .logger: canonical(.logger)
        case .format: lens.pointee.text(formatName)
        case .timestamp, .level, .status, .latency: nil
        }
    }

    func attribute(_ number: Int) -> UnsafeBufferPointer<UInt8>? {
        guard let field = lens.pointee.attributes.field(number, parser, line) else { return nil }
        return value(Int(field.start)..<Int(field.end), field.kind)
    }

    // MARK: Texts of the line

    private var formatName: String {
        switch record.pointee.format {
        case .json: "json"
        case .logfmt: "logfmt"
        case .accessLog, .text: record.pointee.textFormat.name
        }
    }

    /// The number that `RouteTexts` gives the route.
    @inline(__always) var routeNumber: Int {
        guard let path = text(record.pointee.path, .path) else { return 0 }
        return lens.pointee.routes.number(of: path)
    }

    private var route: UnsafeBufferPointer<UInt8>? {
        guard let path = text(record.pointee.path, .path) else { return nil }
        return lens.pointee.routes.template(of: path)
    }

    /// A text that the record holds as a range.
    @inline(__always) private func text(_ range: Range<Int>, _ escaped: EscapedTexts) -> UnsafeBufferPointer<UInt8>? {
        guard !range.isEmpty else { return nil }
        let base = record.pointee.line.base
        guard record.pointee.line.flags & LineFlag.backslash != 0 else {
            return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
        }
        let isEscaped =
            record.pointee.format == .json || parser.pointee.canonical.escapedTexts(record.pointee).contains(escaped)
        return value(range, isEscaped ? .escapedString : .string)
    }

    private func canonical(_ meaning: Meaning) -> UnsafeBufferPointer<UInt8>? {
        guard parser.pointee.canonical.has(meaning) else { return nil }
        let slot = parser.pointee.canonical.slot(meaning)
        return value(slot.range, slot.kind)
    }

    /// The text of a value; nil for what is none.
    private func value(_ range: Range<Int>, _ kind: Field.Kind) -> UnsafeBufferPointer<UInt8>? {
        switch kind {
        case .null, .object, .array: return nil
        case .escapedString: return lens.pointee.unescaped(record.pointee.line.base, range)
        case .string, .number, .bool:
            return UnsafeBufferPointer(start: record.pointee.line.base + range.lowerBound, count: range.count)
        }
    }
}
