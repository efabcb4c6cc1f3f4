/// The JSON form of the push API.
extension LokiEncoder {
    /// Appends `["time","line",{metadata}]`.
    @inline(__always) func writeJSON(
        _ record: inout Record,
        _ line: (base: UnsafePointer<UInt8>, count: Int),
        _ time: Int64,
        _ metadata: inout Arena,
        to out: inout Arena
    ) {
        let isFirst = out.count == 0
        var pen = out.pen(for: line.count &* 6 &+ record.requestID.count &* 6 &+ metadata.count &+ 256)
        if !isFirst { pen.put(UInt8(ascii: ",")) }
        pen.put("[\"")
        if time < 0 { pen.put(UInt8(ascii: "-")) }
        pen.putNumber(time.magnitude)
        pen.put("\",\"")
        pen.putEscaped(line.base, line.count)
        pen.put(UInt8(ascii: "\""))
        if plan.structuredMetadata { Self.putMetadata(&record, &metadata, &pen) }
        pen.put(UInt8(ascii: "]"))
        out.finish(pen)
    }

    @inline(__always) private static func putMetadata(
        _ record: inout Record,
        _ metadata: inout Arena,
        _ pen: inout Pen
    ) {
        pen.put(",{")
        let start = pen.at
        pen.copy(metadata.base, metadata.count)
        if let trace = record.traceID {
            pen.put(",\"trace_id\":\"")
            pen.putHex(trace.high)
            pen.putHex(trace.low)
            pen.put(UInt8(ascii: "\""))
        }
        if let span = record.spanID {
            pen.put(",\"span_id\":\"")
            pen.putHex(span.value)
            pen.put(UInt8(ascii: "\""))
        }
        if !record.requestID.isEmpty {
            pen.put(",\"request_id\":\"")
            pen.putEscaped(record.line.base + record.requestID.lowerBound, record.requestID.count)
            pen.put(UInt8(ascii: "\""))
        }
        // Every pair brings a comma in front; the first one's is one too many.
        if pen.at > start { start.pointee = UInt8(ascii: " ") }
        pen.put(UInt8(ascii: "}"))
    }

    mutating func takeJSON(_ body: inout Arena) {
        body.append("{\"streams\":[")
        var isFirst = true
        takeStreams { stream in
            if !isFirst { body.put(UInt8(ascii: ",")) }
            isFirst = false
            body.append("{\"stream\":{")
            for (place, label) in stream.labelList.enumerated() {
                if place > 0 { body.put(UInt8(ascii: ",")) }
                body.appendQuoted(label.name)
                body.put(UInt8(ascii: ":"))
                body.appendQuoted(label.value)
            }
            body.append("},\"values\":[")
            stream.entries.withBytes { body.append($0) }
            body.append("]}")
        }
        body.append("]}")
    }

    /// A pair of structured metadata, with a comma in front.
    static func putJSON(_ name: String, _ value: String, _ out: inout Arena) {
        out.put(UInt8(ascii: ","))
        out.appendQuoted(name)
        out.put(UInt8(ascii: ":"))
        out.appendQuoted(value)
    }
}
