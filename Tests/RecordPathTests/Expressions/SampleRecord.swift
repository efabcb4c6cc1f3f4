import RecordPath

/// A record that expressions are tried on.
///
/// Its texts live as long as it does.
final class SampleRecord: ExpressionSubject {
    var level = Level.none
    var numbers: [ExpressionField: Int64] = [:]
    private(set) var texts: [ExpressionField: String] = [:]
    private(set) var attributes: [String: String] = [:]
    private var fieldBytes: [ExpressionField: UnsafeBufferPointer<UInt8>] = [:]
    private var attributeBytes: [String: UnsafeBufferPointer<UInt8>] = [:]
    /// The paths behind attribute numbers.
    var names = AttributeNames()

    init(
        level: Level = .none,
        status: Int64? = nil,
        latency: Int64? = nil,
        time: Int64? = nil,
        texts: [ExpressionField: String] = [:],
        attributes: [String: String] = [:]
    ) {
        self.level = level
        numbers[.status] = status
        numbers[.latency] = latency
        numbers[.timestamp] = time
        self.texts = texts
        self.attributes = attributes
        fieldBytes = texts.mapValues(Self.copy)
        attributeBytes = attributes.mapValues(Self.copy)
    }

    deinit {
        for bytes in fieldBytes.values { bytes.deallocate() }
        for bytes in attributeBytes.values { bytes.deallocate() }
    }

    private static func copy(_ text: String) -> UnsafeBufferPointer<UInt8> {
        // One byte more, so that an empty text has an address as it has in a line.
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count + 1)
        _ = copy.initialize(from: text.utf8)
        return UnsafeBufferPointer(start: copy.baseAddress, count: text.utf8.count)
    }

    func number(of field: ExpressionField) -> Int64? { numbers[field] }
    func text(of field: ExpressionField) -> UnsafeBufferPointer<UInt8>? { fieldBytes[field] }
    func attribute(_ number: Int) -> UnsafeBufferPointer<UInt8>? { attributeBytes[names.paths[number]] }

    /// Whether an expression holds for this record.
    func satisfies(_ text: String) throws -> Bool {
        let expression = try Expression(text, attributes: &names)
        return expression.holds(for: self)
    }
}
