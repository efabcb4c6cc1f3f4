extension LokiPush {
    /// `PushRequest{1: Stream{1: labels, 2: Entry{1: Timestamp{1: s, 2: ns}, 2: line, 3: LabelPair{1, 2}}}}`.
    static func readProtobuf(_ bytes: [UInt8]) throws(ProtobufError) -> [Stream] {
        var streams: [Stream] = []
        var request = ProtobufReader(bytes, bytes.indices)
        while let field = try request.next() {
            guard case .bytes(1, let range) = field else { throw ProtobufError() }
            streams.append(try readStream(bytes, range))
        }
        return streams
    }

    private static func readStream(_ bytes: [UInt8], _ range: Range<Int>) throws(ProtobufError) -> Stream {
        var stream = Stream(labels: range.lowerBound..<range.lowerBound, entries: [])
        var reader = ProtobufReader(bytes, range)
        while let field = try reader.next() {
            switch field {
            case .bytes(1, let labels): stream.labels = labels
            case .bytes(2, let entry): stream.entries.append(Entry(whole: entry, time: try readTime(bytes, entry)))
            default: throw ProtobufError()
            }
        }
        return stream
    }

    private static func readTime(_ bytes: [UInt8], _ entry: Range<Int>) throws(ProtobufError) -> Int64 {
        var reader = ProtobufReader(bytes, entry)
        while let field = try reader.next() {
            guard case .bytes(1, let time) = field else { continue }
            var parts: (seconds: Int64, nanoseconds: Int64) = (0, 0)
            var reader = ProtobufReader(bytes, time)
            while let part = try reader.next() {
                if case .varint(1, let value) = part { parts.seconds = Int64(bitPattern: value) }
                if case .varint(2, let value) = part { parts.nanoseconds = Int64(bitPattern: value) }
            }
            let (product, overflow) = parts.seconds.multipliedReportingOverflow(by: 1_000_000_000)
            let (sum, overflowToo) = product.addingReportingOverflow(parts.nanoseconds)
            if overflow || overflowToo { throw ProtobufError() }
            return sum
        }
        return 0
    }

    /// Line and metadata of an entry.
    func readProtobufContents(_ entry: Entry) throws(ProtobufError) -> LokiEntry {
        var line = ""
        var metadata: [String: String] = [:]
        var reader = ProtobufReader(bytes, entry.whole)
        while let field = try reader.next() {
            if case .bytes(2, let range) = field { line = text(range) }
            guard case .bytes(3, let pair) = field else { continue }
            var (name, value) = ("", "")
            var reader = ProtobufReader(bytes, pair)
            while let part = try reader.next() {
                if case .bytes(1, let range) = part { name = text(range) }
                if case .bytes(2, let range) = part { value = text(range) }
            }
            metadata[name] = value
        }
        return LokiEntry(time: entry.time, line: line, metadata: metadata)
    }

    func protobufBody(_ streams: [Stream]) -> [UInt8] {
        var body: [UInt8] = []
        for stream in streams {
            var message: [UInt8] = []
            ProtobufWriter.append(bytes[stream.labels], field: 1, to: &message)
            for entry in stream.entries { ProtobufWriter.append(bytes[entry.whole], field: 2, to: &message) }
            ProtobufWriter.append(message, field: 1, to: &body)
        }
        return body
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }
}
