import Settings

/// One comparison, typed: false wherever its operand is absent.
enum ExpressionTest {
    /// The bit of the level's raw value is set.
    case level(UInt8)
    /// A whole number, or a time or duration in nanoseconds, lies in the range, or outside where negated.
    case number(ExpressionField, ClosedRange<Int64>, isNegated: Bool)
    case numberIn(ExpressionField, [Int64])
    /// The text is one of these, or none where negated.
    case text(ExpressionOperand, [String], isNegated: Bool)
    case pattern(ExpressionOperand, Pattern)
    /// An attribute that reads as a number lies between the bounds, or outside where negated.
    case attributeNumber(Int, DecimalRange, isNegated: Bool)
    case attributeNumberIn(Int, [ExactDecimal])
    /// An attribute that reads as a duration, nanoseconds.
    case attributeDuration(Int, ClosedRange<Int64>, isNegated: Bool)
    case attributeDurationIn(Int, [Int64])

    /// Decimal numbers from a lower to an upper bound, either of which may be missing or excluded.
    struct DecimalRange: Sendable, Equatable {
        var low: ExactDecimal?
        var high: ExactDecimal?
        var includesBounds: Bool
    }
}
