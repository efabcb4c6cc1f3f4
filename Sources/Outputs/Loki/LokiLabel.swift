/// A label of a Loki stream, and where its value comes from.
///
/// The sources are a closed set, so that no log line chooses a stream.
package struct LokiLabel: Sendable, Equatable {
    /// Where a value comes from.
    package enum Source: Sendable, Equatable {
        case serviceName, level, host, input, stream, container, image, unit
        /// A label of the container, by its name.
        case containerLabel(String)

        /// Reads what stands in a configuration: `level`, `container.label.env`.
        package init?(_ text: String) {
            switch text {
            case "service_name": self = .serviceName
            case "level": self = .level
            case "host": self = .host
            case "input": self = .input
            case "stream": self = .stream
            case "container": self = .container
            case "image": self = .image
            case "unit": self = .unit
            default:
                let prefix = "container.label."
                guard text.hasPrefix(prefix), text.utf8.count > prefix.utf8.count else { return nil }
                self = .containerLabel(String(text.dropFirst(prefix.count)))
            }
        }
    }

    package let name: String
    package let source: Source

    /// Makes a label.
    package init(name: String, source: Source) {
        self.name = name
        self.source = source
    }

    /// Whether Loki takes the name: letters, digits and underscores, no digit first.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
    }
}
