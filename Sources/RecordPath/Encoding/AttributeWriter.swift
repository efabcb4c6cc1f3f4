/// Writes `attributes` and `attributes_text`: everything a line had that no canonical field has taken.
///
/// `attributes` is one `flat_object`. Of fields with one name the last counts; names that OpenSearch refuses are
/// changed (`AttributeName`); what lies deeper than `maximumDepth` or is longer than `maximumLeafBytes` goes to
/// `attributes_text`. An object that is empty because canonical fields took all it had is left out.
///
/// The plain algorithm needs to know the last field of every name before it writes the first. Nearly no line has a
/// name twice, so the writer goes ahead, notices the second one by its key's stamp, and only then starts again
/// with the last fields known.
struct AttributeWriter: ~Copyable {
    /// Containers around a leaf, `attributes` included.
    static let maximumDepth = 16
    /// Longest leaf, as it stands in the line.
    static let maximumLeafBytes = 8000
    /// Longer numbers are written as text.
    ///
    /// No 64-bit integer and no double needs more.
    static let maximumNumberBytes = 24

    /// An object that is being written.
    private struct Open: BitwiseCopyable {
        var key: UInt32
        /// The index behind its last field.
        var end: Int
        /// Where its name starts in the output, and where its members do.
        var start: Int
        var body: Int
    }

    private var keys = AttributeKeys()
    private var programs = AttributePrograms()
    private(set) var texts = AttributeTexts()
    private var containers = ContainerRewriter()
    private var path = Arena(capacity: 256)
    // Invariant: room for `maximumDepth` objects; the first `depth` are open.
    private let open: UnsafeMutablePointer<Open>
    private var depth = 0

    init() {
        open = .allocate(capacity: Self.maximumDepth)
        open.initialize(repeating: Open(key: 0, end: 0, start: 0, body: 0), count: Self.maximumDepth)
    }

    deinit { open.deallocate() }

    /// Forgets the keys of tables before this generation, and gives back what a long line took.
    mutating func forget(before generation: UInt32) {
        keys.begin(generation: generation)
        texts = AttributeTexts()
    }

    /// Writes `,"attributes":{…}` by the program of the line's shape.
    ///
    /// False: there is none for such a line, and nothing was written. The pen has room for
    /// `AttributeProgram.maximumTextBytes` and the line.
    @inline(__always) mutating func writeByShape(
        _ record: Record,
        _ parser: UnsafeMutablePointer<LineParser>,
        to pen: inout Pen
    ) -> Bool {
        guard let shape = parser.pointee.matched, record.line.count <= Self.maximumLeafBytes,
            record.line.flags & (LineFlag.backslash | LineFlag.control) == 0
        else { return false }
        let program = programs.program(shape, consumed: record.consumed, &keys, parser)
        guard program.pointee.isUsable, program.pointee.takesNumbers(parser.pointee.starts) else { return false }
        program.pointee.write(record.line.base, parser.pointee.starts, to: &pen)
        return true
    }

    /// Appends `,"attributes":{…},"attributes_text":[…]` as far as there are any.
    ///
    /// The parser's tape holds the line.
    @inline(never) mutating func write(_ record: Record, _ parser: borrowing LineParser, to out: inout Arena) {
        texts.removeAll()
        guard parser.tape.count > 0 else { return }
        let start = out.count
        out.put(",\"attributes\":")
        let body = out.count
        keys.begin(generation: parser.generation)
        if !writeFields(record, parser, to: &out, knowingLast: false) {
            out.truncate(to: body)
            texts.removeAll()
            markLast(parser)
            _ = writeFields(record, parser, to: &out, knowingLast: true)
        }
        if out.count == body {
            out.truncate(to: start)
        } else {
            out.base[body] = UInt8(ascii: "{")
            out.put(UInt8(ascii: "}"))
        }
        if !texts.isEmpty { writeTexts(to: &out) }
    }

    private func writeTexts(to out: inout Arena) {
        out.put(",\"attributes_text\":")
        let body = out.count
        out.put(UnsafePointer(texts.elements.base), texts.elements.count)
        out.base[body] = UInt8(ascii: "[")
        out.put(UInt8(ascii: "]"))
    }

    /// Writes the members of `attributes`, each with a comma in front.
    ///
    /// False: there is a name twice, and the last fields were not known.
    @inline(__always) private mutating func writeFields(
        _ record: Record,
        _ parser: borrowing LineParser,
        to out: inout Arena,
        knowingLast: Bool
    ) -> Bool {
        let fields = parser.tape.fields
        depth = 0
        var index = 0
        while true {
            while depth > 0, open[depth &- 1].end == index { close(&out) }
            guard index < fields.count else { return true }
            let field = fields[index]
            let entry = keys.entry(field.key, parser.keys)
            let leader = keys.leader(entry)
            if knowingLast {
                if leader.pointee.last != UInt32(truncatingIfNeeded: index) {
                    keepBeaten(field, fields[Int(leader.pointee.last)], record)
                    index &+= 1 &+ Int(field.descendants)
                    continue
                }
            } else {
                if leader.pointee.stamp == keys.stamp { return false }
                leader.pointee.stamp = keys.stamp
            }
            if field.meaning != .other, record.consumes(field, parser.canonical) {
                index &+= 1
                continue
            }
            let start = out.count
            out.put(UnsafePointer(keys.text.base) + Int(entry.pointee.start), Int(entry.pointee.length))
            if field.descendants > 0, depth &+ 1 < Self.maximumDepth {
                open[depth] = Open(
                    key: field.key,
                    end: index &+ 1 &+ Int(field.descendants),
                    start: start,
                    body: out.count
                )
                depth &+= 1
                index &+= 1
                continue
            }
            if !writeLeaf(field, record, to: &out) { out.truncate(to: start) }
            index &+= 1 &+ Int(field.descendants)
        }
    }

    @inline(__always) private mutating func close(_ out: inout Arena) {
        depth &-= 1
        let object = open[depth]
        if out.count == object.body {
            out.truncate(to: object.start)
        } else {
            out.base[object.body] = UInt8(ascii: "{")
            out.put(UInt8(ascii: "}"))
        }
    }

    // MARK: Leaves

    /// Writes a value.
    ///
    /// False: it does not belong into `attributes`.
    @inline(__always) private mutating func writeLeaf(_ field: Field, _ record: Record, to out: inout Arena) -> Bool {
        let value = record.line.base + Int(field.start)
        let count = Int(field.end) &- Int(field.start)
        switch field.kind {
        case .string where count <= Self.maximumLeafBytes:
            if record.format == .json, record.line.flags & LineFlag.control == 0 {
                // Quotes and all, as it stands in the line.
                out.put(value - 1, count &+ 2)
                return true
            }
            out.put(UInt8(ascii: "\""))
            if record.format == .json {
                JSONText.putMended(value, count, into: &out)
            } else {
                out.putEscaped(value, count)
            }
            out.put(UInt8(ascii: "\""))
        case .escapedString where count <= Self.maximumLeafBytes:
            out.put(UInt8(ascii: "\""))
            JSONText.putMended(value, count, into: &out)
            out.put(UInt8(ascii: "\""))
        case .number where count <= Self.maximumLeafBytes: Self.putScalar(value, count, &out)
        case .bool, .null: out.put(value, count)
        default: return writeRest(field, record, to: &out)
        }
        return true
    }

    /// Copies a number, `true`, `false` or `null`; a number that is too long for readers as a string.
    @inline(__always) static func putScalar(_ value: UnsafePointer<UInt8>, _ count: Int, _ out: inout Arena) {
        if count <= maximumNumberBytes { return out.put(value, count) }
        out.put(UInt8(ascii: "\""))
        out.put(value, count)
        out.put(UInt8(ascii: "\""))
    }

    @inline(never) private mutating func writeRest(_ field: Field, _ record: Record, to out: inout Arena) -> Bool {
        let isContainer = field.kind == .array || field.kind == .object
        if isContainer, field.descendants == 0 {
            buildPath(field.key)
            containers.begin(record.line.base, Int(field.start)..<Int(field.end), path: path)
            return containers.write(depth: depth + 1, to: &out, &texts)
        }
        keepAsText(field, record)
        return false
    }

    // MARK: What goes to attributes_text

    private mutating func keepAsText(_ field: Field, _ record: Record) {
        buildPath(field.key)
        let isEscaped = field.kind == .escapedString || field.kind == .string && record.format == .json
        texts.add(
            path: path,
            record.line.base + Int(field.start),
            Int(field.end) - Int(field.start),
            isEscaped ? .escaped : .raw
        )
    }

    /// The path of a key in the object at hand.
    private mutating func buildPath(_ key: UInt32) {
        path.removeAll()
        for level in 0..<depth {
            keys.putName(of: open[level].key, into: &path)
            path.put(UInt8(ascii: "."))
        }
        keys.putName(of: key, into: &path)
    }

    // MARK: Names that come twice

    /// Notes the last field of every name.
    @inline(never) private mutating func markLast(_ parser: borrowing LineParser) {
        let fields = parser.tape.fields
        for index in 0..<fields.count {
            keys.leader(keys.entry(fields[index].key, parser.keys)).pointee.last = UInt32(truncatingIfNeeded: index)
        }
    }

    /// A field that lost its name to one whose key is another is no duplicate: its value is kept as text.
    @inline(never) private mutating func keepBeaten(_ field: Field, _ winner: Field, _ record: Record) {
        if field.key != winner.key { keepAsText(field, record) }
    }
}
