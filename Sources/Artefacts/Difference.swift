/// What sets a file apart from what it should be, as a unified diff.
package struct Difference: Sendable {
    /// Lines shown around a change.
    private static let context = 3
    /// Lines of a diff, after which it only counts.
    private static let maximumLines = 80

    package let text: String

    /// A line of the old file, of the new one, or of both.
    private struct Line {
        let mark: Character
        let text: Substring
        /// Lines of the old and of the new file before it.
        let old: Int
        let new: Int
    }

    /// Compares; nil where both are the same.
    ///
    /// - Parameters:
    ///   - path: What the diff calls the file.
    ///   - found: What is there; nil where there is no file.
    ///   - wanted: What should be there.
    package init?(path: String, found: String?, wanted: String) {
        guard found != wanted else { return nil }
        let lines = Self.merged(Self.lines(found ?? ""), Self.lines(wanted))
        var output = Self.hunks(lines).flatMap { Self.text(of: lines[$0]) }
        if output.count > Self.maximumLines {
            output = output.prefix(Self.maximumLines) + ["… and \(output.count - Self.maximumLines) lines more"]
        }
        let head = ["--- \(found == nil ? "/dev/null" : path)", "+++ \(path)"]
        text = (head + output).map { $0 + "\n" }.joined()
    }

    private static func lines(_ text: String) -> [Substring] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    /// Both files as one list of lines.
    private static func merged(_ old: [Substring], _ new: [Substring]) -> [Line] {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [Line] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if removed.contains(i) {
                lines.append(Line(mark: "-", text: old[i], old: i, new: j))
                i += 1
            } else if inserted.contains(j) {
                lines.append(Line(mark: "+", text: new[j], old: i, new: j))
                j += 1
            } else {
                lines.append(Line(mark: " ", text: old[i], old: i, new: j))
                i += 1
                j += 1
            }
        }
        return lines
    }

    /// Ranges of lines with a change and what stands around it.
    private static func hunks(_ lines: [Line]) -> [Range<Int>] {
        var hunks: [Range<Int>] = []
        for index in lines.indices where lines[index].mark != " " {
            let range = max(index - context, 0)..<min(index + context + 1, lines.count)
            if let last = hunks.last, last.upperBound >= range.lowerBound {
                hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
            } else {
                hunks.append(range)
            }
        }
        return hunks
    }

    private static func text(of hunk: ArraySlice<Line>) -> [String] {
        let old = hunk.count { $0.mark != "+" }
        let new = hunk.count { $0.mark != "-" }
        // A file without lines begins at 0, as diff has it.
        let first = hunk.first.map { (old == 0 ? $0.old : $0.old + 1, new == 0 ? $0.new : $0.new + 1) } ?? (0, 0)
        return ["@@ -\(first.0),\(old) +\(first.1),\(new) @@"] + hunk.map { String($0.mark) + $0.text }
    }
}
