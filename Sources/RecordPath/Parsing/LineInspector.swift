/// Shows what the parser makes of single lines: for `martlet explain` and for tests.
///
/// Not for the hot path.
package struct LineInspector: ~Copyable {
    /// One field of a line.
    package struct Field: Sendable, Equatable {
        /// Dotted path of the key.
        package var path: String
        package var kind: FieldKind
        package var meaning: Meaning
        /// Where the value stands in the line.
        package var range: Range<Int>
        /// Fields inside an object.
        package var descendants: Int
    }

    /// A parsed line.
    package struct Inspection: Sendable, Equatable {
        package var format: LineFormat
        package var fields: [Field]
        /// A learnt shape matched; else the walker ran.
        package var isByShape: Bool
        /// Ranges of the canonical fields.
        package var canonical: [Meaning: Range<Int>]
    }

    private var scanner = LineScanner()
    private var parser: LineParser
    private var shapes = ShapeCache()
    private var textMemory = TextMemory()
    private var line = Arena(capacity: 4096)

    /// Makes an inspector that remembers shapes from line to line, as a stream does.
    package init(lexicon: FieldLexicon, formats: FormatChoice = FormatChoice()) {
        parser = LineParser(lexicon: lexicon, formats: formats)
    }

    /// Parses a line; with `forgetsShapes` always by the walker.
    package mutating func inspect(_ bytes: [UInt8], forgetsShapes: Bool = false, reference: Int64 = 0) -> Inspection {
        line.removeAll()
        line.append(bytes)
        line.put(0x0A)
        if forgetsShapes { shapes.removeAll() }
        let view = scanner.scan(UnsafePointer(line.base), bytes.count, tables: nil)
        parser.parse(view, shapes: &shapes, memory: &textMemory, reference: reference)
        let isByShape = parser.isByShape
        var canonical: [Meaning: Range<Int>] = [:]
        for meaning in Meaning.allCases where parser.canonical.has(meaning) {
            canonical[meaning] = parser.canonical.slot(meaning).range
        }
        let fields = parser.fields(of: view).map { field in
            Field(
                path: parser.keys.withPath(of: field.key) { String(decoding: $0, as: UTF8.self) },
                kind: field.kind,
                meaning: field.meaning,
                range: Int(field.start)..<Int(field.end),
                descendants: Int(field.descendants)
            )
        }
        return Inspection(format: parser.format, fields: fields, isByShape: isByShape, canonical: canonical)
    }
}
