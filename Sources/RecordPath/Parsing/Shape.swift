/// The template of JSON lines that differ only in their values: what one `log.info(…)` of a service prints.
///
/// A line is cut into constant segments (`{"time":"`, `","level":"`, `","status":`, …) with a value between each
/// two. Every segment of a further line is where its first quote is, and the quote index tells where that is
/// without looking at the text. So a line is matched by comparing all segments, eight bytes a step, collecting
/// the differences, and branching once; all values lie between the segments.
///
/// Deviations from the plain algorithm (compare segment after segment, stop at the first difference):
/// 1. No early exit behind the first eight bytes: the branch at the end is taken one way almost always. (Measured at 3.4 against 1.9 GB/s.)
/// 2. Segment positions come from the quote index, not from the end of the value before: no dependency chain.
///
/// Oracle: `JSONWalker`; a line that a shape takes gives the same fields there (`ShapeCacheTests`).
struct Shape: ~Copyable {
    /// Sixteen bytes of constant text; where the mask is zero, anything may stand.
    struct Check: BitwiseCopyable {
        var text: SIMD2<UInt64>
        var mask: SIMD2<UInt64>
    }

    /// What a segment has beyond its first 16 bytes.
    struct FarCheck: BitwiseCopyable {
        var segment: Int32
        /// From the start of the segment.
        var offset: Int32
        var check: Check
    }

    /// Where a segment starts: so far from the quote of this ordinal.
    struct Segment: BitwiseCopyable {
        var ordinal: Int32
        var back: Int32
    }

    /// A field, as distances from segment starts.
    struct Template: BitwiseCopyable {
        var field: Field
        var startSegment: UInt16
        var endSegment: UInt16
        var startOffset: UInt32
        var endOffset: UInt32
        var rank: UInt8
        /// The value is not between quotes: what it is must be looked at in each line.
        var isBare: Bool
        /// It is the canonical field of its meaning only while it is not null: then another key's value is.
        var needsValue = false
    }

    /// A canonical field: what `fill` needs of its template.
    private struct Canonical: BitwiseCopyable {
        var start: UInt16
        var end: UInt16
        var startOffset: UInt32
        var endOffset: UInt32
        var meaning: Meaning
        var kind: Field.Kind
        var rank: UInt8
        var isBare: Bool

        init(_ template: Template) {
            start = template.startSegment
            end = template.endSegment
            startOffset = template.startOffset
            endOffset = template.endOffset
            meaning = template.field.meaning
            kind = template.field.kind
            rank = template.rank
            isBare = template.isBare
        }
    }

    static let maximumFields = 128
    static let maximumConstantBytes = 8 * 1024

    /// Unlike that of every other shape of the worker, so that others can keep what they worked out for it.
    let serial: UInt64
    let quoteCount: Int
    let needsLook: Bool
    /// Lines matched: whether learning it was worth the while.
    var hits: UInt32 = 0
    private let segments: Column<Segment>
    /// The first 16 bytes of each segment.
    private let checks: Column<Check>
    private let farChecks: Column<FarCheck>
    /// Length of the last segment, which ends the line.
    private let lastLength: Int
    private let templates: Column<Template>
    /// Templates with a canonical meaning, best name of each meaning only.
    private let best: [Template]
    private let canonical: Column<Canonical>
    /// Values without quotes.
    private let bare: Column<Template>

    init(_ draft: ShapeDraft, serial: UInt64) {
        self.serial = serial
        quoteCount = draft.quoteCount
        needsLook = draft.needsLook
        segments = Column(draft.segments)
        checks = Column(draft.checks)
        farChecks = Column(draft.farChecks)
        lastLength = draft.lastLength
        templates = Column(draft.templates)
        best = draft.canonicalTemplates
        canonical = Column(best.map(Canonical.init))
        bare = Column(draft.templates.filter(\.isBare))
    }

    var segmentCount: Int { segments.count }

    /// What it takes, about.
    var bytes: Int {
        let each = MemoryLayout<Check>.stride
        return 512 + (checks.count + farChecks.count) * each + segments.count * MemoryLayout<Segment>.stride
            + (templates.count + 2 * best.count + bare.count) * MemoryLayout<Template>.stride
    }

    /// All fields, in the order of the tape.
    var allTemplates: UnsafeBufferPointer<Template> {
        UnsafeBufferPointer(start: templates.base, count: templates.count)
    }

    /// The field of each canonical meaning that counts.
    var canonicalTemplates: [Template] { best }

    /// Whether the line has this shape; then `starts` holds where each segment starts.
    ///
    /// `quotes` has one entry more than the line has quotes: the line's length. `starts` has room for all segments.
    @inline(__always) func matches(
        _ line: LineView,
        quotes: UnsafePointer<UInt32>,
        starts: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        let p = line.base
        let count = segments.count
        // Lines of other shapes mostly differ in their first key.
        let first = segments[0]
        let begin = Int(quotes[Int(first.ordinal)]) &+ Int(first.back)
        if begin != 0 || (Bytes.load64(p) ^ checks[0].text[0]) & checks[0].mask[0] != 0 { return false }
        // A segment of another shape may begin before the line.
        var signs: Int32 = 0
        for index in 0..<count {
            let segment = segments[index]
            let place = Int32(bitPattern: quotes[Int(segment.ordinal)]) &+ segment.back
            signs |= place
            starts[index] = UInt32(bitPattern: place)
        }
        if signs < 0 { return false }
        var difference = SIMD2<UInt64>()
        for index in 0..<count {
            let check = checks.pointer(at: index)
            difference |= (Self.load(p + Int(starts[index])) ^ check.pointee.text) & check.pointee.mask
        }
        for index in 0..<farChecks.count {
            let far = farChecks.pointer(at: index)
            // … and end behind it: stay inside, the comparison fails anyway.
            let place = min(Int(starts[Int(far.pointee.segment)]) &+ Int(far.pointee.offset), line.count)
            difference |= (Self.load(p + place) ^ far.pointee.check.text) & far.pointee.check.mask
        }
        let end = Int(starts[count &- 1]) &+ lastLength
        let ends = UInt64(truncatingIfNeeded: end ^ line.count)
        return difference[0] | difference[1] | ends == 0 && bareValuesAreScalars(p, starts)
    }

    @inline(__always) private static func load(_ p: UnsafePointer<UInt8>) -> SIMD2<UInt64> {
        let vector = UnsafeRawPointer(p).loadUnaligned(as: SIMD2<UInt64>.self)
        return SIMD2(UInt64(littleEndian: vector[0]), UInt64(littleEndian: vector[1]))
    }

    /// Puts the canonical fields of a matched line into their slots.
    @inline(__always) func fill(
        _ fields: inout CanonicalFields,
        _ line: LineView,
        _ starts: UnsafePointer<UInt32>
    ) {
        fields.removeAll()
        let hasBackslash = line.flags & LineFlag.backslash != 0
        for index in 0..<canonical.count {
            let field = canonical.pointer(at: index)
            let start = starts[Int(field.pointee.start)] &+ field.pointee.startOffset
            let end = starts[Int(field.pointee.end)] &+ field.pointee.endOffset
            var kind = field.pointee.kind
            if field.pointee.isBare {
                kind = Self.bareKind(line.base[Int(start)])
                if kind == .null { continue }
            } else if hasBackslash {
                kind = Self.stringKind(kind, line.base, start, end)
            }
            let slot = CanonicalFields.Slot(start: start, end: end, kind: kind, rank: field.pointee.rank)
            fields.set(field.pointee.meaning, slot)
        }
    }

    /// Puts all fields of a matched line on the tape.
    func fill(_ tape: inout FieldTape, _ line: LineView, _ starts: UnsafePointer<UInt32>) {
        tape.removeAll()
        for index in 0..<templates.count { tape.append(field(index, line, starts)) }
    }

    /// One field of a matched line, by its place on the tape.
    @inline(__always) func field(_ index: Int, _ line: LineView, _ starts: UnsafePointer<UInt32>) -> Field {
        let template = templates[index]
        var field = template.field
        field.start = starts[Int(template.startSegment)] &+ template.startOffset
        field.end = starts[Int(template.endSegment)] &+ template.endOffset
        field.kind = kind(of: template, line, field.start, field.end)
        return field
    }

    @inline(__always) private func kind(
        of template: Template,
        _ line: LineView,
        _ start: UInt32,
        _ end: UInt32
    ) -> Field.Kind {
        if template.isBare { return Self.bareKind(line.base[Int(start)]) }
        guard line.flags & LineFlag.backslash != 0 else { return template.field.kind }
        return Self.stringKind(template.field.kind, line.base, start, end)
    }

    /// What a value without quotes is, by its first byte.
    @inline(__always) private static func bareKind(_ first: UInt8) -> Field.Kind {
        switch first {
        case UInt8(ascii: "t"), UInt8(ascii: "f"): .bool
        case UInt8(ascii: "n"): .null
        default: .number
        }
    }

    /// What a value is in a line with backslashes.
    private static func stringKind(
        _ kind: Field.Kind,
        _ base: UnsafePointer<UInt8>,
        _ start: UInt32,
        _ end: UInt32
    ) -> Field.Kind {
        guard kind == .string else { return kind }
        for at in Int(start)..<Int(end) where base[at] == 0x5C { return .escapedString }
        return .string
    }

    /// Values without quotes are taken as they are by the comparison, so their grammar is checked here.
    @inline(__always) private func bareValuesAreScalars(
        _ p: UnsafePointer<UInt8>,
        _ starts: UnsafePointer<UInt32>
    ) -> Bool {
        for index in 0..<bare.count {
            let template = bare[index]
            let start = Int(starts[Int(template.startSegment)] &+ template.startOffset)
            let length = Int(starts[Int(template.endSegment)] &+ template.endOffset) &- start
            if length <= 0 { return false }
            if JSONNumber.isValid(p + start, length) { continue }
            guard Self.isLiteral(p + start, length), !template.needsValue || p[start] != UInt8(ascii: "n") else {
                return false
            }
        }
        return true
    }

    private static func isLiteral(_ p: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        let word = Bytes.prefix64(p, length)
        return word == 0x6575_7274 || word == 0x65_736C_6166 || word == 0x6C6C_756E
    }
}
