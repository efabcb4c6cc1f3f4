/// Where something stands in a configuration file.
package struct Mark: Sendable, Hashable {
    /// The file as the user named it.
    package let file: String
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int

    /// Makes a mark.
    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension Mark: Comparable {
    /// Orders marks as one reads: by file, line and column.
    package static func < (left: Mark, right: Mark) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}

extension Mark: CustomStringConvertible {
    /// `FILE:LINE:COLUMN`, which editors and terminals make a link of.
    package var description: String { "\(file):\(line):\(column)" }
}
