/// A pattern in which `*` stands for any bytes and `?` for one character; everything else for itself.
package struct Glob: Sendable, Equatable {
    /// The pattern as it was written.
    package let pattern: String
    private let scalars: [Unicode.Scalar]

    /// Makes a pattern of any text.
    package init(_ pattern: String) {
        self.pattern = pattern
        scalars = Array(pattern.unicodeScalars)
    }

    /// Whether the pattern covers the whole of `text`.
    ///
    /// Goes back to the last `*` only, which is enough, so that the work is bounded by the product of the lengths.
    package func matches(_ text: String) -> Bool {
        let text = Array(text.unicodeScalars)
        var at = 0
        var pattern = 0
        var star: (pattern: Int, text: Int)?
        while at < text.count {
            if pattern < scalars.count, scalars[pattern] == "*" {
                star = (pattern, at)
                pattern += 1
            } else if pattern < scalars.count, scalars[pattern] == "?" || scalars[pattern] == text[at] {
                pattern += 1
                at += 1
            } else if let back = star {
                pattern = back.pattern + 1
                at = back.text + 1
                star = (back.pattern, at)
            } else {
                return false
            }
        }
        return scalars[pattern...].allSatisfy { $0 == "*" }
    }
}
