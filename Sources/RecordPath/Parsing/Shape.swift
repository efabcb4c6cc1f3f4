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
    /// Sixteen bytes of a segment, expected at `quotes[ordinal] + back`.
    struct Check: BitwiseCopyable {
        var ordinal: Int32
        var back: Int32
        var text0: UInt64
        var mask0: UInt64
        var text1: UInt64
        var mask1: UInt64
    }

    /// A segment: where it starts, from its quote, and how long it is.
    struct Segment: BitwiseCopyable {
        var ordinal: Int32
        var back: Int32
        var length: Int32
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

    static let maximumFields = 128
    static let maximumConstantBytes = 8 * 1024

    /// Unlike that of every other shape of the worker, so that others can keep what they worked out for it.
    let serial: UInt64
    let quoteCount: Int
    let needsLook: Bool
    /// Lines matched: whether learning it was worth the while.
    var hits: UInt32 = 0
    // Invariant of the pointers: allocated with their counts in `init`, freed in `deinit`, never shared.
    private let checks: UnsafeMutablePointer<Check>
    private let checkCount: Int
    private let segments: UnsafeMutablePointer<Segment>
    let segmentCount: Int
    private let templates: UnsafeMutablePointer<Template>
    private let templateCount: Int
    /// Templates with a canonical meaning, best name of each meaning only.
    private let canonical: UnsafeMutablePointer<Template>
    private let canonicalCount: Int
    private let bare: UnsafeMutablePointer<Template>
    private let bareCount: Int

    init(_ draft: ShapeDraft, serial: UInt64) {
        self.serial = serial
        quoteCount = draft.quoteCount
        needsLook = draft.needsLook
        checkCount = draft.checks.count
        checks = Self.copy(draft.checks)
        segmentCount = draft.segments.count
        segments = Self.copy(draft.segments)
        templateCount = draft.templates.count
        templates = Self.copy(draft.templates)
        let best = draft.canonicalTemplates
        canonicalCount = best.count
        canonical = Self.copy(best)
        let bareTemplates = draft.templates.filter(\.isBare)
        bareCount = bareTemplates.count
        bare = Self.copy(bareTemplates)
    }

    deinit {
        checks.deallocate()
        segments.deallocate()
        templates.deallocate()
        canonical.deallocate()
        bare.deallocate()
    }

    /// All fields, in the order of the tape.
    var allTemplates: UnsafeBufferPointer<Template> { UnsafeBufferPointer(start: templates, count: templateCount) }

    /// The field of each canonical meaning that counts.
    var canonicalTemplates: UnsafeBufferPointer<Template> {
        UnsafeBufferPointer(start: canonical, count: canonicalCount)
    }

    private static func copy<T: BitwiseCopyable>(_ array: [T]) -> UnsafeMutablePointer<T> {
        let memory = UnsafeMutablePointer<T>.allocate(capacity: max(array.count, 1))
        array.withUnsafeBufferPointer { if let base = $0.baseAddress { memory.update(from: base, count: $0.count) } }
        return memory
    }

    /// Whether the line has this shape; then `starts` holds where each segment starts.
    ///
    /// `quotes` has one entry more than the line has quotes: the line's length. `starts` has room for all segments.
    @inline(__always) func matches(
        _ line: LineView,
        quotes: UnsafePointer<UInt32>,
        starts: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        let p = line.base
        // Lines of other shapes mostly differ in their first key.
        let first = checks[0]
        let begin = Int(quotes[Int(first.ordinal)]) &+ Int(first.back)
        if begin != 0 || (Bytes.load64(p) ^ first.text0) & first.mask0 != 0 { return false }
        var difference: UInt64 = 0
        for index in 0..<checkCount {
            let check = checks[index]
            let place = Int(quotes[Int(check.ordinal)]) &+ Int(check.back)
            // A segment of another shape may begin before the line: stay inside, the comparison fails anyway.
            let at = place & ~(place &>> 63)
            difference |= (Bytes.load64(p + at) ^ check.text0) & check.mask0
            difference |= (Bytes.load64(p + at + 8) ^ check.text1) & check.mask1
        }
        for index in 0..<segmentCount {
            let segment = segments[index]
            let place = Int(quotes[Int(segment.ordinal)]) &+ Int(segment.back)
            difference |= UInt64(bitPattern: Int64(place &>> 63))
            starts[index] = UInt32(truncatingIfNeeded: place)
        }
        let last = segmentCount &- 1
        let end = Int(starts[last]) &+ Int(segments[last].length)
        difference |= UInt64(starts[0]) | UInt64(truncatingIfNeeded: end ^ line.count)
        return difference == 0 && bareValuesAreScalars(p, starts)
    }

    /// Puts the canonical fields of a matched line into their slots.
    @inline(__always) func fill(
        _ fields: inout CanonicalFields,
        _ line: LineView,
        _ starts: UnsafePointer<UInt32>
    ) {
        fields.removeAll()
        for index in 0..<canonicalCount {
            let template = canonical[index]
            let field = template.field
            let start = starts[Int(template.startSegment)] &+ template.startOffset
            let end = starts[Int(template.endSegment)] &+ template.endOffset
            let kind = kind(of: template, line, start, end)
            if kind == .null { continue }
            fields.set(field.meaning, CanonicalFields.Slot(start: start, end: end, kind: kind, rank: template.rank))
        }
    }

    /// Puts all fields of a matched line on the tape.
    func fill(_ tape: inout FieldTape, _ line: LineView, _ starts: UnsafePointer<UInt32>) {
        tape.removeAll()
        for index in 0..<templateCount {
            let template = templates[index]
            var field = template.field
            field.start = starts[Int(template.startSegment)] &+ template.startOffset
            field.end = starts[Int(template.endSegment)] &+ template.endOffset
            field.kind = kind(of: template, line, field.start, field.end)
            tape.append(field)
        }
    }

    @inline(__always) private func kind(
        of template: Template,
        _ line: LineView,
        _ start: UInt32,
        _ end: UInt32
    ) -> Field.Kind {
        if template.isBare {
            switch line.base[Int(start)] {
            case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
            case UInt8(ascii: "n"): return .null
            default: return .number
            }
        }
        guard template.field.kind == .string, line.flags & LineFlag.backslash != 0 else { return template.field.kind }
        for at in Int(start)..<Int(end) where line.base[at] == 0x5C { return .escapedString }
        return .string
    }

    /// Values without quotes are taken as they are by the comparison, so their grammar is checked here.
    @inline(__always) private func bareValuesAreScalars(
        _ p: UnsafePointer<UInt8>,
        _ starts: UnsafePointer<UInt32>
    ) -> Bool {
        for index in 0..<bareCount {
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
