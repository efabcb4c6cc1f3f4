/// The address of a server, checked: `http(s)://host[:port][/prefix]`.
package struct BaseURL: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at its end.
    package let description: String
    /// Whether it is spoken to by TLS.
    package let isSecure: Bool

    /// Reads an address; nil when it is not one, or holds a user, a query or a fragment.
    package init?(_ text: String) {
        guard let rest = Self.rest(of: text), !rest.text.isEmpty else { return nil }
        let host = rest.text.prefix { $0 != "/" }
        guard Self.isHost(host), rest.text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !rest.text.contains(where: { "?#@\"\\<>^`{|}".contains($0) })
        else { return nil }
        var whole = Substring(text)
        while whole.hasSuffix("/") { whole.removeLast() }
        description = String(whole)
        isSecure = rest.isSecure
    }

    /// The address of something below it; `path` starts with a slash.
    package func appending(_ path: String) -> String {
        description + path
    }

    private static func rest(of text: String) -> (text: Substring, isSecure: Bool)? {
        if text.hasPrefix("http://") { return (text.dropFirst(7), false) }
        if text.hasPrefix("https://") { return (text.dropFirst(8), true) }
        return nil
    }

    private static func isHost(_ text: Substring) -> Bool {
        var name = text
        if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
            guard let port = UInt16(text[text.index(after: colon)...]), port > 0 else { return false }
            name = text[..<colon]
        }
        if name.hasPrefix("[") { return name.hasSuffix("]") && name.count > 3 }
        return !name.isEmpty && !name.contains(":") && !name.contains("[") && !name.contains("]")
    }
}
