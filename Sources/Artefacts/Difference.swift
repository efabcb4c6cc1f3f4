/// What sets a file apart from what it should be, as a unified diff.
package struct Difference: Sendable {
    /// Lines shown around a change.
    private static let context = 3
    /// Lines of a diff, after which it only counts.
    private static let maximumLines = 60

    package let text: String

    /// Compares; nil where both are the same.
    ///
    /// - Parameters:
    ///   - path: What the diff calls the file.
    ///   - found: What is there; nil where there is no file.
    ///   - wanted: What should be there.
    package init?(path: String, found: String?, wanted: String) {
        guard found != wanted else { return nil }
        let old = Self.lines(found ?? "")
        let new = Self.lines(wanted)
        let start = zip(old, new).prefix { $0 == $1 }.count
        let rest = min(old.count, new.count) - start
        let end = zip(old.reversed(), new.reversed()).prefix(rest).prefix { $0 == $1 }.count
        let first = max(start - Self.context, 0)
        let after = min(end, Self.context)
        let oldLines = old[first..<(old.count - end + after)]
        let newLines = new[first..<(new.count - end + after)]
        var lines = oldLines.prefix(start - first).map { " " + $0 }
        lines += old[start..<(old.count - end)].map { "-" + $0 }
        lines += new[start..<(new.count - end)].map { "+" + $0 }
        lines += newLines.suffix(after).map { " " + $0 }
        if lines.count > Self.maximumLines {
            lines = lines.prefix(Self.maximumLines) + ["… and \(lines.count - Self.maximumLines) lines more"]
        }
        let head =
            "--- \(found == nil ? "/dev/null" : path)\n+++ \(path)\n"
            + "@@ -\(first + 1),\(oldLines.count) +\(first + 1),\(newLines.count) @@\n"
        text = head + lines.map { $0 + "\n" }.joined()
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
