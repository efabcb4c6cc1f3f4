internal import Outputs

/// Checks a document the way OpenSearch's parsers and Martlet's mapping would.
struct OpenSearchContractDocument {
    /// An error of one item.
    struct Refusal: Error, Equatable {
        var type = "mapper_parsing_exception"
        var reason: String
    }

    /// Longest term that an index takes.
    private static let termBytes = 32_766
    private static let depthMax = 20
    /// Objects by Martlet's mapping, and numbers.
    private static let objects: Set = [
        "attributes", "labels", "log", "service", "trace", "span", "host", "http", "event",
    ]
    private static let integers: Set = ["http.response.status_code", "event.duration", "event.sequence"]

    private var refusal: Refusal?
    private var hasTimestamp = false

    /// What OpenSearch would answer; nil when it would take the document.
    static func refusal(_ source: [UInt8], needsTimestamp: Bool) -> Refusal? {
        var check = OpenSearchContractDocument()
        do throws(JSONError) {
            var reader = JSONReader(source)
            try check.object("", 0, &reader)
            try reader.end()
        } catch {
            return Refusal(reason: "failed to parse: not JSON at \(error.offset)")
        }
        if let refusal = check.refusal { return refusal }
        guard needsTimestamp && !check.hasTimestamp else { return nil }
        return Refusal(
            type: "illegal_argument_exception",
            reason: "data stream timestamp field [@timestamp] is missing"
        )
    }

    private mutating func object(_ path: String, _ depth: Int, _ reader: inout JSONReader) throws(JSONError) {
        var seen: Set<String> = []
        var members: [(key: String, range: Range<Int>)] = []
        var copy = reader
        try reader.object { (key, reader) throws(JSONError) in
            if !seen.insert(key).inserted { members.append((key, 0..<0)) }
            try reader.skip()
        }
        if let double = members.first { refuse("Duplicate field '\(double.key)'") }
        var check = self
        try copy.object { (key, reader) throws(JSONError) in
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
        let kind = try reader.kind()
        if Self.objects.contains(path), kind != .object {
            refuse("object mapping for [\(path)] tried to parse field [\(path)] as object, but found a concrete value")
        }
        switch kind {
        case .object: try object(path, depth, &reader)
        case .array: try array(path, depth, &reader)
        case .string: string(path, try reader.string())
        case .number where Self.integers.contains(path): _ = try reader.integer()
        default:
            if path == "@timestamp" { refuse("failed to parse date field") }
            try reader.skip()
        }
    }

    private mutating func array(_ path: String, _ depth: Int, _ reader: inout JSONReader) throws(JSONError) {
        var check = self
        try reader.array { reader throws(JSONError) in
            switch try reader.kind() {
            case .object: try check.object(path, depth + 1, &reader)
            case .array: try check.array(path, depth + 1, &reader)
            case .string: check.string(path, try reader.string())
            default: try reader.skip()
            }
        }
        self = check
    }

    private mutating func string(_ path: String, _ text: String) {
        if path == "@timestamp", !Self.isTime(text) { refuse("failed to parse date field [\(text)]") }
        if Self.integers.contains(path), Int(text) == nil { refuse("failed to parse field [\(path)] of type [long]") }
        if path.hasPrefix("attributes."), (path + "=" + text).utf8.count > Self.termBytes {
            refuse("Document contains at least one immense term in field=\"attributes\"", "illegal_argument_exception")
        }
    }

    /// `2026-01-02T03:04:05.123456789Z`, any number of digits up to nine.
    private static func isTime(_ text: String) -> Bool {
        let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
        let bytes = Array(text.utf8)
        guard bytes.count > shape.count, bytes.last == UInt8(ascii: "Z") else { return false }
        for (byte, wanted) in zip(bytes, shape) {
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            guard wanted == UInt8(ascii: "d") ? isDigit : byte == wanted else { return false }
        }
        let fraction = bytes[shape.count...].dropLast()
        return fraction.isEmpty
            || fraction.first == UInt8(ascii: ".") && (2...10).contains(fraction.count)
                && fraction.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private mutating func refuse(_ reason: String, _ type: String = "mapper_parsing_exception") {
        if refusal == nil { refusal = Refusal(type: type, reason: reason) }
    }
}
