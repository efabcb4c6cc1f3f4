import Settings

/// Makes a typed tree of the tokens of an expression.
///
/// `or` binds loosest, then `and`, then `not`, then a comparison. Recursion is bounded by `ExpressionLimits.depth`.
struct ExpressionParser {
    private let bytes: [UInt8]
    private let tokens: [ExpressionToken]
    private var index = 0
    private var depth = 0
    private var comparisons = 0
    private(set) var attributes: AttributeNames

    init(_ text: String, attributes: AttributeNames) throws(ExpressionProblem) {
        bytes = Array(text.utf8)
        self.attributes = attributes
        guard bytes.count <= ExpressionLimits.textBytes else {
            throw ExpressionProblem(
                offset: ExpressionLimits.textBytes,
                problem: "the expression is longer than \(ExpressionLimits.textBytes) bytes",
                advice: "shorten it"
            )
        }
        tokens = try ExpressionLexer.tokens(of: bytes)
    }

    /// The whole expression.
    mutating func parse() throws(ExpressionProblem) -> ExpressionNode {
        if token.kind == .end {
            throw problem("the expression is empty", "write a comparison such as status >= 500")
        }
        let node = try any()
        guard token.kind == .end else { throw unexpected() }
        return node
    }

    /// The current token; the last one is `end` and is never passed.
    private var token: ExpressionToken { tokens[index] }

    private mutating func advance() { index = min(index + 1, tokens.count - 1) }

    private mutating func any() throws(ExpressionProblem) -> ExpressionNode {
        var nodes = [try all()]
        while token.isWord("or") {
            advance()
            nodes.append(try all())
        }
        return nodes.count == 1 ? nodes[0] : .any(nodes)
    }

    private mutating func all() throws(ExpressionProblem) -> ExpressionNode {
        var nodes = [try not()]
        while token.isWord("and") {
            advance()
            nodes.append(try not())
        }
        return nodes.count == 1 ? nodes[0] : .all(nodes)
    }

    private mutating func not() throws(ExpressionProblem) -> ExpressionNode {
        guard token.isWord("not") else { return try primary() }
        try enter()
        advance()
        let node = try not()
        depth -= 1
        return .not(node)
    }

    private mutating func primary() throws(ExpressionProblem) -> ExpressionNode {
        guard token.kind == .openParenthesis else { return .test(try comparison()) }
        try enter()
        let opening = token.range.lowerBound
        advance()
        let node = try any()
        guard token.kind == .closeParenthesis else {
            if token.kind != .end { throw unexpected() }
            throw ExpressionProblem(offset: opening, problem: "the parenthesis has no end", advice: "close it with )")
        }
        advance()
        depth -= 1
        return node
    }

    private mutating func enter() throws(ExpressionProblem) {
        depth += 1
        guard depth <= ExpressionLimits.depth else {
            throw problem("the expression is nested deeper than \(ExpressionLimits.depth)", "write it flatter")
        }
    }

    private mutating func comparison() throws(ExpressionProblem) -> ExpressionTest {
        comparisons += 1
        guard comparisons <= ExpressionLimits.comparisons else {
            throw problem("more than \(ExpressionLimits.comparisons) comparisons", "use `in` with a list or a pattern")
        }
        let field = token
        let operand = try operand()
        let comparison = try comparisonSign(after: field)
        let list = comparison == .isIn ? try list() : [try value()]
        let typing = ExpressionTyping(bytes: bytes, field: field, operand: operand)
        return try typing.test(comparison, list)
    }

    private mutating func operand() throws(ExpressionProblem) -> ExpressionOperand {
        guard case .word(let name) = token.kind else { throw expectedField() }
        if name == "and" || name == "or" || name == "in" || name == "not" { throw expectedField() }
        if let field = ExpressionField.named(name) {
            advance()
            return .field(field)
        }
        let prefix = "attributes."
        guard name.hasPrefix(prefix), name.utf8.count > prefix.utf8.count else {
            throw problem("\(MessageText.quoted(name)) is no field", Self.advice(forField: name))
        }
        guard let number = attributes.number(of: String(name.dropFirst(prefix.count))) else {
            throw problem("more than \(ExpressionLimits.attributes) attributes are named", "name fewer")
        }
        advance()
        return .attribute(number)
    }

    private mutating func comparisonSign(
        after field: ExpressionToken
    ) throws(ExpressionProblem) -> ExpressionComparison {
        if token.isWord("in") {
            advance()
            return .isIn
        }
        if token.isWord("not") { throw problem("`not` stands behind the field", "write `not (field in […])`") }
        guard case .comparison(let comparison) = token.kind else {
            let name = String(decoding: bytes[field.range], as: UTF8.self)
            throw problem("\(shown) does not compare \(name) with anything", "write such as \(name) == \"…\"")
        }
        advance()
        return comparison
    }

    /// One value behind a sign.
    private mutating func value() throws(ExpressionProblem) -> ExpressionToken {
        switch token.kind {
        case .string, .number, .duration: break
        case .word("true"), .word("false"): break
        case .openBracket: throw problem("a list stands behind a sign for one value", "write `in` before a list")
        case .word(let name) where ExpressionField.named(name) != nil || name.hasPrefix("attributes."):
            throw problem("`\(name)` is a field", "compare a field with a value; text stands between quotes")
        case .word(let name): throw problem("\(shown) is no value", "write \"\(MessageText.oneLine(name))\"")
        default: throw problem("\(shown) is no value", "write a number, a duration such as 300ms, or quoted text")
        }
        let value = token
        advance()
        return value
    }

    private mutating func list() throws(ExpressionProblem) -> [ExpressionToken] {
        guard token.kind == .openBracket else { throw problem("`in` wants a list", "write `in [\"a\", \"b\"]`") }
        let opening = token.range.lowerBound
        advance()
        var values: [ExpressionToken] = []
        while token.kind != .closeBracket, token.kind != .end {
            guard values.count < ExpressionLimits.listItems else {
                throw problem("a list of more than \(ExpressionLimits.listItems) values", "use a pattern")
            }
            values.append(try value())
            guard token.kind == .comma else { break }
            advance()
        }
        guard token.kind == .closeBracket else {
            if token.kind != .end { throw problem("\(shown) stands in a list", "write , or ]") }
            throw ExpressionProblem(offset: opening, problem: "the list has no end", advice: "close it with ]")
        }
        guard !values.isEmpty else { throw problem("the list is empty", "write at least one value") }
        advance()
        return values
    }

    private func problem(_ problem: String, _ advice: String) -> ExpressionProblem {
        ExpressionProblem(offset: token.range.lowerBound, problem: problem, advice: advice)
    }

    /// How a message names the current token.
    private var shown: String {
        if token.kind == .end { return "the end of the expression" }
        return MessageText.quoted(String(decoding: bytes[token.range], as: UTF8.self))
    }

    private func unexpected() -> ExpressionProblem {
        if token.kind == .closeParenthesis { return problem("`)` closes nothing", "remove it") }
        if case .word(let name) = token.kind, name.lowercased() == "and" || name.lowercased() == "or" {
            return problem("\(shown) is no keyword", "write `\(name.lowercased())`")
        }
        if case .comparison = token.kind { return problem("\(shown) compares twice", "join comparisons with `and`") }
        return problem("\(shown) stands behind a comparison", "join comparisons with `and` or `or`")
    }

    private func expectedField() -> ExpressionProblem {
        switch token.kind {
        case .end: problem("the expression ends too early", "write a comparison such as status >= 500")
        case .string, .number, .duration: problem("\(shown) stands before the sign", "write the field first")
        default: problem("\(shown) is no field", "write a comparison such as status >= 500")
        }
    }

    private static func advice(forField name: String) -> String {
        let lower = name.lowercased()
        if ["and", "or", "not", "in"].contains(lower) { return "write `\(lower)`" }
        if lower == "attributes" || lower == "attributes." { return "write a name behind it: attributes.tenant" }
        if let nearest = Similarity.nearest(to: name, among: ExpressionField.allCases.map(\.name)) {
            return "did you mean `\(nearest)`? A field of the line is attributes.\(MessageText.oneLine(name))"
        }
        return "a field of the line is attributes.\(MessageText.oneLine(name)); canonical fields are "
            + ExpressionField.allCases.map(\.name).joined(separator: " ")
    }
}
