import Settings

/// Checks that a field and the values beside it are of one type, and makes a test of them.
struct ExpressionTyping {
    /// The expression's text, which tokens point into.
    let bytes: [UInt8]
    /// The field as it is written.
    let field: ExpressionToken
    let operand: ExpressionOperand

    private typealias Values = [ExpressionToken]

    func test(
        _ comparison: ExpressionComparison,
        _ values: [ExpressionToken]
    ) throws(ExpressionProblem) -> ExpressionTest {
        guard case .field(let known) = operand else { return try attribute(comparison, values) }
        if comparison == .matches {
            guard known.kind == .text else { throw matchesNoText(known.kind) }
            return try pattern(values[0])
        }
        switch known.kind {
        case .level: return .level(try levels(comparison, values))
        case .text: return try text(comparison, values)
        case .wholeNumber:
            let advice = "compare it with a whole number such as 500"
            return try number(known, comparison, try map(values, "a number", advice, Self.wholeNumber))
        case .duration:
            let advice = "compare it with a duration such as 300ms"
            return try number(known, comparison, try map(values, "a duration", advice, Self.nanoseconds))
        case .time:
            let advice = "compare it with a quoted time such as \"2026-01-31T12:00:00Z\""
            return try number(known, comparison, try map(values, "a time", advice, time))
        }
    }

    // MARK: Attributes

    /// The type of an attribute is that of the value it is compared with.
    private func attribute(
        _ comparison: ExpressionComparison,
        _ values: Values
    ) throws(ExpressionProblem)
        -> ExpressionTest
    {
        guard case .attribute(let number) = operand else { preconditionFailure("a field is no attribute") }
        if comparison == .matches { return try pattern(values[0]) }
        switch values[0].kind {
        case .number:
            let advice = "write numbers only"
            return decimals(number, comparison, try map(values, "a number", advice, Self.decimal))
        case .duration:
            let durations = try map(values, "a duration", "write durations only", Self.nanoseconds)
            if comparison == .isIn { return .attributeDurationIn(number, durations) }
            let (range, isNegated) = Self.range(comparison, durations[0])
            return .attributeDuration(number, range, isNegated: isNegated)
        default: return try text(comparison, values)
        }
    }

    private func decimals(
        _ attribute: Int,
        _ comparison: ExpressionComparison,
        _ values: [ExactDecimal]
    )
        -> ExpressionTest
    {
        typealias Range = ExpressionTest.DecimalRange
        let value = values[0]
        let range: Range
        switch comparison {
        case .isIn, .matches: return .attributeNumberIn(attribute, values)
        case .equal, .notEqual: range = Range(low: value, high: value, includesBounds: true)
        case .less: range = Range(low: nil, high: value, includesBounds: false)
        case .lessOrEqual: range = Range(low: nil, high: value, includesBounds: true)
        case .greater: range = Range(low: value, high: nil, includesBounds: false)
        case .greaterOrEqual: range = Range(low: value, high: nil, includesBounds: true)
        }
        return .attributeNumber(attribute, range, isNegated: comparison == .notEqual)
    }

    // MARK: Numbers

    private func number(
        _ field: ExpressionField,
        _ comparison: ExpressionComparison,
        _ values: [Int64]
    )
        throws(ExpressionProblem) -> ExpressionTest
    {
        if comparison == .isIn { return .numberIn(field, values) }
        let (range, isNegated) = Self.range(comparison, values[0])
        return .number(field, range, isNegated: isNegated)
    }

    /// The numbers that compare so; outside the range where negated.
    private static func range(_ comparison: ExpressionComparison, _ value: Int64) -> (ClosedRange<Int64>, Bool) {
        switch comparison {
        case .equal, .isIn, .matches: (value...value, false)
        case .notEqual: (value...value, true)
        case .less: (value...Int64.max, true)
        case .lessOrEqual: (Int64.min...value, false)
        case .greater: (Int64.min...value, true)
        case .greaterOrEqual: (value...Int64.max, false)
        }
    }

    private static func wholeNumber(_ token: ExpressionToken) -> Int64? {
        guard case .number(let number) = token.kind, number.scale == 0 else { return nil }
        return number.digits
    }

    private static func decimal(_ token: ExpressionToken) -> ExactDecimal? {
        guard case .number(let number) = token.kind else { return nil }
        return number
    }

    /// A zero needs no unit.
    private static func nanoseconds(_ token: ExpressionToken) -> Int64? {
        switch token.kind {
        case .duration(let nanoseconds): nanoseconds
        case .number(let number): number.digits == 0 ? 0 : nil
        default: nil
        }
    }

    private func time(_ token: ExpressionToken) -> Int64? {
        guard case .string(let range) = token.kind, range.count <= TimestampReader.maxBytes else { return nil }
        // The reader looks at whole words; the zeros behind the text are its room.
        let text = Array(bytes[range]) + [UInt8](repeating: 0, count: 64)
        var reader = TimestampReader()
        return text.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return nil }
            return reader.read(base, range.count, reference: 0)
        }
    }

    // MARK: Text and levels

    private func text(
        _ comparison: ExpressionComparison,
        _ values: Values
    ) throws(ExpressionProblem)
        -> ExpressionTest
    {
        var texts: [String] = []
        for value in values { texts.append(try text(value)) }
        switch comparison {
        case .equal, .isIn, .matches: return .text(operand, texts, isNegated: false)
        case .notEqual: return .text(operand, texts, isNegated: true)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            throw problem(values[0], "text has no order", "use == != =~ or in with text")
        }
    }

    private func text(_ token: ExpressionToken) throws(ExpressionProblem) -> String {
        if case .string(let range) = token.kind { return try ExpressionText.unescaped(bytes, range) }
        if case .word(let word) = token.kind, case .attribute = operand { return word }
        let advice = "compare it with quoted text: \"\(MessageText.oneLine(written(token)))\""
        throw problem(token, "\(name) is text, but \(shown(token)) is not", advice)
    }

    private func pattern(_ token: ExpressionToken) throws(ExpressionProblem) -> ExpressionTest {
        guard case .string(let range) = token.kind else {
            throw problem(token, "`=~` wants a pattern", "write it between quotes")
        }
        return .pattern(operand, try Pattern(Array(bytes[range]), at: range.lowerBound))
    }

    /// The bits of the levels that compare so.
    private func levels(_ comparison: ExpressionComparison, _ values: Values) throws(ExpressionProblem) -> UInt8 {
        var mask: UInt8 = 0
        for value in values {
            let wanted = try level(value).rawValue
            for level in Level.allCases where level != .none {
                if Self.compares(level.rawValue, comparison, wanted) { mask |= 1 << level.rawValue }
            }
        }
        return mask
    }

    private static func compares(_ left: UInt8, _ comparison: ExpressionComparison, _ right: UInt8) -> Bool {
        switch comparison {
        case .equal, .isIn, .matches: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }

    private func level(_ token: ExpressionToken) throws(ExpressionProblem) -> Level {
        let names = Level.allCases.filter { $0 != .none }.map(\.name)
        let advice = "write one of " + names.map { "\"\($0)\"" }.joined(separator: " ")
        guard case .string(let range) = token.kind else {
            throw problem(token, "level is a name, but \(shown(token)) is not", advice)
        }
        let text = Array(bytes[range])
        let level = text.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { LevelName.named($0, buffer.count) } ?? .none
        }
        guard level == .none else { return level }
        let nearest = Similarity.nearest(to: String(decoding: text, as: UTF8.self), among: names)
        throw problem(token, "\(shown(token)) is no level", nearest.map { "did you mean \"\($0)\"?" } ?? advice)
    }

    // MARK: Messages

    private func map<Value>(
        _ values: Values,
        _ type: String,
        _ advice: String,
        _ read: (ExpressionToken) -> Value?
    ) throws(ExpressionProblem) -> [Value] {
        var result: [Value] = []
        for value in values {
            guard let read = read(value) else {
                throw problem(value, "\(name) is \(type), but \(shown(value)) is not", advice)
            }
            result.append(read)
        }
        return result
    }

    private func matchesNoText(_ kind: ExpressionField.Kind) -> ExpressionProblem {
        let advice = kind == .level ? "use `in [\"error\", \"fatal\"]`" : "compare it with == != < <= > >= or in"
        return ExpressionProblem(
            offset: field.range.lowerBound,
            problem: "\(name) is no text, so it matches no pattern",
            advice: advice
        )
    }

    /// The field as it is written.
    private var name: String { MessageText.oneLine(written(field)) }

    private func written(_ token: ExpressionToken) -> String { String(decoding: bytes[token.range], as: UTF8.self) }

    private func shown(_ token: ExpressionToken) -> String { MessageText.quoted(written(token)) }

    private func problem(_ token: ExpressionToken, _ problem: String, _ advice: String) -> ExpressionProblem {
        ExpressionProblem(offset: token.range.lowerBound, problem: problem, advice: advice)
    }
}
