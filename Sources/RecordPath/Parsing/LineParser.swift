/// Takes a scanned line apart: JSON by the stream's shapes, else by the walker; logfmt; one of the text formats.
///
/// After `parse`, `canonical` holds the canonical fields. The tape of all fields is filled when the walker ran, and
/// by `fillTape` when a shape matched: most lines never need it.
struct LineParser: ~Copyable {
    private(set) var keys: KeyTable
    private(set) var tape = FieldTape()
    private(set) var canonical = CanonicalFields()
    private(set) var format = LineFormat.text
    /// Which text format, where `format` is `text` or `accessLog`.
    private(set) var textFormat = TextFormat.text
    /// What a text format says of time and level by itself.
    private(set) var text = TextFieldTable()
    /// Whether redaction must look at the fields.
    private(set) var needsLook = false

    private let lexicon: FieldLexicon
    private var texts: TextParser
    private var nested = NestedDocuments()
    /// The shape that took the line; good until the next `parse`.
    private(set) var matched: UnsafeMutablePointer<Shape>?
    private var tapeIsFilled = false
    private var learntShapes: UInt64 = 0
    /// Where the segments of the shape start in the line.
    // Invariant: room for every segment a shape can have.
    let starts: UnsafeMutablePointer<UInt32>
    /// Grows when the keys start anew; streams compare it to know that their shapes are void.
    private(set) var generation: UInt32 = 1
    private let choice: FormatChoice
    private let keyBytes: Int
    /// What the shapes of all streams take that were learnt since `forgotShapes`.
    private(set) var shapeBytes = 0

    init(lexicon: FieldLexicon, formats: FormatChoice = FormatChoice(), keyBytes: Int = 4 << 20) {
        self.keyBytes = keyBytes
        self.lexicon = lexicon
        choice = formats
        texts = TextParser(formats: formats.text)
        keys = KeyTable(lexicon: lexicon, nameBytes: keyBytes)
        let room = Shape.maximumFields + 2
        starts = .allocate(capacity: room)
        starts.initialize(repeating: 0, count: room)
    }

    deinit { starts.deallocate() }

    /// No stream has any shapes now.
    mutating func forgotShapes() { shapeBytes = 0 }

    /// Forgets the keys when a line has brought far more than lines have.
    mutating func forgetKeys() { if keys.count > KeyTable.maximumKeys / 4 { startAnew() } }

    private mutating func startAnew() {
        keys = KeyTable(lexicon: lexicon, nameBytes: keyBytes)
        generation &+= 1
        matched = nil
    }

    /// Gives back what lines took that were longer, or had more fields, than `count`; between two lines.
    mutating func shrink(to count: Int) {
        tape.shrink(to: count)
        nested.shrink(to: count)
    }

    /// Parses a line of a stream whose shapes are `shapes` and whose lines of text have left `memory`.
    ///
    /// `reference` is the source's own time, for forms of time that have no year. With `learns` a line may become a
    /// shape.
    @inline(__always) mutating func parse(
        _ line: LineView,
        shapes: inout ShapeCache,
        memory: inout TextMemory,
        reference: Int64,
        learns: Bool = true
    ) {
        if let shape = shapes.match(line, starts: starts) {
            matched = shape
            tapeIsFilled = false
            format = .json
            needsLook = shape.pointee.needsLook
            shape.pointee.fill(&canonical, line, starts)
            if line.flags & LineFlag.backslash == 0 { return }
            if !keys.isFull { return nested.readMessage(line, &canonical, &keys) }
        }
        parseAnew(line, shapes: &shapes, memory: &memory, reference: reference, learns: learns)
    }

    /// Whether a learnt shape took the line.
    var isByShape: Bool { matched != nil }

    /// All fields of the line; the pointers are valid until the next `parse`.
    @inline(__always) mutating func fields(of line: LineView) -> UnsafeBufferPointer<Field> {
        if let shape = matched, !tapeIsFilled {
            shape.pointee.fill(&tape, line, starts)
            tapeIsFilled = true
        }
        return tape.fields
    }

    @inline(never) private mutating func parseAnew(
        _ line: LineView,
        shapes: inout ShapeCache,
        memory: inout TextMemory,
        reference: Int64,
        learns: Bool
    ) {
        matched = nil
        if keys.isFull {
            startAnew()
            shapes.removeAll()
        }
        format = guess(line)
        if format == .json, !JSONWalker.parse(line, into: &tape, keys: &keys) { format = .text }
        if format == .logfmt, !LogfmtWalker.parse(line, into: &tape, keys: &keys) { format = .text }
        canonical.removeAll()
        if format == .text {
            tape.removeAll()
            if choice.readsText { parseText(line, memory: &memory, reference: reference) }
        } else {
            nested.take(tape.fields, of: line, &canonical, &keys)
            if line.flags & LineFlag.backslash != 0 { nested.readMessage(line, &canonical, &keys) }
        }
        needsLook = tape.needsLook
        guard format == .json, learns else { return }
        learntShapes &+= 1
        shapeBytes += shapes.miss(line, tape: tape, keys: keys, serial: learntShapes)
    }

    private mutating func parseText(_ line: LineView, memory: inout TextMemory, reference: Int64) {
        textFormat = texts.parse(line.base, line.count, reference: reference, memory: &memory, into: &text)
        if textFormat == .clf { format = .accessLog }
        if textFormat == .text, text.prefix > 0 { parsePrefixed(line) }
        // A JSON object at the end: its fields are the line's, unless the text says them itself.
        if let start = text.embeddedJSON { nested.readObject(line, start..<line.count, &canonical, &keys) }
        for field in text.fields {
            canonical.offer(
                Field(key: 0, start: field.start, end: field.end, kind: .string, meaning: field.meaning),
                rank: 0
            )
        }
    }

    /// Pairs of logfmt behind what a wrapper put before the line.
    private mutating func parsePrefixed(_ line: LineView) {
        guard choice.takesLogfmt, LogfmtWalker.mayBegin(line, at: text.prefix),
            nested.readPairs(line, text.prefix..<line.count, &canonical, &keys)
        else { return }
        text.removeAll()
        text.hasPairs = true
    }

    /// What a line may be by its first byte that is no space.
    private func guess(_ line: LineView) -> LineFormat {
        let at = Bytes.endOfSpaces(line.base, line.count)
        guard at < line.count else { return .text }
        if line.base[at] == UInt8(ascii: "{") { return choice.takesJSON ? .json : .text }
        return choice.takesLogfmt && LogfmtWalker.mayBegin(line, at: at) ? .logfmt : .text
    }
}
