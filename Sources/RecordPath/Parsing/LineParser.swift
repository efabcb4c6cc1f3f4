/// Takes a scanned line apart: JSON by the stream's shapes, else by the walker; logfmt; else it is text.
///
/// After `parse`, `canonical` holds the canonical fields. The tape of all fields is filled when the walker ran, and
/// by `fillTape` when a shape matched: most lines never need it.
struct LineParser: ~Copyable {
    private(set) var keys: KeyTable
    private(set) var tape = FieldTape()
    private(set) var canonical = CanonicalFields()
    private(set) var format = LineFormat.text
    /// Whether some key's value must go.
    private(set) var hasSensitiveKey = false

    private let lexicon: FieldLexicon
    private var matched: UnsafeMutablePointer<Shape>?
    // Invariant: room for every segment a shape can have.
    private let starts: UnsafeMutablePointer<UInt32>
    /// Grows when the keys start anew; streams compare it to know that their shapes are void.
    private(set) var generation: UInt32 = 1

    init(lexicon: FieldLexicon) {
        self.lexicon = lexicon
        keys = KeyTable(lexicon: lexicon)
        let room = Shape.maximumFields + 2
        starts = .allocate(capacity: room)
        starts.initialize(repeating: 0, count: room)
    }

    deinit { starts.deallocate() }

    /// Parses a line of a stream whose shapes are `shapes`.
    @inline(__always) mutating func parse(_ line: LineView, shapes: inout ShapeCache) {
        if let shape = shapes.match(line, starts: starts) {
            matched = shape
            format = .json
            hasSensitiveKey = shape.pointee.hasSensitiveKey
            shape.pointee.fill(&canonical, line, starts)
            return
        }
        parseAnew(line, shapes: &shapes)
    }

    /// All fields of the line; the pointers are valid until the next `parse`.
    @inline(__always) mutating func fields(of line: LineView) -> UnsafeBufferPointer<Field> {
        if let shape = matched {
            shape.pointee.fill(&tape, line, starts)
            matched = nil
        }
        return tape.fields
    }

    @inline(never) private mutating func parseAnew(_ line: LineView, shapes: inout ShapeCache) {
        matched = nil
        if keys.isFull {
            keys = KeyTable(lexicon: lexicon)
            shapes.removeAll()
            generation &+= 1
        }
        format = Self.guess(line)
        if format == .json, !JSONWalker.parse(line, into: &tape, keys: &keys) { format = .text }
        if format == .logfmt, !LogfmtWalker.parse(line, into: &tape, keys: &keys) { format = .text }
        if format == .text { tape.removeAll() }
        hasSensitiveKey = tape.hasSensitiveKey
        canonical.removeAll()
        let fields = tape.fields
        for index in 0..<fields.count where fields[index].meaning != .other {
            canonical.offer(fields[index], rank: keys.entry(fields[index].key).rank)
        }
        if format == .json { shapes.miss(line, tape: tape, keys: keys) }
    }

    /// What a line may be by its first byte that is no space.
    private static func guess(_ line: LineView) -> LineFormat {
        var at = 0
        while at < line.count, Bytes.isSpace(line.base[at]) { at += 1 }
        guard at < line.count else { return .text }
        return line.base[at] == UInt8(ascii: "{") ? .json : .logfmt
    }
}
