/// The entries of one stream that are looked for.
struct LokiWantedStream {
    /// A LogQL selector that every one of them matches.
    let selector: String
    /// In the order of the body.
    let entries: [LokiEntry]
}

extension LokiPush {
    /// A stream as something to look for; nil when the body is not ours.
    func wanted(_ stream: Stream) -> LokiWantedStream? {
        let selector: String?
        var entries: [LokiEntry] = []
        switch encoding {
        case .protobuf:
            selector = text(stream.labels)
            for entry in stream.entries { (try? readProtobufContents(entry)).map { entries.append($0) } }
        case .json:
            var reader = JSONReader(bytes[stream.labels])
            selector = (try? Self.readLabels(&reader)).map(Self.selector)
            for entry in stream.entries { (try? readJSONContents(entry)).map { entries.append($0) } }
        }
        guard let selector, entries.count == stream.entries.count else { return nil }
        return LokiWantedStream(selector: selector, entries: entries)
    }

    /// `{a="b"}` with Go's escapes, names sorted.
    static func selector(_ labels: [String: String]) -> String {
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escape($0.value))\"" }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    private static func escape(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                text += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
