/// Which line a part belongs to: Docker numbers the long lines of a container (`CONTAINER_PARTIAL_ID`).
package struct PartialName: Sendable, Hashable {
    /// `CONTAINER_ID_FULL`.
    package let container: String
    /// `CONTAINER_PARTIAL_ID`; engines before 18.06 give none: then the stream, as parts of one cannot mix.
    package let line: String

    /// Makes a name; nil when one of them has a character that no engine gives, or is too long.
    package init?(container: String, line: String) {
        guard Self.isPlain(container), Self.isPlain(line) else { return nil }
        self.container = container
        self.line = line
    }

    /// Reads `CONTAINER/LINE`.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(container: String(parts[0]), line: String(parts[1]))
    }

    /// `CONTAINER/LINE`.
    package var text: String { "\(container)/\(line)" }

    private static func isPlain(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
            }
    }
}
