/// An attribute program being worked out from a shape.
struct AttributeProgramDraft: ~Copyable {
    private(set) var isUsable = true
    private(set) var steps: [AttributeProgram.Step] = []
    private(set) var numbers: [(start: AttributeProgram.Place, end: AttributeProgram.Place)] = []
    var text = Arena(capacity: 256)

    /// An object around the field at hand: its index in the tape, and the index behind its last field.
    private struct Object {
        var index: Int
        var key: UInt32
        var end: Int
    }

    private var path: [Object] = []
    /// The objects that the output is inside of.
    private var written: [Object] = []
    /// Nothing between the last field that was written and the one at hand has to be left out or changed.
    private var isContiguous = false
    private var groups: Set<UInt32> = []

    /// Works a program out for lines of which these canonical fields are consumed.
    init(
        _ shape: borrowing Shape,
        consumed: UInt64,
        _ keys: inout AttributeKeys,
        _ table: borrowing KeyTable
    ) {
        let templates = shape.allTemplates
        let canonical = shape.canonicalTemplates
        for index in 0..<templates.count where isUsable {
            let template = templates[index]
            let field = template.field
            while let object = path.last, object.end == index { path.removeLast() }
            let group = keys.entry(field.key, table).pointee.group
            isUsable = groups.insert(group).inserted && path.count < AttributeWriter.maximumDepth - 1
            if !table.withName(of: field.key, { AttributeName.isClean($0) }) { isContiguous = false }
            if field.descendants > 0 {
                path.append(Object(index: index, key: field.key, end: index + 1 + Int(field.descendants)))
            } else if Self.isConsumed(template, canonical, consumed) {
                isContiguous = false
            } else {
                add(template, keys)
            }
        }
        finish()
    }

    private static func isConsumed(
        _ template: Shape.Template,
        _ canonical: [Shape.Template],
        _ consumed: UInt64
    ) -> Bool {
        let meaning = template.field.meaning
        guard meaning != .other, consumed & 1 << UInt64(meaning.rawValue) != 0 else { return false }
        return canonical.contains { other in
            other.field.meaning == meaning && other.startSegment == template.startSegment
                && other.startOffset == template.startOffset
        }
    }

    private mutating func add(_ template: Shape.Template, _ keys: borrowing AttributeKeys) {
        // Strings take their quotes along.
        let quote = template.field.kind == .string && !template.isBare ? 1 : 0
        let start = AttributeProgram.Place(
            segment: Int(template.startSegment),
            offset: Int(template.startOffset) - quote
        )
        let end = AttributeProgram.Place(segment: Int(template.endSegment), offset: Int(template.endOffset) + quote)
        if template.isBare { numbers.append((start, end)) }
        if isContiguous {
            steps[steps.count - 1].end = end
        } else {
            let from = text.count
            lead(to: template.field.key, keys)
            steps.append(AttributeProgram.Step(text: from, textLength: text.count - from, start: start, end: end))
        }
        written = path
        isContiguous = true
    }

    /// Writes what stands between the last value and the next: closing braces, names of objects, the key.
    private mutating func lead(to key: UInt32, _ keys: borrowing AttributeKeys) {
        var isFirst = steps.isEmpty
        if isFirst { text.put(",\"attributes\":{") }
        var common = 0
        while common < min(written.count, path.count), written[common].index == path[common].index { common += 1 }
        for _ in common..<written.count { text.put(UInt8(ascii: "}")) }
        for object in path[common...] {
            putKey(object.key, keys, isFirst)
            text.put(UInt8(ascii: "{"))
            isFirst = true
        }
        putKey(key, keys, isFirst)
    }

    private mutating func putKey(_ key: UInt32, _ keys: borrowing AttributeKeys, _ isFirst: Bool) {
        if !isFirst { text.put(UInt8(ascii: ",")) }
        text.put(UInt8(ascii: "\""))
        keys.putName(of: key, into: &text)
        text.put("\":")
    }

    private mutating func finish() {
        guard !steps.isEmpty else { return }
        let from = text.count
        for _ in 0...written.count { text.put(UInt8(ascii: "}")) }
        let nowhere = AttributeProgram.Place(segment: 0, offset: 0)
        steps.append(
            AttributeProgram.Step(text: from, textLength: text.count - from, start: nowhere, end: nowhere)
        )
    }
}
