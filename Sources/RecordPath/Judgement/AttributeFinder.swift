/// Finds the attributes that expressions name in the fields of a line: a path is looked up once for each key of the
/// worker, then numbers are compared.
struct AttributeFinder: ~Copyable {
    private let paths: [[UInt8]]
    /// Number of the attribute plus one for each key; 0: none.
    private var attributeOfKey: [UInt16] = []
    private var generation: UInt32 = 0
    /// For each attribute the field of the line at hand; -1: it has none.
    private var found: [Int32]
    private var isSearched = false

    init(_ names: AttributeNames, readsDocuments: Bool) {
        // In our own documents (the archive) attributes lie one level down.
        paths =
            names.paths.map { Array($0.utf8) }
            + (readsDocuments ? names.paths.map { Array("attributes.\($0)".utf8) } : [])
        found = Array(repeating: -1, count: names.paths.count)
    }

    /// Begins with another line.
    @inline(__always) mutating func begin() { isSearched = false }

    /// The field of an attribute in the line at hand.
    mutating func field(
        _ number: Int,
        _ fields: UnsafeBufferPointer<Field>,
        _ keys: borrowing KeyTable,
        generation: UInt32
    ) -> Field? {
        if !isSearched {
            learn(keys, generation)
            search(fields)
        }
        let index = found[number]
        return index < 0 ? nil : fields[Int(index)]
    }

    private mutating func search(_ fields: UnsafeBufferPointer<Field>) {
        isSearched = true
        for index in found.indices { found[index] = -1 }
        // Of a name that stands twice the last counts, as in the document.
        for index in 0..<fields.count {
            let attribute = attributeOfKey[Int(fields[index].key)]
            if attribute != 0 { found[Int(attribute) - 1] = Int32(index) }
        }
    }

    private mutating func learn(_ keys: borrowing KeyTable, _ generation: UInt32) {
        if generation != self.generation {
            attributeOfKey.removeAll(keepingCapacity: true)
            self.generation = generation
        }
        while attributeOfKey.count < keys.count {
            let key = UInt32(attributeOfKey.count)
            let place = keys.withPath(of: key) { path in paths.firstIndex { $0.elementsEqual(path) } }
            attributeOfKey.append(place.map { UInt16($0 % found.count) + 1 } ?? 0)
        }
    }
}
