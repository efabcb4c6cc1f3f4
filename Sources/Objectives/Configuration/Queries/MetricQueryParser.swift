/// Reads the queries that SLO documents hold in practice: `sum(rate(metric{…}[window]))`, and one less another.
///
/// Anything else is nil: what cannot be read off log lines is not guessed.
struct MetricQueryParser {
    private let tokens: [MetricQueryToken]
    private var index = 0
    private var depth = 0

    private static let maximumDepth = 16
    private static let maximumBytes = 4_096

    static func parse(_ query: String) -> MetricQuery? {
        guard query.utf8.count <= maximumBytes, let tokens = MetricQueryToken.tokens(of: query) else { return nil }
        var parser = MetricQueryParser(tokens: tokens)
        guard let parsed = parser.difference(), parser.index == tokens.count else { return nil }
        return parsed
    }

    private init(tokens: [MetricQueryToken]) { self.tokens = tokens }

    private var token: MetricQueryToken? { index < tokens.count ? tokens[index] : nil }

    private mutating func take(_ expected: MetricQueryToken) -> Bool {
        guard token == expected else { return false }
        index += 1
        return true
    }

    private mutating func takeWord(_ words: [String]) -> Bool {
        guard case .word(let word) = token, words.contains(word.lowercased()) else { return false }
        index += 1
        return true
    }

    /// `a`, `a - b`, either with `or vector(0)` behind it.
    private mutating func difference() -> MetricQuery? {
        guard var query = term() else { return nil }
        if take(.sign("-")) {
            guard query.subtracted == nil, let other = term(), other.subtracted == nil else { return nil }
            query.subtracted = other.counted
        }
        return orNothing() ? query : nil
    }

    /// `or vector(0)` and `or on() vector(0)` only fill gaps.
    private mutating func orNothing() -> Bool {
        guard takeWord(["or"]) else { return true }
        if takeWord(["on"]) { guard take(.sign("(")), take(.sign(")")) else { return false } }
        return takeWord(["vector"]) && take(.sign("(")) && takeWord(["0"]) && take(.sign(")"))
    }

    /// A difference in parentheses, `sum(…)`, or `rate(metric{…}[window])`.
    private mutating func term() -> MetricQuery? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { return nil }
        if take(.sign("(")) || takeWord(["sum"]) && take(.sign("(")) {
            guard let query = difference(), take(.sign(")")) else { return nil }
            return query
        }
        guard takeWord(["rate", "increase", "irate"]), take(.sign("(")), let selector = selector(), take(.range),
            take(.sign(")"))
        else { return nil }
        return MetricQuery(counted: selector)
    }

    private mutating func selector() -> MetricQuery.Selector? {
        guard case .word(let metric) = token else { return nil }
        index += 1
        var selector = MetricQuery.Selector(metric: metric, matchers: [])
        guard take(.sign("{")) else { return selector }
        while !take(.sign("}")) {
            guard let matcher = matcher() else { return nil }
            selector.matchers.append(matcher)
            if !take(.sign(",")), token != .sign("}") { return nil }
        }
        return selector
    }

    private mutating func matcher() -> MetricQuery.Matcher? {
        guard case .word(let label) = token, index + 2 < tokens.count, case .sign(let text) = tokens[index + 1],
            let sign = MetricQuery.Matcher.Sign(rawValue: text), case .string(let value) = tokens[index + 2]
        else { return nil }
        index += 3
        return MetricQuery.Matcher(label: label, sign: sign, value: value)
    }
}
