extension Node {
    /// The document as YAML: blocks indented by two spaces, comments above it, a newline at the end.
    package func yaml(comment: String = "") -> String {
        let head = comment.isEmpty ? "" : Self.comment(comment)
        switch self {
        case .object(let members) where !members.isEmpty: return head + Self.block(members, indent: 0)
        case .list(let values) where !values.isEmpty: return head + Self.block(values, indent: 0)
        default: return head + flow + "\n"
        }
    }

    private static func comment(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
    }

    private static func block(_ members: [Member], indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        return members.map { margin + key($0.name) + ":" + $0.value.afterKey(indent: indent) }.joined()
    }

    private static func block(_ values: [Node], indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        return values.map { margin + "-" + $0.afterDash(indent: indent) }.joined()
    }

    private func afterKey(indent: Int) -> String {
        switch self {
        case .object(let members) where !members.isEmpty: "\n" + Self.block(members, indent: indent + 2)
        case .list(let values) where !values.isEmpty: "\n" + Self.block(values, indent: indent + 2)
        case .text(let text) where text.contains("\n"): " " + Self.literal(text, indent: indent + 2)
        default: " " + flow + "\n"
        }
    }

    private func afterDash(indent: Int) -> String {
        switch self {
        case .object(let members) where !members.isEmpty:
            " " + Self.block(members, indent: indent + 2).dropFirst(indent + 2)
        case .list(let values) where !values.isEmpty: "\n" + Self.block(values, indent: indent + 2)
        case .text(let text) where text.contains("\n"): " " + Self.literal(text, indent: indent + 2)
        default: " " + flow + "\n"
        }
    }

    private var flow: String {
        switch self {
        case .object: "{}"
        case .list: "[]"
        case .text(let text): Self.isPlain(text) ? text : Self.quoted(text)
        default: scalar
        }
    }

    /// A text of several lines as it is.
    private static func literal(_ text: String, indent: Int) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let endsInNewline = lines.last?.isEmpty == true
        if endsInNewline { lines.removeLast() }
        return (endsInNewline ? "|" : "|-") + "\n" + lines.map { $0.isEmpty ? "\n" : margin + $0 + "\n" }.joined()
    }

    private static func key(_ name: String) -> String { isPlain(name) ? name : quoted(name) }

    /// Whether a text needs no quotes: it begins with a letter or `/`, holds nothing that YAML gives a meaning, and is
    /// no word that YAML takes for something else.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || first == UInt8(ascii: "/"), text.utf8.last != 0x20 else {
            return false
        }
        guard !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased()) else {
            return false
        }
        let marks = " _./-+=()<>%:,;{}[]\"'`$*?!&|~^@\\#"
        return text.utf8.allSatisfy { isLetter($0) || $0 &- 0x30 < 10 || marks.utf8.contains($0) }
            && !text.contains(" #") && !text.contains(": ") && !text.hasSuffix(":")
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
}
