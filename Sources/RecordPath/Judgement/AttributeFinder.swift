/// Finds the attributes that expressions name in a line: a path is looked up once for each key of the worker, a
/// shape's fields once for each shape.
struct AttributeFinder: ~Copyable {
    /// Shapes whose fields are remembered, each in the place that its serial number tells.
    private static let shapePlaces = 64

    private let paths: [[UInt8]]
    private let count: Int
    /// Number of the attribute plus one for each key; 0: none.
    private var attributeOfKey = Column<UInt16>()
    private var generation: UInt32 = 0
    /// For each attribute the field of the line at hand; -1: it has none.
    private var found: Column<Int32>
    private var isSearched = false
    /// Which shape has each place; 0: none.
    private var shapes = Column<UInt64>(repeating: 0, count: shapePlaces)
    /// For each place and attribute the field.
    private var fieldsOfShapes: Column<Int32>

    init(_ names: AttributeNames, readsDocuments: Bool) {
        // In our own documents (the archive) attributes lie one level down.
        paths =
            names.paths.map { Array($0.utf8) }
            + (readsDocuments ? names.paths.map { Array("attributes.\($0)".utf8) } : [])
        count = names.paths.count
        found = Column(repeating: -1, count: count)
        fieldsOfShapes = Column(repeating: -1, count: count * Self.shapePlaces)
    }

    /// Begins with another line.
    @inline(__always) mutating func begin() { isSearched = false }

    /// The field of an attribute in the line that the parser has just parsed.
    mutating func field(_ number: Int, _ parser: UnsafeMutablePointer<LineParser>, _ line: LineView) -> Field? {
        if let shape = parser.pointee.matched {
            let place = Int(truncatingIfNeeded: shape.pointee.serial) & (Self.shapePlaces &- 1)
            if shapes[place] != shape.pointee.serial { learn(shape, at: place, parser, line) }
            let index = fieldsOfShapes[place &* count &+ number]
            return index < 0 ? nil : shape.pointee.field(Int(index), line, parser.pointee.starts)
        }
        let fields = parser.pointee.fields(of: line)
        if !isSearched { search(fields, parser) }
        let index = found[number]
        return index < 0 ? nil : fields[Int(index)]
    }

    @inline(never) private mutating func learn(
        _ shape: UnsafeMutablePointer<Shape>,
        at place: Int,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ line: LineView
    ) {
        search(parser.pointee.fields(of: line), parser)
        for number in 0..<count { fieldsOfShapes[place * count + number] = found[number] }
        shapes[place] = shape.pointee.serial
    }

    private mutating func search(_ fields: UnsafeBufferPointer<Field>, _ parser: UnsafeMutablePointer<LineParser>) {
        learnKeys(parser)
        isSearched = true
        for number in 0..<count { found[number] = -1 }
        // Of a name that stands twice the last counts, as in the document.
        for index in 0..<fields.count {
            let attribute = attributeOfKey[Int(fields[index].key)]
            if attribute != 0 { found[Int(attribute) - 1] = Int32(index) }
        }
    }

    private mutating func learnKeys(_ parser: UnsafeMutablePointer<LineParser>) {
        if parser.pointee.generation != generation {
            attributeOfKey.removeAll()
            generation = parser.pointee.generation
        }
        while attributeOfKey.count < parser.pointee.keys.count {
            let key = UInt32(attributeOfKey.count)
            let place = parser.pointee.keys.withPath(of: key) { path in
                paths.firstIndex { $0.elementsEqual(path) }
            }
            attributeOfKey.append(place.map { UInt16($0 % count) + 1 } ?? 0)
        }
    }
}
