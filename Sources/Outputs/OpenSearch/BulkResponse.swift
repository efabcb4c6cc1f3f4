internal import Transport

/// Reads what OpenSearch answers to a bulk request.
///
/// A 200 says only that the request was understood: each document has a status of its own, in the order sent.
enum BulkResponse {
    /// The items of a 200; nil when the answer is not one to a request of `count` documents.
    static func items(_ response: TransportResponse, count: Int) -> [BulkItem]? {
        guard response.isWhole else { return nil }
        var items: [BulkItem] = []
        items.reserveCapacity(count)
        do throws(JSONError) {
            var reader = JSONReader(response.body)
            try reader.object { (key, reader) throws(JSONError) in
                guard key == "items" else { return try reader.skip() }
                try reader.array { reader throws(JSONError) in items.append(try item(&reader)) }
            }
            try reader.end()
        } catch {
            return nil
        }
        return items.count == count ? items : nil
    }

    /// `{"create":{"status":400,"error":{"type":…}}}`.
    private static func item(_ reader: inout JSONReader) throws(JSONError) -> BulkItem {
        var item = BulkItem(status: 0)
        let start = reader.position
        try reader.object { (_, reader) throws(JSONError) in
            try reader.object { (key, reader) throws(JSONError) in
                switch key {
                case "status": item.status = try reader.integer()
                case "error": item.errorType = try errorType(&reader)
                default: try reader.skip()
                }
            }
        }
        guard (100...599).contains(item.status) else { throw JSONError(offset: start) }
        return item
    }

    /// The type of an error object; some old errors are plain texts.
    static func errorType(_ reader: inout JSONReader) throws(JSONError) -> String {
        guard try reader.kind() == .object else {
            try reader.skip()
            return ""
        }
        var type = ""
        try reader.object { (key, reader) throws(JSONError) in
            if key == "type", try reader.kind() == .string { type = try reader.string() } else { try reader.skip() }
        }
        return type
    }

    /// The error type of an answer that is no 200: `{"error":{"type":…},"status":…}`.
    static func requestErrorType(_ response: TransportResponse) -> String {
        var type = ""
        var reader = JSONReader(response.body)
        // What is torn behind the type does not matter.
        try? reader.object { (key, reader) throws(JSONError) in
            if key == "error" { type = try errorType(&reader) } else { try reader.skip() }
        }
        return type
    }
}
