/// What an agent keeps of the journal between two runs: up to where it has read, and which lines were still
/// being joined then.
///
/// As text: the cursor, then for each open line ` +CONTAINER/PARTIAL@CURSOR` with the cursor of its first part.
/// The next run begins at the earliest of these and takes, up to the cursor, only parts of open lines: the rest
/// has been delivered. No text of a log is in it.
package struct JournalPosition: Sendable, Equatable {
    /// A line that Docker wrote in parts and whose last part has not come.
    package struct OpenLine: Sendable, Equatable {
        package var name: PartialName
        /// The entry of its first part.
        package var first: JournalCursor

        /// Makes an open line.
        package init(name: PartialName, first: JournalCursor) {
            self.name = name
            self.first = first
        }
    }

    /// Everything up to here has been read.
    package var cursor: JournalCursor
    package var open: [OpenLine]

    /// Makes a position.
    package init(cursor: JournalCursor, open: [OpenLine] = []) {
        self.cursor = cursor
        self.open = open
    }

    /// Reads a position; nil when the text is none.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let first = words.first, let cursor = JournalCursor(String(first)) else { return nil }
        guard words.count - 1 <= PartialJoiner.maximumOpenLines else { return nil }
        self.cursor = cursor
        open = []
        for word in words.dropFirst() {
            guard word.first == "+", let at = word.firstIndex(of: "@") else { return nil }
            guard let name = PartialName(String(word[word.index(after: word.startIndex)..<at])),
                let first = JournalCursor(String(word[word.index(after: at)...]))
            else { return nil }
            open.append(OpenLine(name: name, first: first))
        }
    }

    /// The text to keep.
    package var text: String {
        open.reduce(into: cursor.text) { text, line in
            text += " +\(line.name.text)@\(line.first.text)"
        }
    }

    /// Where the next run begins, and whether the entry there itself is taken.
    package var begin: (cursor: JournalCursor, isInclusive: Bool) {
        var earliest = cursor
        for line in open where earliest.isBehind(line.first) { earliest = line.first }
        return (earliest, !open.isEmpty && open.contains { $0.first == earliest })
    }
}
