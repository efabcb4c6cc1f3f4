/// Reads the answer to `query_range`.
enum LokiQueryResponse {
    /// The entries of all streams; metadata is what the entry says, or else the labels of its stream.
    static func entries(_ body: [UInt8]) throws(JSONError) -> [LokiEntry] {
        var entries: [LokiEntry] = []
        var isStreams = false
        var reader = JSONReader(body)
        try reader.object { (key, reader) throws(JSONError) in
            guard key == "data" else { return try reader.skip() }
            try reader.object { (key, reader) throws(JSONError) in
                switch key {
                case "resultType": isStreams = try reader.string() == "streams"
                case "result": entries = try readStreams(&reader)
                default: try reader.skip()
                }
            }
        }
        try reader.end()
        guard isStreams else { throw JSONError(offset: 0) }
        return entries
    }

    private static func readStreams(_ reader: inout JSONReader) throws(JSONError) -> [LokiEntry] {
        var entries: [LokiEntry] = []
        try reader.array { reader throws(JSONError) in
            var labels: [String: String] = [:]
            var values: [LokiEntry] = []
            try reader.object { (key, reader) throws(JSONError) in
                switch key {
                case "stream": labels = try LokiPush.readLabels(&reader)
                case "values":
                    try reader.array { reader throws(JSONError) in values.append(try LokiPush.readContents(&reader)) }
                default: try reader.skip()
                }
            }
            // Before Loki 3.0, and without the flag, metadata is among the labels.
            for var entry in values {
                entry.metadata.merge(labels) { own, _ in own }
                entries.append(entry)
            }
        }
        return entries
    }
}
