import Settings

/// A word, sign or value of an expression.
struct ExpressionToken: Equatable {
    /// What it is.
    enum Kind: Equatable {
        /// A field or a keyword.
        case word(String)
        /// Text between quotes; the range in the expression's bytes excludes them, escapes are not resolved.
        case string(Range<Int>)
        case number(ExactDecimal)
        /// Nanoseconds.
        case duration(Int64)
        case comparison(ExpressionComparison)
        case openParenthesis, closeParenthesis, openBracket, closeBracket, comma
        case end
    }

    let kind: Kind
    /// Where it stands in the expression's bytes.
    let range: Range<Int>

    func isWord(_ word: String) -> Bool { kind == .word(word) }
}

/// A sign that compares a field with a value.
enum ExpressionComparison: String, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case matches = "=~"
    case isIn = "in"
}
