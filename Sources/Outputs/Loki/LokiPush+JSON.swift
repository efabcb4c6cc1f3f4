extension LokiPush {
    /// `{"streams":[{"stream":{…},"values":[["TIME","LINE",{…}]]}]}`.
    static func readJSON(_ bytes: [UInt8]) throws(JSONError) -> [Stream] {
        var streams: [Stream] = []
        var reader = JSONReader(bytes)
        try reader.object { (key, reader) throws(JSONError) in
            guard key == "streams" else { return try reader.skip() }
            try reader.array { reader throws(JSONError) in streams.append(try readStream(&reader)) }
        }
        try reader.end()
        return streams
    }

    private static func readStream(_ reader: inout JSONReader) throws(JSONError) -> Stream {
        var stream = Stream(labels: 0..<0, entries: [])
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "stream": stream.labels = try reader.range()
            case "values":
                try reader.array { reader throws(JSONError) in stream.entries.append(try readEntry(&reader)) }
            default: try reader.skip()
            }
        }
        return stream
    }

    private static func readEntry(_ reader: inout JSONReader) throws(JSONError) -> Entry {
        var copy = reader
        let whole = try reader.range()
        var time: Int64?
        try copy.array { copy throws(JSONError) in
            if time == nil { time = Int64(try copy.string()) } else { try copy.skip() }
        }
        guard let time else { throw JSONError(offset: whole.lowerBound) }
        return Entry(whole: whole, time: time)
    }

    /// Line and metadata of an entry.
    func readJSONContents(_ entry: Entry) throws(JSONError) -> LokiEntry {
        var reader = JSONReader(bytes[entry.whole])
        return try Self.readContents(&reader)
    }

    /// An array of time, line and perhaps metadata, as Loki takes and gives it.
    static func readContents(_ reader: inout JSONReader) throws(JSONError) -> LokiEntry {
        var entry = LokiEntry(time: 0, line: "", metadata: [:])
        var place = 0
        let start = reader.position
        try reader.array { reader throws(JSONError) in
            switch place {
            case 0:
                guard let time = Int64(try reader.string()) else { throw JSONError(offset: start) }
                entry.time = time
            case 1: entry.line = try reader.string()
            case 2: entry.metadata = try readMetadata(&reader)
            default: try reader.skip()
            }
            place += 1
        }
        guard place >= 2 else { throw JSONError(offset: start) }
        return entry
    }

    /// A flat map, or the form that queries answer with: `{"structuredMetadata":{…},"parsed":{…}}`.
    private static func readMetadata(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var metadata: [String: String] = [:]
        try reader.object { (key, reader) throws(JSONError) in
            switch try reader.kind() {
            case .string: metadata[key] = try reader.string()
            case .object where key == "structuredMetadata": metadata = try readLabels(&reader)
            default: try reader.skip()
            }
        }
        return metadata
    }

    /// An object of texts.
    static func readLabels(_ reader: inout JSONReader) throws(JSONError) -> [String: String] {
        var labels: [String: String] = [:]
        try reader.object { (key, reader) throws(JSONError) in labels[key] = try reader.string() }
        return labels
    }

    func jsonBody(_ streams: [Stream]) -> [UInt8] {
        var body = Array(#"{"streams":["#.utf8)
        for (index, stream) in streams.enumerated() {
            body += (index > 0 ? #",{"stream":"# : #"{"stream":"#).utf8
            body += bytes[stream.labels]
            body += #","values":["#.utf8
            for (place, entry) in stream.entries.enumerated() {
                if place > 0 { body.append(UInt8(ascii: ",")) }
                body += bytes[entry.whole]
            }
            body += "]}".utf8
        }
        body += "]}".utf8
        return body
    }
}
