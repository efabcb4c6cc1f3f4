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

    /// Appends the action line of a record.
    @inline(__always) func writeAction(_ record: Record, to out: inout Arena) {
        let id = DocumentID(seed: sources.pointer(at: record.source).pointee.seed, identity: record.identity)
        out.put("{\"create\":{\"_id\":\"")
        out.reserve(24)
        id.write(to: out.base + out.count)
        out.claim(DocumentID.textBytes)
        out.put("\"}}\n")
    }

    /// Appends the document of a record.
    @inline(__always) mutating func write(
        _ record: Record,
        _ parser: borrowing LineParser,
        _ names: borrowing NameTable,
        to out: inout Arena
    ) {
        let start = out.count
        sequence &+= 1
        writeHead(record, names, to: &out)
        let afterHead = out.count
        var isCut = writeMessage(record, parser, to: &out) || record.isCut
        writeIDs(record, to: &out)
        writeRequest(record, parser, to: &out)
        attributes.write(record, parser, to: &out)
        isCut = isCut || attributes.texts.wasCut
        if out.count &- start > Self.maximumDocumentBytes {
            out.truncate(to: afterHead)
            writeShort(record, parser, to: &out)
            isCut = true
        }
        if isCut {
            truncated &+= 1
            out.put(",\"martlet.truncated\":true")
        }
        let source = sources.pointer(at: record.source)
        out.put(UnsafePointer(source.pointee.tail.base), source.pointee.tail.count)
    }

    @inline(__always) private mutating func writeHead(
        _ record: Record,
        _ names: borrowing NameTable,
        to out: inout Arena
    ) {
        out.put("{\"@timestamp\":\"")
        times.write(record.time, to: &out)
        out.put("\",\"event.sequence\":")
        out.putNumber(sequence)
        switch record.level {
        case .none: break
        case .trace: out.put(",\"log.level\":\"trace\"")
        case .debug: out.put(",\"log.level\":\"debug\"")
        case .info: out.put(",\"log.level\":\"info\"")
        case .warn: out.put(",\"log.level\":\"warn\"")
        case .error: out.put(",\"log.level\":\"error\"")
        case .fatal: out.put(",\"log.level\":\"fatal\"")
        }
        services.write(record.service, names, to: &out)
    }

    @inline(__always) private func writeIDs(_ record: Record, to out: inout Arena) {
        if let trace = record.traceID {
            out.put(",\"trace.id\":\"")
            out.putHex(trace.high)
            out.putHex(trace.low)
            out.put(UInt8(ascii: "\""))
        }
        if let span = record.spanID {
            out.put(",\"span.id\":\"")
            out.putHex(span.value)
            out.put(UInt8(ascii: "\""))
        }
    }

    @inline(__always) private func writeRequest(
        _ record: Record, _ parser: borrowing LineParser, to out: inout Arena
    ) {
        if !record.requestID.isEmpty { put(",\"http.request.id\":\"", record.requestID, record, parser, to: &out) }
        if !record.method.isEmpty { put(",\"http.request.method\":\"", record.method, record, parser, to: &out) }
        if !record.path.isEmpty { writePath(record, parser, to: &out) }
        if record.status != 0 {
            out.put(",\"http.response.status_code\":")
            out.putNumber(UInt64(truncatingIfNeeded: record.status))
        }
        if record.latency >= 0 {
            out.put(",\"event.duration\":")
            out.putNumber(UInt64(truncatingIfNeeded: record.latency))
        }
    }

    /// The path up to a question mark, and the query behind it.
    @inline(__always) private func writePath(
        _ record: Record, _ parser: borrowing LineParser, to out: inout Arena
    ) {
        let path = record.path
        guard path.count <= AttributeWriter.maximumLeafBytes else { return }
        let start = record.line.base + path.lowerBound
        let mark = memchr(start, Int32(UInt8(ascii: "?")), path.count)
        let query = mark.map { UnsafeRawPointer(start).distance(to: $0) } ?? path.count
        put(",\"url.path\":\"", path.lowerBound..<(path.lowerBound &+ query), record, parser, to: &out)
        if query < path.count {
            put(",\"url.query\":\"", (path.lowerBound &+ query &+ 1)..<path.upperBound, record, parser, to: &out)
        }
    }

    /// A text out of the line, as a keyword.
    ///
    /// One that is too long for a keyword stays with the attributes.
    @inline(__always) private func put(
        _ name: StaticString, _ range: Range<Int>, _ record: Record, _ parser: borrowing LineParser,
        to out: inout Arena
    ) {
        guard range.count <= AttributeWriter.maximumLeafBytes else { return }
        out.put(name)
        let isEscaped = record.format == .json || parser.isEscaped(at: range.lowerBound, of: record.line)
        putText(record.line.base + range.lowerBound, range.count, record, isEscaped: isEscaped, to: &out)
        out.put(UInt8(ascii: "\""))
    }

    @inline(__always) private func putText(
        _ text: UnsafePointer<UInt8>, _ count: Int, _ record: Record, isEscaped: Bool, to out: inout Arena
    ) {
        if !isEscaped {
            out.putEscaped(text, count)
        } else if record.line.flags & (LineFlag.backslash | LineFlag.control) == 0 {
            out.put(text, count)
        } else {
            JSONText.putMended(text, count, into: &out)
        }
    }

    // MARK: Message

    /// Appends the message, if the record has one, and the whole line where it needs to be kept.
    ///
    /// True: one of them had to be cut.
    @inline(__always) private func writeMessage(
        _ record: Record, _ parser: borrowing LineParser, to out: inout Arena
    ) -> Bool {
        guard record.format == .json else { return writePlainMessage(record, parser, to: &out) }
        guard parser.canonical.has(.message) else { return false }
        let slot = parser.canonical.slot(.message)
        let isEscaped = slot.kind == .string || slot.kind == .escapedString
        return write(",\"message\":\"", slot.range, record, isEscaped: isEscaped, to: &out)
    }

    @inline(never) private func writePlainMessage(
        _ record: Record, _ parser: borrowing LineParser, to out: inout Arena
    ) -> Bool {
        let line = 0..<record.line.count
        if record.message.isEmpty || record.message == line {
            return write(",\"message\":\"", line, record, isEscaped: false, to: &out)
        }
        let isEscaped = parser.isEscaped(at: record.message.lowerBound, of: record.line)
        let isCut = write(",\"message\":\"", record.message, record, isEscaped: isEscaped, to: &out)
        if parser.coversLine(record.line) { return isCut }
        return write(",\"event.original\":\"", line, record, isEscaped: false, to: &out) || isCut
    }

    @inline(__always) private func write(
        _ name: StaticString, _ range: Range<Int>, _ record: Record, isEscaped: Bool, to out: inout Arena
    ) -> Bool {
        let text = record.line.base + range.lowerBound
        let count = LineCut.boundary(text, range.count, Self.maximumMessageBytes)
        out.put(name)
        putText(text, count, record, isEscaped: isEscaped, to: &out)
        out.put(UInt8(ascii: "\""))
        return count < range.count
    }

    /// What goes behind the head of a document that would be too long: no attributes.
    ///
    /// A line without a message of its own gives its beginning.
    @inline(never) private func writeShort(
        _ record: Record, _ parser: borrowing LineParser, to out: inout Arena
    ) {
        if record.format == .json, parser.canonical.has(.message) {
            _ = writeMessage(record, parser, to: &out)
        } else {
            _ = write(",\"message\":\"", 0..<record.line.count, record, isEscaped: false, to: &out)
        }
        writeIDs(record, to: &out)
        writeRequest(record, parser, to: &out)
    }
}
