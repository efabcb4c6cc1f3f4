internal import Outputs

/// A push request, decoded without any of the code that made it.
struct LokiContractPush {
    /// One stream as it stands in the request.
    struct Stream {
        /// Nil when the text of the labels is no selector; then `text` says what it was.
        var labels: [String: String]?
        var text: String
        var entries: [LokiContractEntry]
    }

    /// Why a request cannot be decoded; what Loki answers 400 with.
    struct Refusal: Error {
        let text: String
    }

    var streams: [Stream]

    init(_ request: TestRequest) throws(Refusal) {
        let type = request.header("content-type")?.split(separator: ";").first.map(String.init) ?? ""
        let encoding = request.header("content-encoding") ?? ""
        switch type {
        case "application/x-protobuf":
            guard encoding.isEmpty || encoding == "snappy" else { throw Self.unsupported(encoding) }
            guard let bytes = Unsnappy.expand(request.body, limit: 1 << 30) else {
                throw Refusal(text: "snappy: corrupt input")
            }
            streams = try Self.protobuf(bytes)
        case "application/json":
            switch encoding {
            case "": streams = try Self.json(request.body)
            case "gzip":
                guard let bytes = Gunzip.expand(request.body, limit: 1 << 30) else {
                    throw Refusal(text: "gzip: invalid header")
                }
                streams = try Self.json(bytes)
            default: throw Self.unsupported(encoding)
            }
        default: throw Refusal(text: "mime: no media type \"\(type)\"")
        }
    }

    private static func unsupported(_ encoding: String) -> Refusal {
        Refusal(text: "Content-Encoding \"\(encoding)\" not supported")
    }

    // MARK: Protobuf

    private static func protobuf(_ bytes: [UInt8]) throws(Refusal) -> [Stream] {
        var streams: [Stream] = []
        for (field, contents) in try fields(bytes[...]) {
            guard field == 1, case .bytes(let message) = contents else { continue }
            var stream = Stream(labels: nil, text: "", entries: [])
            for (field, contents) in try fields(message) {
                guard case .bytes(let part) = contents else { continue }
                if field == 1 { stream.text = String(decoding: part, as: UTF8.self) }
                if field == 2 { stream.entries.append(try entry(part)) }
            }
            stream.labels = LokiContractSelector(stream.text)?.labels
            streams.append(stream)
        }
        return streams
    }

    private static func entry(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> LokiContractEntry {
        var entry = LokiContractEntry(time: 0, line: "")
        for (field, contents) in try fields(bytes) {
            guard case .bytes(let part) = contents else { throw Refusal(text: "proto: wrong wireType") }
            switch field {
            case 1:
                for (field, contents) in try fields(part) {
                    guard case .varint(let value) = contents else { continue }
                    entry.time &+= Int64(bitPattern: value) &* (field == 1 ? 1_000_000_000 : 1)
                }
            case 2: entry.line = String(decoding: part, as: UTF8.self)
            case 3:
                var pair = ("", "")
                for (field, contents) in try fields(part) {
                    guard case .bytes(let text) = contents else { continue }
                    if field == 1 { pair.0 = String(decoding: text, as: UTF8.self) }
                    if field == 2 { pair.1 = String(decoding: text, as: UTF8.self) }
                }
                entry.metadata[pair.0] = pair.1
            default: throw Refusal(text: "an entry with field \(field): do not send that")
            }
        }
        return entry
    }

    private enum Contents {
        case varint(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private static func fields(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [(Int, Contents)] {
        var rest = bytes
        var fields: [(Int, Contents)] = []
        func varint() throws(Refusal) -> UInt64 {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while let byte = rest.popFirst(), shift < 64 {
                value |= UInt64(byte & 127) << shift
                if byte < 128 { return value }
                shift += 7
            }
            throw Refusal(text: "unexpected EOF")
        }
        while !rest.isEmpty {
            let tag = try varint()
            switch tag & 7 {
            case 0: fields.append((Int(tag >> 3), .varint(try varint())))
            case 2:
                let length = try varint()
                guard length <= rest.count else { throw Refusal(text: "unexpected EOF") }
                fields.append((Int(tag >> 3), .bytes(rest.prefix(Int(length)))))
                rest = rest.dropFirst(Int(length))
            default: throw Refusal(text: "proto: illegal wireType \(tag & 7)")
            }
        }
        return fields
    }

    // MARK: JSON

    private static func json(_ bytes: [UInt8]) throws(Refusal) -> [Stream] {
        var streams: [Stream] = []
        do throws(JSONError) {
            var reader = JSONReader(bytes)
            try reader.object { (key, reader) throws(JSONError) in
                guard key == "streams" else { return try reader.skip() }
                try reader.array { reader throws(JSONError) in streams.append(try stream(&reader)) }
            }
            try reader.end()
        } catch {
            throw Refusal(text: "couldn't parse push request: JSON at \(error.offset)")
        }
        return streams
    }

    private static func stream(_ reader: inout JSONReader) throws(JSONError) -> Stream {
        var stream = Stream(labels: [:], text: "", entries: [])
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "stream":
                let labels = try texts(&reader)
                stream.labels = labels
                stream.text = LokiContractSelector.text(labels)
            case "values": try reader.array { reader throws(JSONError) in stream.entries.append(try value(&reader)) }
            default: throw JSONError(offset: reader.position)
            }
        }
        return stream
    }

    private static func value(_ reader: inout JSONReader) throws(JSONError) -> LokiContractEntry {
        var entry = LokiContractEntry(time: 0, line: "")
        var place = 0
        try reader.array { reader throws(JSONError) in
            switch place {
            case 0:
                let text = try reader.string()
                guard let time = Int64(text) else { throw JSONError(offset: reader.position) }
                entry.time = time
            case 1: entry.line = try reader.string()
            case 2: entry.metadata = try texts(&reader)
            default: throw JSONError(offset: reader.position)
            }
            place += 1
        }
        guard place >= 2 else { throw JSONError(offset: reader.position) }
        return entry
    }

    private static func texts(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var texts: [String: String] = [:]
        try reader.object { (key, reader) throws(JSONError) in texts[key] = try reader.string() }
        return texts
    }
}
