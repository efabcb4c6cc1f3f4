/// The leaves of one document that OpenSearch could not index, as the elements of `attributes_text`: `path=value`.
struct AttributeTexts: ~Copyable {
    /// How the bytes of a value stand in the line.
    enum Form {
        /// The inside of a string with escapes, as JSON writes it.
        case escaped
        /// The text itself.
        case raw
    }

    /// Values are cut to this many bytes of the line.
    static let maximumValueBytes = 262_144

    /// Quoted elements, each with a comma in front.
    private(set) var elements = Arena(capacity: 256)
    /// Whether a value had to be cut.
    private(set) var wasCut = false

    var isEmpty: Bool { elements.count == 0 }

    mutating func removeAll() {
        elements.removeAll()
        wasCut = false
    }

    /// Adds a value; `path` is escaped for JSON.
    ///
    /// `Arena.slack` bytes behind the value are readable.
    mutating func add(path: borrowing Arena, _ value: UnsafePointer<UInt8>, _ count: Int, _ form: Form) {
        elements.put(",\"")
        elements.put(UnsafePointer(path.base), path.count)
        elements.put(UInt8(ascii: "="))
        let kept = LineCut.boundary(value, count, Self.maximumValueBytes)
        if kept < count { wasCut = true }
        switch form {
        case .escaped: JSONText.putMended(value, kept, into: &elements)
        case .raw: elements.putEscaped(value, kept)
        }
        elements.put(UInt8(ascii: "\""))
    }
}
