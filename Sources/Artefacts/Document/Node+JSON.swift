extension Node {
    /// Columns within which an object or a list stands on one line.
    private static let width = 110

    /// The document as JSON, indented by two spaces, with a newline at the end.
    ///
    /// What fits on a line stands on one, so that a diff shows a panel or a target and not its braces.
    package var json: String { pretty(indent: 0, column: 0) + "\n" }

    /// The document as JSON on one line.
    package var compactJSON: String {
        switch self {
        case .object(let members):
            "{" + members.map { Self.quoted($0.name) + ":" + $0.value.compactJSON }.joined(separator: ",") + "}"
        case .list(let values): "[" + values.map(\.compactJSON).joined(separator: ",") + "]"
        default: scalar
        }
    }

    private func pretty(indent: Int, column: Int) -> String {
        let inner = String(repeating: " ", count: indent + 2)
        let outer = String(repeating: " ", count: indent)
        switch self {
        case .object(let members) where !members.isEmpty:
            if let line = singleLine(room: Self.width - column) { return line }
            let lines = members.map { member in
                let name = Self.quoted(member.name) + ": "
                return inner + name + member.value.pretty(indent: indent + 2, column: indent + 2 + name.utf8.count)
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n" + outer + "}"
        case .list(let values) where !values.isEmpty:
            if let line = singleLine(room: Self.width - column) { return line }
            let lines = values.map { inner + $0.pretty(indent: indent + 2, column: indent + 2) }
            return "[\n" + lines.joined(separator: ",\n") + "\n" + outer + "]"
        default: return compactJSON
        }
    }

    /// The value on one line; nil where that is longer than `room`.
    private func singleLine(room: Int) -> String? {
        guard room > 0 else { return nil }
        let line: String
        switch self {
        case .object(let members):
            var parts: [String] = []
            for member in members {
                guard let value = member.value.singleLine(room: room) else { return nil }
                parts.append(Self.quoted(member.name) + ": " + value)
            }
            line = "{" + parts.joined(separator: ", ") + "}"
        case .list(let values):
            var parts: [String] = []
            for value in values {
                guard let text = value.singleLine(room: room) else { return nil }
                parts.append(text)
            }
            line = "[" + parts.joined(separator: ", ") + "]"
        default: line = scalar
        }
        return line.utf8.count <= room ? line : nil
    }

    /// A value that is neither an object nor a list, as JSON and YAML both write it.
    var scalar: String {
        switch self {
        case .text(let text): Self.quoted(text)
        case .integer(let value): "\(value)"
        case .number(let value): Self.decimal(value)
        case .flag(let value): value ? "true" : "false"
        case .null, .object, .list: "null"
        }
    }

    /// A number without a point where it is whole; `null` where it is not finite.
    static func decimal(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return Int(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    /// A text in double quotes, with what JSON does not take as it is escaped.
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
