package import Outputs

/// Bodies of bulk requests, made in tests without the record path.
package enum BulkBatch {
    /// Documents with ids, as `create` operations.
    package static func create(_ documents: [(id: String, source: String)], gzip: Bool = true) throws -> SealedBatch {
        let lines = documents.map { "{\"create\":{\"_id\":\(TestJSON.quoted($0.id))}}\n\($0.source)\n" }
        let text = Array(lines.joined().utf8)
        let type = (name: "Content-Type", value: "application/x-ndjson")
        return SealedBatch(
            body: gzip ? try Compressor.once(.gzip(.zlib, level: 1), text) : text,
            headers: gzip ? [type, ("Content-Encoding", "gzip")] : [type],
            records: documents.count,
            rawBytes: text.count,
            oldest: 1
        )
    }

    /// So many documents with ids from `PREFIX-0` on.
    package static func create(_ count: Int, prefix: String = "id", gzip: Bool = true) throws -> SealedBatch {
        try create(
            (0..<count).map { ("\(prefix)-\($0)", source("message \($0)")) },
            gzip: gzip
        )
    }

    /// A document that the mapping takes.
    package static func source(_ message: String) -> String {
        #"{"@timestamp":"2026-11-21T12:00:00.123456789Z","message":\#(TestJSON.quoted(message)),"#
            + #""service":{"name":"shop"},"log":{"level":"info"},"attributes":{"a.b":{"c":1}},"event":{"sequence":7}}"#
    }
}
