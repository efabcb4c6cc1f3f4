internal import Outputs

/// A bulk request, decoded without any of the code that made it.
struct OpenSearchContractBulk {
    /// One operation.
    struct Operation {
        var verb: String
        var id: String?
        var source: [UInt8]
    }

    /// Why the whole request is refused.
    struct Refusal: Error {
        var status: Int
        var type: String
        var reason: String
    }

    private(set) var operations: [Operation] = []

    init(_ request: TestRequest) throws(Refusal) {
        let type = request.header("content-type")?.split(separator: ";").first.map(String.init) ?? ""
        guard type == "application/x-ndjson" || type == "application/json" else {
            throw Refusal(
                status: 406,
                type: "media_type_header_exception",
                reason: "Content-Type header [\(type)] is not supported"
            )
        }
        let bytes = try Self.body(request)
        guard bytes.last == UInt8(ascii: "\n") else {
            throw Self.malformed("The bulk request must be terminated by a newline [\\n]")
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()[...]
        while let line = lines.popFirst() {
            if line.isEmpty { continue }
            var operation = try Self.action(Array(line))
            if operation.verb != "delete" {
                guard let source = lines.popFirst() else { throw Self.malformed("action without a document") }
                operation.source = Array(source)
            }
            operations.append(operation)
        }
        guard !operations.isEmpty else {
            throw Self.malformed("no requests added", "action_request_validation_exception")
        }
    }

    private static func body(_ request: TestRequest) throws(Refusal) -> [UInt8] {
        switch request.header("content-encoding") ?? "" {
        case "": return request.body
        case "gzip":
            guard let bytes = Gunzip.expand(request.body, limit: 1 << 30) else { throw malformed("Not in GZIP format") }
            return bytes
        case let other: throw Refusal(status: 415, type: "unsupported", reason: "Content-Encoding \(other)")
        }
    }

    private static func action(_ line: [UInt8]) throws(Refusal) -> Operation {
        var operation = Operation(verb: "", id: nil, source: [])
        do throws(JSONError) {
            var reader = JSONReader(line)
            try reader.object { (verb, reader) throws(JSONError) in
                operation.verb = verb
                try reader.object { (key, reader) throws(JSONError) in
                    guard key == "_id" else { throw JSONError(offset: 0) }
                    operation.id = try reader.string()
                }
            }
            try reader.end()
        } catch {
            throw malformed("Malformed action/metadata line, expected START_OBJECT or END_OBJECT")
        }
        guard ["create", "index", "update", "delete"].contains(operation.verb) else {
            throw malformed("Malformed action/metadata line, found [\(operation.verb)]")
        }
        return operation
    }

    private static func malformed(_ reason: String, _ type: String = "illegal_argument_exception") -> Refusal {
        Refusal(status: 400, type: type, reason: reason)
    }
}
