/// The text of an annotation: words, and what Prometheus puts in when the alert fires.
///
/// ```swift
/// let message: Message = "\(label: "service") fails \(value: .percentage) of its requests"
/// ```
///
/// It is written once as a template and, in unit tests of rules, once with its values put in.
package struct Message: Sendable, Equatable {
    /// How a number is shown.
    package enum Format: String, Sendable {
        case number = "humanize"
        case percentage = "humanizePercentage"
        case duration = "humanizeDuration"
        case bytes = "humanize1024"
    }

    enum Piece: Sendable, Equatable {
        case words(String)
        case label(String)
        case value(Format)
        /// The first value of a PromQL expression in which `%s` stands for a label of the alert.
        case query(String, label: String, Format)
    }

    private(set) var pieces: [Piece]

    init(_ pieces: [Piece]) { self.pieces = pieces }

    /// The text as Prometheus takes it.
    package var template: String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .label(let name): "{{ $labels.\(name) }}"
            case .value(let format): "{{ $value | \(format.rawValue) }}"
            case .query(let query, let label, let format):
                "{{ range printf `\(query)` $labels.\(label) | query }}{{ . | value | \(format.rawValue) }}{{ end }}"
            }
        }.joined()
    }

    /// The text as Prometheus makes it of an alert; `values` are shown ones, in the order in which they stand.
    package func rendered(labels: [String: String], values: [String]) -> String {
        var rest = values[...]
        return pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .label(let name): labels[name] ?? ""
            case .value, .query: rest.popFirst() ?? ""
            }
        }.joined()
    }
}

extension Message: ExpressibleByStringInterpolation {
    /// Collects the pieces.
    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        /// Begins an empty text.
        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds words.
        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { pieces.append(.words(literal)) }
        }

        /// Adds words that the configuration or the alert tells.
        package mutating func appendInterpolation(_ words: String) { appendLiteral(words) }

        /// Adds a number of the configuration.
        package mutating func appendInterpolation(_ number: Int) { appendLiteral("\(number)") }

        /// Adds a label of the alert.
        package mutating func appendInterpolation(label name: String) { pieces.append(.label(name)) }

        /// Adds the alert's value.
        package mutating func appendInterpolation(value format: Format) { pieces.append(.value(format)) }

        /// Adds the first value of an expression in which `%s` stands for a label of the alert.
        package mutating func appendInterpolation(query: String, label: String, _ format: Format) {
            pieces.append(.query(query, label: label, format))
        }
    }

    /// Words alone.
    package init(stringLiteral value: String) { self.init(value.isEmpty ? [] : [.words(value)]) }

    /// Words and values.
    package init(stringInterpolation: StringInterpolation) { self.init(stringInterpolation.pieces) }
}
