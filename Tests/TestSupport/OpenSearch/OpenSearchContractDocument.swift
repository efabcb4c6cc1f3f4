internal import Outputs

/// Checks a document the way OpenSearch's parsers would, by the mapping of its template.
struct OpenSearchContractDocument {
    /// An error of one item.
    struct Refusal: Error, Equatable {
        var type = "mapper_parsing_exception"
        var reason: String
    }

    /// Longest term that an index takes.
    private static let termBytes = 32_766
    private static let depthMax = 20
    /// Longest number that the parser takes.
    private static let numberBytes = 1_000

    private let mapping: OpenSearchContractMapping
    private let source: [UInt8]
    private var refusal: Refusal?
    private var hasTimestamp = false

    private init(_ mapping: OpenSearchContractMapping, _ source: [UInt8]) {
        self.mapping = mapping
        self.source = source
    }

    /// What OpenSearch would answer; nil when it would take the document.
    static func refusal(_ source: [UInt8], _ mapping: OpenSearchContractMapping) -> Refusal? {
        guard String(validating: source, as: UTF8.self) != nil else { return Refusal(reason: "Invalid UTF-8") }
        var check = OpenSearchContractDocument(mapping, source)
        do throws(JSONError) {
            var reader = JSONReader(source)
            try check.object("", 0, &reader)
            try reader.end()
        } catch {
            return Refusal(reason: "failed to parse: not JSON at \(error.offset)")
        }
        if let refusal = check.refusal { return refusal }
        guard !check.hasTimestamp else { return nil }
        return Refusal(
            type: "illegal_argument_exception",
            reason: "data stream timestamp field [@timestamp] is missing"
        )
    }

    // MARK: Structure

    private mutating func object(_ path: String, _ depth: Int, _ reader: inout JSONReader) throws(JSONError) {
        var seen: Set<String> = []
        var check = self
        try reader.object { (key, reader) throws(JSONError) in
            if !seen.insert(key).inserted { check.refuse("Duplicate field '\(key)'") }
            try check.member(path.isEmpty ? key : path + "." + key, key, depth + 1, &reader)
        }
        self = check
    }

    private mutating func member(
        _ path: String,
        _ key: String,
        _ depth: Int,
        _ reader: inout JSONReader
    ) throws(JSONError) {
        if path == "@timestamp" { hasTimestamp = true }
        if key.isEmpty || key.allSatisfy({ $0 == " " }) { refuse("field name cannot be an empty string") }
        if key.hasPrefix(".") || key.hasSuffix(".") || key.contains("..") {
            refuse("field name starting or ending with a [.] makes object resolution ambiguous: [\(key)]")
        }
        if depth > Self.depthMax { refuse("Limit of mapping depth [20] has been exceeded") }
        try value(path, depth, &reader, isInArray: false)
    }

    private mutating func value(
        _ path: String,
        _ depth: Int,
        _ reader: inout JSONReader,
        isInArray: Bool
    ) throws(JSONError) {
        let field = mapping.fields[path]
        switch try reader.kind() {
        case .object:
            if let field, !["object", "flat_object"].contains(field.type) {
                refuse("failed to parse field [\(path)] of type [\(field.type)]: START_OBJECT")
            }
            try object(path, depth, &reader)
        case .array:
            if field?.type == "flat_object" { refuse("[\(path)] unexpected token [START_ARRAY] in flat_object") }
            var check = self
            try reader.array { reader throws(JSONError) in
                try check.value(path, depth + (isInArray ? 1 : 0), &reader, isInArray: true)
            }
            self = check
        case .string: string(path, field, try reader.string())
        case .number:
            let range = try reader.range()
            if range.count > Self.numberBytes { refuse("Number length (\(range.count)) exceeds the maximum length") }
            number(path, field, range)
        default:
            let range = try reader.range()
            if let field, range.count > 0 { constant(path, field, range) }
        }
    }

    // MARK: Values

    private mutating func string(_ path: String, _ field: OpenSearchContractMapping.Field?, _ text: String) {
        switch field?.type {
        case "date_nanos": if !Self.isTime(text) { refuse("failed to parse date field [\(text)]") }
        case "long": if Int(text) == nil { refuse("failed to parse field [\(path)] of type [long]") }
        case "short": if Int16(text) == nil { refuse("failed to parse field [\(path)] of type [short]") }
        case "boolean": if !["true", "false", ""].contains(text) { refuse("Failed to parse value [\(text)]") }
        case "keyword":
            let isTerm = (field?.isIndexed ?? true) || (field?.hasDocValues ?? true)
            if isTerm, text.count <= field?.ignoreAbove ?? .max, text.utf8.count > Self.termBytes { immense(path) }
        case "object", "flat_object": refuse("object mapping for [\(path)] found a concrete value")
        default:
            if path.hasPrefix("attributes.") || path.hasPrefix("labels."),
                (path + "=" + text).utf8.count > Self.termBytes
            {
                immense(path)
            }
        }
    }

    private mutating func number(
        _ path: String,
        _ field: OpenSearchContractMapping.Field?,
        _ range: Range<Int>
    ) {
        let text = text(range)
        switch field?.type {
        case "long": if Int(text) == nil { refuse("failed to parse field [\(path)] of type [long]: \(text)") }
        case "short": if Int16(text) == nil { refuse("Value [\(text)] is out of range for a short") }
        case "boolean", "object", "flat_object": refuse("field [\(path)] found the number \(text)")
        case "date_nanos": refuse("failed to parse date field [\(text)]")
        default: break
        }
    }

    private mutating func constant(
        _ path: String,
        _ field: OpenSearchContractMapping.Field,
        _ range: Range<Int>
    ) {
        let text = text(range)
        guard text != "null" else {
            if field.type == "date_nanos" { refuse("data stream timestamp field [@timestamp] is missing") }
            return
        }
        if !["boolean", "keyword", "text"].contains(field.type) { refuse("field [\(path)] found [\(text)]") }
    }

    /// `2026-01-02T03:04:05.123456789Z`, any number of digits up to nine, in the years that nanoseconds reach.
    private static func isTime(_ text: String) -> Bool {
        let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count > shape.count, bytes.last == UInt8(ascii: "Z") else { return false }
        for (byte, wanted) in zip(bytes, shape) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard wanted == UInt8(ascii: "d") ? isDigit : byte == wanted else { return false }
        }
        guard let year = Int(text.prefix(4)), (1970...2261).contains(year) else { return false }
        let fraction = bytes[shape.count...].dropLast()
        return fraction.isEmpty
            || fraction.first == UInt8(ascii: ".") && (2...10).contains(fraction.count)
                && fraction.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }

    private mutating func immense(_ path: String) {
        refuse("Document contains at least one immense term in field=\"\(path)\"", "illegal_argument_exception")
    }

    private mutating func refuse(_ reason: String, _ type: String = "mapper_parsing_exception") {
        if refusal == nil { refusal = Refusal(type: type, reason: reason) }
    }
}
