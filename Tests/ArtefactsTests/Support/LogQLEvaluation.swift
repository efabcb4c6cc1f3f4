import Foundation

/// Evaluates the LogQL of rules over lines in memory, as Loki's documentation says: line filters, counts over a
/// window that is open to the left, absence, sums by labels, and comparisons, which filter.
struct LogQLEvaluation {
    /// A line of a stream, with its time in minutes.
    struct Line {
        var labels: [String: String]
        var minute: Double
        var text: String
    }

    /// Series: values by labels.
    typealias Vector = [[String: String]: Double]

    private var tokens: [LogQL.Token]
    private var at = 0
    private let lines: [Line]
    private let now: Double

    /// The value of a query at a minute.
    static func evaluate(_ query: String, over lines: [Line], at now: Double) throws -> Vector {
        try LogQL.check(query)
        var evaluation = LogQLEvaluation(tokens: try LogQL.tokens(query), lines: lines, now: now)
        let result = try evaluation.comparison()
        guard evaluation.at == evaluation.tokens.count else { throw LogQL.Failure(description: "not evaluated: rest") }
        return result
    }

    private mutating func comparison() throws -> Vector {
        let vector = try operand()
        guard case .sign(let sign) = peek, [">", ">=", "<", "<=", "==", "!="].contains(sign) else { return vector }
        at += 1
        let limit = try number()
        return vector.filter { Self.holds($0.value, sign, limit) }
    }

    private mutating func operand() throws -> Vector {
        switch next() {
        case .sign("("):
            let inner = try comparison()
            try take(.sign(")"))
            return inner
        case .name("sum"): return try sum()
        case .name("count_over_time"): return try range { $0 }
        case .name("absent_over_time"): return try range { $0.isEmpty ? [[:]: 1] : [:] }
        default: throw LogQL.Failure(description: "not evaluated: token \(at)")
        }
    }

    private mutating func sum() throws -> Vector {
        var labels: Set<String> = []
        if peek == .name("by") {
            at += 1
            try take(.sign("("))
            while case .name(let label) = peek {
                labels.insert(label)
                at += 1
                if peek == .sign(",") { at += 1 }
            }
            try take(.sign(")"))
        }
        try take(.sign("("))
        let inner = try comparison()
        try take(.sign(")"))
        return inner.reduce(into: [:]) { sums, series in
            sums[series.key.filter { labels.contains($0.key) }, default: 0] += series.value
        }
    }

    /// `({selector} filters [range])`, counted by stream.
    private mutating func range(_ finish: (Vector) -> Vector) throws -> Vector {
        try take(.sign("("))
        var found = lines
        try take(.sign("{"))
        repeat {
            guard case .name(let label) = next(), case .sign(let sign) = next(), case .text(let value) = next() else {
                throw LogQL.Failure(description: "not evaluated: matcher")
            }
            found = try found.filter { try Self.matches($0.labels[label] ?? "", sign, value, isWhole: true) }
        } while takeIf(.sign(","))
        try take(.sign("}"))
        while case .sign(let sign) = peek, sign != "[" {
            at += 1
            guard case .text(let value) = next() else { throw LogQL.Failure(description: "not evaluated: filter") }
            found = try found.filter { try Self.matches($0.text, sign, value, isWhole: false) }
        }
        try take(.sign("["))
        guard case .number(let text) = next(), text.hasSuffix("m"), let minutes = Double(text.dropLast()) else {
            throw LogQL.Failure(description: "not evaluated: range")
        }
        try take(.sign("]"))
        try take(.sign(")"))
        let inside = found.filter { $0.minute > now - minutes && $0.minute <= now }
        return finish(inside.reduce(into: [:]) { $0[$1.labels, default: 0] += 1 })
    }

    // MARK: Tokens

    private var peek: LogQL.Token? { at < tokens.count ? tokens[at] : nil }

    private mutating func next() -> LogQL.Token? {
        defer { at += 1 }
        return peek
    }

    private mutating func take(_ token: LogQL.Token) throws {
        guard next() == token else { throw LogQL.Failure(description: "not evaluated: wanted \(token)") }
    }

    private mutating func takeIf(_ token: LogQL.Token) -> Bool {
        guard peek == token else { return false }
        at += 1
        return true
    }

    private mutating func number() throws -> Double {
        guard case .number(let text) = next(), let value = Double(text) else {
            throw LogQL.Failure(description: "not evaluated: number")
        }
        return value
    }

    private static func holds(_ value: Double, _ sign: String, _ limit: Double) -> Bool {
        switch sign {
        case ">": value > limit
        case ">=": value >= limit
        case "<": value < limit
        case "<=": value <= limit
        case "==": value == limit
        default: value != limit
        }
    }

    /// Label matchers match the whole value, line filters a part of the line.
    private static func matches(_ text: String, _ sign: String, _ value: String, isWhole: Bool) throws -> Bool {
        switch sign {
        case "=": return text == value
        case "|=": return text.contains(value)
        case "!=": return isWhole ? text != value : !text.contains(value)
        default:
            let expression = try NSRegularExpression(pattern: isWhole ? "^(?:\(value))$" : value)
            let isFound = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
            return isFound == (sign == "=~" || sign == "|~")
        }
    }
}
