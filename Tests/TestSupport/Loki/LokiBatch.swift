package import Outputs

/// Bodies of pushes, made in tests without the record path.
package enum LokiBatch {
    /// A batch of some streams, each a selector and its entries.
    package static func protobuf(_ streams: [(labels: String, entries: [LokiContractEntry])]) throws -> SealedBatch {
        var request: [UInt8] = []
        for stream in streams {
            var message = field(1, Array(stream.labels.utf8))
            for entry in stream.entries { message += field(2, protobuf(entry)) }
            request += field(1, message)
        }
        let body = try Compressor.once(.snappy, request)
        return batch(body, [("Content-Type", "application/x-protobuf")], streams.flatMap(\.entries), request.count)
    }

    /// The same as JSON, compressed or not.
    package static func json(
        _ streams: [(labels: [String: String], entries: [LokiContractEntry])],
        gzip: Bool = true
    ) throws -> SealedBatch {
        let texts = streams.map { stream in
            let values = stream.entries.map { entry in
                let metadata = entry.metadata.isEmpty ? "" : "," + object(entry.metadata)
                return "[\"\(entry.time)\",\(TestJSON.quoted(entry.line))\(metadata)]"
            }
            return "{\"stream\":\(object(stream.labels)),\"values\":[\(values.joined(separator: ","))]}"
        }
        let text = Array("{\"streams\":[\(texts.joined(separator: ","))]}".utf8)
        let type = (name: "Content-Type", value: "application/json")
        guard gzip else { return batch(text, [type], streams.flatMap(\.entries), text.count) }
        let body = try Compressor.once(.gzip(.zlib, level: 1), text)
        return batch(body, [type, ("Content-Encoding", "gzip")], streams.flatMap(\.entries), text.count)
    }

    private static func batch(
        _ body: [UInt8],
        _ headers: [(name: String, value: String)],
        _ entries: [LokiContractEntry],
        _ rawBytes: Int
    ) -> SealedBatch {
        SealedBatch(
            body: body,
            headers: headers,
            records: entries.count,
            rawBytes: rawBytes,
            oldest: entries.map(\.time).min() ?? 0
        )
    }

    private static func protobuf(_ entry: LokiContractEntry) -> [UInt8] {
        let (seconds, nanoseconds) = entry.time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let time = [0x08] + varint(UInt64(bitPattern: seconds)) + [0x10] + varint(UInt64(bitPattern: nanoseconds))
        var message = field(1, time) + field(2, Array(entry.line.utf8))
        for (name, value) in entry.metadata.sorted(by: { $0.key < $1.key }) {
            message += field(3, field(1, Array(name.utf8)) + field(2, Array(value.utf8)))
        }
        return message
    }

    private static func field(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(UInt64(contents.count)) + contents
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
    }

    private static func object(_ texts: [String: String]) -> String {
        let pairs = texts.sorted { $0.key < $1.key }.map { "\(TestJSON.quoted($0.key)):\(TestJSON.quoted($0.value))" }
        return "{" + pairs.joined(separator: ",") + "}"
    }
}
