/// The protobuf form: `logproto.PushRequest`.
extension LokiEncoder {
    /// Bytes of an entry besides line, metadata and request id, at most: nine varints and tags, two ids with names.
    private static let entryRoom = 160
    /// A pair of `trace_id` and 32 digits, and of `span_id` and 16, with their tags and lengths.
    private static let traceBytes = 46
    private static let spanBytes = 29

    /// Appends an entry: all lengths are worked out first, then everything is written once, in order.
    @inline(__always) func writeProtobuf(
        _ record: inout Record,
        _ line: (base: UnsafePointer<UInt8>, count: Int),
        _ time: Int64,
        _ metadata: inout Arena,
        to out: inout Arena
    ) {
        // Loki refuses what is older than 1970, whatever its exact time.
        let whole = UInt64(max(time, 0))
        let seconds = Varint(whole / 1_000_000_000)
        let nanos = Varint(whole % 1_000_000_000)
        let lineLength = Varint(line.count)
        let timeLength = 2 &+ seconds.count &+ nanos.count
        let hasIDs = plan.structuredMetadata
        let hasTrace = hasIDs && record.traceID != nil
        let hasSpan = hasIDs && record.spanID != nil
        let requestBytes = hasIDs && !record.requestID.isEmpty ? Self.requestBytes(record.requestID.count) : 0
        let ids = (hasTrace ? Self.traceBytes : 0) &+ (hasSpan ? Self.spanBytes : 0) &+ requestBytes
        let length = 2 &+ timeLength &+ 1 &+ lineLength.count &+ line.count &+ metadata.count &+ ids

        var pen = out.pen(for: length &+ Self.entryRoom)
        pen.put(0x12)
        pen.put(Varint(length))
        pen.put(word: 0x08_000A | UInt64(timeLength) &<< 8, count: 3)
        pen.put(seconds)
        pen.put(0x10)
        pen.put(nanos)
        pen.put(0x12)
        pen.put(lineLength)
        pen.copy(line.base, line.count)
        pen.copy(metadata.base, metadata.count)
        if hasTrace, let trace = record.traceID {
            pen.put("\u{1A}\u{2C}\u{0A}\u{08}trace_id\u{12}\u{20}")
            pen.putHex(trace.high)
            pen.putHex(trace.low)
        }
        if hasSpan, let span = record.spanID {
            pen.put("\u{1A}\u{1B}\u{0A}\u{07}span_id\u{12}\u{10}")
            pen.putHex(span.value)
        }
        if requestBytes > 0 {
            let value = record.requestID
            let valueLength = Varint(value.count)
            pen.put(0x1A)
            pen.put(Varint(13 &+ valueLength.count &+ value.count))
            pen.put("\u{0A}\u{0A}request_id\u{12}")
            pen.put(valueLength)
            pen.put(record.line.base + value.lowerBound, value.count)
        }
        out.finish(pen)
    }

    /// A pair of `request_id` and so many bytes.
    @inline(__always) private static func requestBytes(_ count: Int) -> Int {
        let inside = 13 &+ Varint(count).count &+ count
        return 1 &+ Varint(inside).count &+ inside
    }

    mutating func takeProtobuf(_ body: inout Arena) {
        takeStreams { stream in
            let labels = stream.labels.count
            let length = 1 + Varint(labels).count + labels + stream.entries.count
            body.putHeader(field: 1, length: length)
            body.putHeader(field: 1, length: labels)
            body.append(stream.labels)
            stream.entries.withBytes { body.append($0) }
        }
    }

    /// A pair of structured metadata.
    static func putProtobuf(_ name: String, _ value: String, _ out: inout Arena) {
        let (nameLength, valueLength) = (name.utf8.count, value.utf8.count)
        let lengths = Varint(nameLength).count + Varint(valueLength).count
        out.putHeader(field: 3, length: 2 + lengths + nameLength + valueLength)
        out.putHeader(field: 1, length: nameLength)
        out.append(name)
        out.putHeader(field: 2, length: valueLength)
        out.append(value)
    }
}

extension Arena {
    /// A protobuf key and length, then nothing: the caller writes the `length` bytes.
    fileprivate mutating func putHeader(field: UInt8, length: Int) {
        var pen = pen(for: 16)
        pen.put(field &<< 3 | 2)
        pen.put(Varint(length))
        finish(pen)
    }
}
