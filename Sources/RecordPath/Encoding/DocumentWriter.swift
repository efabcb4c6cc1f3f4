#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Writes one record as one OpenSearch document (SPEC 4).
///
/// Names are flat and dotted (`"log.level":"info"`): OpenSearch maps them as it maps nested objects, they cost no
/// braces, and no two writers of one object have to agree. `attributes` and `labels` are real objects, because a
/// `flat_object` has to be one. A document holds, in this order, what its record has of:
///
///     @timestamp event.sequence log.level service.name message event.original trace.id span.id
///     http.request.id http.request.method url.path url.query http.response.status_code event.duration
///     attributes attributes_text martlet.truncated
///     host.name container.id container.name container.image.name log.iostream log.file.path systemd.unit labels
///
/// `event.original` is the whole line, where it is no JSON and neither its message nor its fields hold all of it.
/// Nothing is allocated for a record once the arenas have grown.
struct DocumentWriter: ~Copyable {
    /// Messages are cut to this many bytes of the line, like lines for Loki: beyond a million characters OpenSearch
    /// cannot highlight, and Dashboards fails.
    static let maximumMessageBytes = 262_144
    /// A document that gets longer is written again without its attributes.
    static let maximumDocumentBytes = 2 << 20

    private let plan: DocumentPlan
    /// Documents that lack something of their line so far.
    private(set) var truncated: UInt64 = 0
    private var sources = Pool<DocumentSource>()
    private var services = ServiceFragments()
    private var times = TimestampText()
    private var attributes = AttributeWriter()
    private var sequence: UInt64 = 0

    init(plan: DocumentPlan) { self.plan = plan }

    /// Makes the next source known.
    mutating func add(source origin: borrowing RedactedOrigin) {
        _ = sources.append(DocumentSource(origin, plan))
    }

    /// Forgets the sources.
    mutating func removeAll() { sources.removeAll() }

    /// Forgets what belongs to the keys of tables before this generation.
    mutating func forget(before generation: UInt32) { attributes.forget(before: generation) }

    /// Appends the action line of a record.
    @inline(__always) func writeAction(_ record: Record, to out: inout Arena) {
        let id = DocumentID(seed: sources.pointer(at: record.source).pointee.seed, identity: record.identity)
        var pen = out.pen(for: 64)
        pen.put("{\"create\":{\"_id\":\"")
        id.write(to: &pen)
        pen.put("\"}}\n")
        out.finish(pen)
    }

    /// Appends the document of a record and a newline; `parser` has just parsed `line`, the record's.
    @inline(__always) mutating func write(
        _ record: Record,
        of line: LineView,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ names: borrowing NameTable,
        to out: inout Arena
    ) {
        let source = sources.pointer(at: record.source)
        let tail = source.pointee.tail.count
        sequence &+= 1
        var pen = out.pen(for: Self.room(for: record.line.count) &+ tail)
        let escaped = record.format == .json ? .all : parser.pointee.canonical.escapedTexts(record)
        writeHead(record, names, to: &pen)
        var isCut = Self.writeMessage(record, parser, escaped, to: &pen) || record.isCut
        Self.writeIDs(record, to: &pen)
        Self.writeRequest(record, escaped, to: &pen)
        if !attributes.writeByShape(record, parser, to: &pen) {
            let start = out.count
            out.finish(pen)
            _ = parser.pointee.fields(of: line)
            attributes.write(record, parser.pointee, to: &out)
            isCut = isCut || attributes.texts.wasCut
            if out.count &- start > Self.maximumDocumentBytes {
                out.truncate(to: start)
                writeShort(record, parser, names, to: &out)
                isCut = true
            }
            pen = out.pen(for: tail &+ 64)
        }
        if isCut {
            truncated &+= 1
            pen.put(",\"martlet.truncated\":true")
        }
        pen.put(UnsafePointer(source.pointee.tail.base), tail)
        pen.put(UInt8(ascii: "\n"))
        out.finish(pen)
    }

    /// At most as many bytes as everything before the tail takes, and what a program adds to the line.
    @inline(__always) private static func room(for line: Int) -> Int {
        // Message and original, then id, method, path with query; escaped, a byte becomes six at most.
        let texts = min(line, maximumMessageBytes) &* 2 &+ min(line, AttributeWriter.maximumLeafBytes) &* 4
        return texts &* 6 &+ ServiceFragments.maximumBytes &+ AttributeProgram.maximumTextBytes &+ 2048
    }

    @inline(__always) private mutating func writeHead(
        _ record: Record,
        _ names: borrowing NameTable,
        to pen: inout Pen
    ) {
        pen.put("{\"@timestamp\":\"")
        times.write(record.time, to: &pen)
        pen.put("\",\"event.sequence\":")
        pen.putNumber(sequence)
        switch record.level {
        case .none: break
        case .trace: pen.put(",\"log.level\":\"trace\"")
        case .debug: pen.put(",\"log.level\":\"debug\"")
        case .info: pen.put(",\"log.level\":\"info\"")
        case .warn: pen.put(",\"log.level\":\"warn\"")
        case .error: pen.put(",\"log.level\":\"error\"")
        case .fatal: pen.put(",\"log.level\":\"fatal\"")
        }
        services.write(record.service, names, to: &pen)
    }

    @inline(__always) private static func writeIDs(_ record: Record, to pen: inout Pen) {
        if let trace = record.traceID {
            pen.put(",\"trace.id\":\"")
            pen.putHex(trace.high)
            pen.putHex(trace.low)
            pen.put(UInt8(ascii: "\""))
        }
        if let span = record.spanID {
            pen.put(",\"span.id\":\"")
            pen.putHex(span.value)
            pen.put(UInt8(ascii: "\""))
        }
    }

    @inline(__always) private static func writeRequest(
        _ record: Record,
        _ escaped: EscapedTexts,
        to pen: inout Pen
    ) {
        if !record.requestID.isEmpty {
            put(",\"http.request.id\":\"", record.requestID, record, escaped.contains(.requestID), to: &pen)
        }
        if !record.method.isEmpty {
            put(",\"http.request.method\":\"", record.method, record, escaped.contains(.method), to: &pen)
        }
        if !record.path.isEmpty { writePath(record, escaped.contains(.path), to: &pen) }
        if record.status != 0 {
            pen.put(",\"http.response.status_code\":")
            pen.putNumber(UInt64(truncatingIfNeeded: record.status))
        }
        if record.latency >= 0 {
            pen.put(",\"event.duration\":")
            pen.putNumber(UInt64(truncatingIfNeeded: record.latency))
        }
    }

    /// The path up to a question mark, and the query behind it.
    @inline(__always) private static func writePath(_ record: Record, _ isEscaped: Bool, to pen: inout Pen) {
        let path = record.path
        guard path.count <= AttributeWriter.maximumLeafBytes else { return }
        let start = record.line.base + path.lowerBound
        let mark = memchr(start, Int32(UInt8(ascii: "?")), path.count)
        let query = mark.map { UnsafeRawPointer(start).distance(to: $0) } ?? path.count
        put(",\"url.path\":\"", path.lowerBound..<(path.lowerBound &+ query), record, isEscaped, to: &pen)
        if query < path.count {
            let rest = (path.lowerBound &+ query &+ 1)..<path.upperBound
            put(",\"url.query\":\"", rest, record, isEscaped, to: &pen)
        }
    }

    /// A text out of the line, as a keyword.
    ///
    /// One that is too long for a keyword stays with the attributes.
    @inline(__always) private static func put(
        _ name: StaticString,
        _ range: Range<Int>,
        _ record: Record,
        _ isEscaped: Bool,
        to pen: inout Pen
    ) {
        guard range.count <= AttributeWriter.maximumLeafBytes else { return }
        pen.put(name)
        putText(record.line.base + range.lowerBound, range.count, record, isEscaped: isEscaped, to: &pen)
        pen.put(UInt8(ascii: "\""))
    }

    @inline(__always) private static func putText(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        _ record: Record,
        isEscaped: Bool,
        to pen: inout Pen
    ) {
        if !isEscaped {
            pen.putEscaped(text, count)
        } else if record.line.flags & (LineFlag.backslash | LineFlag.control) == 0 {
            pen.put(text, count)
        } else {
            JSONText.putMended(text, count, to: &pen)
        }
    }

    // MARK: Message

    /// Writes the message, if the record has one, and the whole line where it needs to be kept.
    ///
    /// True: one of them had to be cut.
    @inline(__always) private static func writeMessage(
        _ record: Record,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ escaped: EscapedTexts,
        to pen: inout Pen
    ) -> Bool {
        guard record.format == .json else {
            return writePlainMessage(record, parser, escaped.contains(.message), to: &pen)
        }
        guard parser.pointee.canonical.has(.message) else { return false }
        let slot = parser.pointee.canonical.slot(.message)
        let isEscaped = slot.kind == .string || slot.kind == .escapedString
        return write(",\"message\":\"", slot.range, record, isEscaped: isEscaped, to: &pen)
    }

    @inline(never) private static func writePlainMessage(
        _ record: Record,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ isEscaped: Bool,
        to pen: inout Pen
    ) -> Bool {
        let line = 0..<record.line.count
        if record.message.isEmpty || record.message == line {
            return write(",\"message\":\"", line, record, isEscaped: false, to: &pen)
        }
        let isCut = write(",\"message\":\"", record.message, record, isEscaped: isEscaped, to: &pen)
        if parser.pointee.coversLine(record.line) { return isCut }
        return write(",\"event.original\":\"", line, record, isEscaped: false, to: &pen) || isCut
    }

    @inline(__always) private static func write(
        _ name: StaticString,
        _ range: Range<Int>,
        _ record: Record,
        isEscaped: Bool,
        to pen: inout Pen
    ) -> Bool {
        let text = record.line.base + range.lowerBound
        let count = LineCut.boundary(text, range.count, maximumMessageBytes)
        pen.put(name)
        putText(text, count, record, isEscaped: isEscaped, to: &pen)
        pen.put(UInt8(ascii: "\""))
        return count < range.count
    }

    /// What takes the place of a document that would be too long: no attributes.
    ///
    /// A line without a message of its own gives its beginning.
    @inline(never) private mutating func writeShort(
        _ record: Record,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ names: borrowing NameTable,
        to out: inout Arena
    ) {
        var pen = out.pen(for: Self.room(for: record.line.count))
        writeHead(record, names, to: &pen)
        let escaped = record.format == .json ? .all : parser.pointee.canonical.escapedTexts(record)
        if record.format == .json, parser.pointee.canonical.has(.message) {
            _ = Self.writeMessage(record, parser, escaped, to: &pen)
        } else {
            _ = Self.write(",\"message\":\"", 0..<record.line.count, record, isEscaped: false, to: &pen)
        }
        Self.writeIDs(record, to: &pen)
        Self.writeRequest(record, escaped, to: &pen)
        out.finish(pen)
    }
}
