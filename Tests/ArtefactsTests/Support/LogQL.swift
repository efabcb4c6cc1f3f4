/// Reads LogQL by its grammar (Loki's `syntax` package) and says where a text leaves it.
///
/// What the ruler and Grafana send is known here: log selectors with pipelines, range and vector aggregations,
/// comparisons and arithmetic with numbers.
struct LogQL {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private var tokens: [Token]
    private var at = 0

    enum Token: Equatable {
        case name(String)
        case text(String)
        case number(String)
        case sign(String)
    }

    /// Checks a query; `$__auto` and variables must have been replaced.
    static func check(_ query: String) throws {
        var parser = LogQL(tokens: try tokens(query))
        try parser.expression()
        guard parser.at == parser.tokens.count else { throw parser.failure("nothing more") }
    }

    // MARK: Expressions

    private static let rangeFunctions: Set = [
        "rate", "count_over_time", "bytes_rate", "bytes_over_time", "absent_over_time", "sum_over_time",
    ]
    private static let aggregations: Set = ["sum", "avg", "min", "max", "count", "topk", "bottomk"]
    private static let operators: Set = ["+", "-", "*", "/", ">", ">=", "<", "<=", "==", "!=", "and", "or", "unless"]

    private mutating func expression() throws {
        try operand()
        while let sign = binaryOperator() {
            at += 1
            if sign == "and" || sign == "or" || sign == "unless" { try grouping() }
            try operand()
        }
    }

    private func binaryOperator() -> String? {
        switch peek {
        case .sign(let sign) where Self.operators.contains(sign): sign
        case .name(let name) where Self.operators.contains(name): name
        default: nil
        }
    }

    private mutating func operand() throws {
        switch peek {
        case .number: at += 1
        case .sign("{"): try selectorAndPipeline()
        case .sign("("):
            at += 1
            try expression()
            try take(.sign(")"))
        case .name(let name) where Self.rangeFunctions.contains(name):
            at += 1
            try take(.sign("("))
            try selectorAndPipeline()
            try range()
            try take(.sign(")"))
        case .name(let name) where Self.aggregations.contains(name):
            at += 1
            try grouping()
            try take(.sign("("))
            if name.hasSuffix("k") {
                guard case .number = peek else { throw failure("a number") }
                at += 1
                try take(.sign(","))
            }
            try expression()
            try take(.sign(")"))
            try grouping()
        default: throw failure("a query")
        }
    }

    private mutating func grouping() throws {
        guard case .name(let name) = peek, ["by", "without", "on", "ignoring"].contains(name) else { return }
        at += 1
        try take(.sign("("))
        while case .name = peek {
            at += 1
            if peek == .sign(",") { at += 1 }
        }
        try take(.sign(")"))
    }

    private mutating func range() throws {
        try take(.sign("["))
        guard case .number(let text) = peek, text.last?.isLetter == true else { throw failure("a duration") }
        at += 1
        try take(.sign("]"))
    }

    // MARK: Lines

    private mutating func selectorAndPipeline() throws {
        try take(.sign("{"))
        repeat {
            guard case .name = peek else { throw failure("a label") }
            at += 1
            guard case .sign(let sign) = peek, ["=", "!=", "=~", "!~"].contains(sign) else { throw failure("=") }
            at += 1
            guard case .text = peek else { throw failure("a text") }
            at += 1
        } while takeIf(.sign(","))
        try take(.sign("}"))
        while case .sign(let sign) = peek, ["|", "|=", "|~", "!=", "!~"].contains(sign) {
            at += 1
            if sign == "|" { try stage() } else { try lineFilter() }
        }
    }

    private mutating func lineFilter() throws {
        guard case .text = peek else { throw failure("a text to look for") }
        at += 1
    }

    private mutating func stage() throws {
        guard case .name(let name) = peek else { throw failure("a stage") }
        at += 1
        switch name {
        case "json", "logfmt":
            guard case .name = peek else { return }
            try assignments()
        case "regexp", "pattern", "line_format": try lineFilter()
        case "unpack", "decolorize": break
        case "label_format": try assignments()
        case "drop", "keep": while case .name = peek { at += takeIf(.sign(",")) ? 0 : 1 }
        default: try labelFilter()
        }
    }

    private mutating func assignments() throws {
        repeat {
            guard case .name = peek else { throw failure("a label") }
            at += 1
            try take(.sign("="))
            switch peek {
            case .text, .name: at += 1
            default: throw failure("a text or a label")
            }
        } while takeIf(.sign(","))
    }

    /// The name has been taken.
    private mutating func labelFilter() throws {
        guard case .sign(let sign) = peek, ["=", "!=", "=~", "!~", "==", ">", ">=", "<", "<="].contains(sign) else {
            throw failure("a comparison")
        }
        at += 1
        switch peek {
        case .text: at += 1
        case .number where ["==", "=", "!=", ">", ">=", "<", "<="].contains(sign): at += 1
        default: throw failure("a value")
        }
        guard case .name(let name) = peek, name == "and" || name == "or" else { return }
        at += 1
        guard case .name = peek else { throw failure("a label") }
        at += 1
        try labelFilter()
    }

    // MARK: Tokens

    private var peek: Token? { at < tokens.count ? tokens[at] : nil }

    private mutating func take(_ token: Token) throws {
        guard peek == token else { throw failure("\(token)") }
        at += 1
    }

    private mutating func takeIf(_ token: Token) -> Bool {
        guard peek == token else { return false }
        at += 1
        return true
    }

    private func failure(_ wanted: String) -> Failure {
        Failure(description: "wanted \(wanted), found \(peek.map { "\($0)" } ?? "the end") at token \(at)")
    }

    static func tokens(_ query: String) throws -> [Token] {
        var rest = query[...]
        var tokens: [Token] = []
        while let first = rest.first {
            if first.isWhitespace {
                rest = rest.dropFirst()
            } else if first == "\"" || first == "`" {
                tokens.append(.text(try quoted(&rest, first)))
            } else if first.isLetter || first == "_" {
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(.name(String(name)))
                rest = rest.dropFirst(name.count)
            } else if first.isNumber {
                let number = rest.prefix { $0.isLetter || $0.isNumber || $0 == "." }
                tokens.append(.number(String(number)))
                rest = rest.dropFirst(number.count)
            } else {
                let pairs = ["|=", "|~", "!=", "!~", "=~", "==", ">=", "<="]
                let sign = pairs.first { rest.hasPrefix($0) } ?? String(first)
                guard pairs.contains(sign) || "{}()[],|=<>+-*/".contains(first) else {
                    throw Failure(description: "what is \(first)?")
                }
                tokens.append(.sign(sign))
                rest = rest.dropFirst(sign.count)
            }
        }
        return tokens
    }

    private static func quoted(_ rest: inout Substring, _ quote: Character) throws -> String {
        rest = rest.dropFirst()
        var text = ""
        while let character = rest.popFirst() {
            if character == quote { return text }
            text.append(character)
            if character == "\\", quote == "\"", let next = rest.popFirst() { text.append(next) }
        }
        throw Failure(description: "a text does not end")
    }
}
