/// Records that an output refused, as lines of JSON that people can read and Martlet can send again.
///
/// What is in a batch was redacted before it was encoded, so that a dead letter shows no more than the output would.
package enum DeadLetterText {
    /// One line a record, each with its newline; nil when the body is none that can be taken apart.
    ///
    /// `time` says when they were refused.
    package static func lines(_ letter: BatchResult.DeadLetter, output: String, time: String) -> [UInt8]? {
        let head =
            "{\"output\":\(JSONText.quoted(output)),\"reason\":\(JSONText.quoted(letter.reason)),"
            + "\"refused_at\":\(JSONText.quoted(time)),"
        return output == "loki" ? loki(letter.batch, head) : bulk(letter.batch, head)
    }

    private static func loki(_ batch: SealedBatch, _ head: String) -> [UInt8]? {
        guard let push = LokiPush(batch) else { return nil }
        var lines: [UInt8] = []
        for stream in push.streams {
            guard let wanted = push.wanted(stream) else { return nil }
            for entry in wanted.entries {
                let metadata = entry.metadata.sorted { $0.key < $1.key }
                    .map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }.joined(separator: ",")
                let rest =
                    "\"stream\":\(JSONText.quoted(wanted.selector)),\"timestamp\":\"\(entry.time)\","
                    + "\"line\":\(JSONText.quoted(entry.line)),\"metadata\":{\(metadata)}}\n"
                lines += (head + rest).utf8
            }
        }
        return lines
    }

    private static func bulk(_ batch: SealedBatch, _ head: String) -> [UInt8]? {
        guard let body = BulkBody(batch) else { return nil }
        var lines: [UInt8] = []
        for document in body.documents {
            lines += (head + "\"action\":").utf8
            lines += body.bytes[document.action].dropLast()
            lines += ",\"document\":".utf8
            lines += body.bytes[document.source].dropLast()
            lines += "}\n".utf8
        }
        return lines
    }

    // MARK: Again

    /// Batches of about `bytes` each that send the lines again; lines that are no dead letters are counted.
    package static func batches(
        _ text: [UInt8],
        output: String,
        bytes: Int = 1 << 20
    ) -> (batches: [SealedBatch], unreadable: Int) {
        var batches: [SealedBatch] = []
        var unreadable = 0
        var open = Draft()
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let isTaken = output == "loki" ? open.addEntry(Array(line)) : open.addDocument(Array(line))
            if !isTaken { unreadable += 1 }
            if open.body.count >= bytes {
                batches += open.batch(output).map { [$0] } ?? []
                open = Draft()
            }
        }
        return (batches + (open.batch(output).map { [$0] } ?? []), unreadable)
    }

    /// A body that is being put together.
    private struct Draft {
        var body: [UInt8] = []
        private var records = 0
        private var oldest = Int64.max

        mutating func addDocument(_ line: [UInt8]) -> Bool {
            var action: Range<Int>?
            var document: Range<Int>?
            var reader = JSONReader(line)
            do throws(JSONError) {
                try reader.object { (key, reader) throws(JSONError) in
                    switch key {
                    case "action": action = try reader.range()
                    case "document": document = try reader.range()
                    default: try reader.skip()
                    }
                }
            } catch {
                return false
            }
            guard let action, let document else { return false }
            body += line[action] + [UInt8(ascii: "\n")] + line[document] + [UInt8(ascii: "\n")]
            records += 1
            return true
        }

        mutating func addEntry(_ line: [UInt8]) -> Bool {
            var (stream, text, time) = ("", "", Int64?.none)
            var metadata: [String: String] = [:]
            var reader = JSONReader(line)
            do throws(JSONError) {
                try reader.object { (key, reader) throws(JSONError) in
                    switch key {
                    case "stream": stream = try reader.string()
                    case "line": text = try reader.string()
                    case "timestamp": time = Int64(try reader.string())
                    case "metadata": metadata = try LokiPush.readLabels(&reader)
                    default: try reader.skip()
                    }
                }
            } catch {
                return false
            }
            guard let time, !stream.isEmpty else { return false }
            ProtobufWriter.append(Self.message(stream, text, time, metadata), field: 1, to: &body)
            records += 1
            oldest = min(oldest, time)
            return true
        }

        /// A stream of one entry.
        private static func message(
            _ stream: String,
            _ line: String,
            _ time: Int64,
            _ metadata: [String: String]
        )
            -> [UInt8]
        {
            var stamp: [UInt8] = []
            ProtobufWriter.append(UInt64(bitPattern: time / 1_000_000_000), field: 1, to: &stamp)
            ProtobufWriter.append(UInt64(bitPattern: time % 1_000_000_000), field: 2, to: &stamp)
            var entry: [UInt8] = []
            ProtobufWriter.append(stamp, field: 1, to: &entry)
            ProtobufWriter.append(line.utf8, field: 2, to: &entry)
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
                var pair: [UInt8] = []
                ProtobufWriter.append(name.utf8, field: 1, to: &pair)
                ProtobufWriter.append(value.utf8, field: 2, to: &pair)
                ProtobufWriter.append(pair, field: 3, to: &entry)
            }
            var message: [UInt8] = []
            ProtobufWriter.append(stream.utf8, field: 1, to: &message)
            ProtobufWriter.append(entry, field: 2, to: &message)
            return message
        }

        func batch(_ output: String) -> SealedBatch? {
            guard records > 0 else { return nil }
            let isLoki = output == "loki"
            var stored = body
            if isLoki {
                guard var compressor = Compressor(.snappy), let bytes = compressor.compress(body) else { return nil }
                stored = bytes
            }
            return SealedBatch(
                body: stored,
                headers: [(name: "Content-Type", value: isLoki ? "application/x-protobuf" : "application/x-ndjson")],
                records: records,
                rawBytes: body.count,
                oldest: oldest == .max ? 0 : oldest
            )
        }
    }
}
