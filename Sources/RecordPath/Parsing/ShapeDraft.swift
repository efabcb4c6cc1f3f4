/// A shape being learnt from a line that the walker has parsed.
struct ShapeDraft {
    private(set) var quoteCount: Int
    private(set) var needsLook: Bool
    private(set) var checks: [Shape.Check] = []
    private(set) var farChecks: [Shape.FarCheck] = []
    private(set) var lastLength = 0
    private(set) var segments: [Shape.Segment] = []
    private(set) var templates: [Shape.Template] = []

    private let line: LineView
    private var segmentStarts: [Int] = []
    private var ordinal = 0

    /// Learns from a parsed line.
    ///
    /// Nil where no template can be had: arrays, escaped keys, too many fields.
    init?(line: LineView, tape: borrowing FieldTape, keys: borrowing KeyTable) {
        self.line = line
        quoteCount = line.quoteCount
        needsLook = tape.needsLook
        let fields = tape.fields
        guard fields.count > 0, fields.count <= Shape.maximumFields else { return nil }
        guard learnSegments(fields) else { return nil }
        for index in 0..<fields.count { learn(fields[index], rank: keys.entry(fields[index].key).rank) }
        markRivals()
    }

    /// Marks the bare values that stand before others of their meaning.
    private mutating func markRivals() {
        var seen: [Meaning: Int] = [:]
        for template in templates where template.field.meaning != .other {
            seen[template.field.meaning, default: 0] += 1
        }
        for index in templates.indices where templates[index].isBare {
            templates[index].needsValue = seen[templates[index].field.meaning, default: 0] > 1
        }
    }

    /// The best-named template of each meaning.
    var canonicalTemplates: [Shape.Template] {
        var best: [Meaning: Shape.Template] = [:]
        for template in templates where template.field.meaning != .other && template.field.kind != .object {
            if let known = best[template.field.meaning], known.rank < template.rank { continue }
            best[template.field.meaning] = template
        }
        return best.values.sorted { $0.field.meaning.rawValue < $1.field.meaning.rawValue }
    }

    private mutating func learnSegments(_ fields: UnsafeBufferPointer<Field>) -> Bool {
        var start = 0
        var constantBytes = 0
        for index in 0..<fields.count where isVariable(fields[index]) {
            let field = fields[index]
            guard field.kind != .array, field.kind != .object else { return false }
            guard addSegment(start..<Int(field.start)) else { return false }
            constantBytes += Int(field.start) - start
            start = Int(field.end)
        }
        guard !segments.isEmpty, constantBytes <= Shape.maximumConstantBytes else { return false }
        return addSegment(start..<line.count)
    }

    /// Objects that were taken apart and empty ones are constant text; everything else varies from line to line.
    private func isVariable(_ field: Field) -> Bool {
        guard field.kind == .object else { return true }
        return field.descendants == 0 && !isEmptyObject(field)
    }

    private func isEmptyObject(_ field: Field) -> Bool {
        var at = Int(field.start) + 1
        while at < Int(field.end) - 1 {
            guard Bytes.isJSONSpace(line.base[at]) else { return false }
            at += 1
        }
        return true
    }

    private mutating func addSegment(_ range: Range<Int>) -> Bool {
        while ordinal < line.quoteCount, Int(line.quotes[ordinal]) < range.lowerBound { ordinal += 1 }
        let hasQuote = ordinal < line.quoteCount && Int(line.quotes[ordinal]) < range.upperBound
        guard hasQuote || range.upperBound == line.count else { return false }
        for at in range where line.base[at] == 0x5C { return false }
        let anchor = hasQuote ? Int(line.quotes[ordinal]) : line.count
        let number = Int32(hasQuote ? ordinal : line.quoteCount)
        let back = Int32(range.lowerBound - anchor)
        segments.append(Shape.Segment(ordinal: number, back: back))
        segmentStarts.append(range.lowerBound)
        lastLength = range.count
        checks.append(check(range.lowerBound, in: range))
        for at in stride(from: range.lowerBound + 16, to: range.upperBound, by: 16) {
            farChecks.append(
                Shape.FarCheck(
                    segment: Int32(segments.count - 1),
                    offset: Int32(at - range.lowerBound),
                    check: check(at, in: range)
                )
            )
        }
        return true
    }

    /// The check of the bytes from an offset on, at most 16.
    private func check(_ at: Int, in range: Range<Int>) -> Shape.Check {
        let count = min(16, range.upperBound - at)
        let low = min(count, 8)
        let high = count - low
        return Shape.Check(
            text: SIMD2(
                Bytes.prefix64(line.base + at, low),
                high > 0 ? Bytes.prefix64(line.base + at + 8, high) : 0
            ),
            mask: SIMD2(Self.mask(low), Self.mask(high))
        )
    }

    private static func mask(_ bytes: Int) -> UInt64 {
        bytes >= 8 ? ~0 : (1 << UInt64(bytes * 8)) - 1
    }

    private mutating func learn(_ field: Field, rank: UInt8) {
        var field = field
        let isBare = field.kind == .number || field.kind == .bool || field.kind == .null
        if field.kind == .escapedString { field.kind = .string }
        let start = place(Int(field.start), isEnd: false)
        let end = place(Int(field.end), isEnd: true)
        templates.append(
            Shape.Template(
                field: field,
                startSegment: start.segment,
                endSegment: end.segment,
                startOffset: start.offset,
                endOffset: end.offset,
                rank: rank,
                isBare: isBare
            )
        )
    }

    /// A position as a distance from the start of the segment that it lies in or borders on.
    ///
    /// The start of a value is the end of the segment before it; its end is the start of the segment behind it.
    private func place(_ position: Int, isEnd: Bool) -> (segment: UInt16, offset: UInt32) {
        var segment = 0
        for index in 0..<segmentStarts.count
        where isEnd ? segmentStarts[index] <= position : segmentStarts[index] < position {
            segment = index
        }
        if !isEnd, position == 0 { segment = 0 }
        return (UInt16(segment), UInt32(position - segmentStarts[segment]))
    }
}
