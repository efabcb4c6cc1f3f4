/// One step of a compiled expression: a comparison and where to go on after it.
///
/// Steps lead forward only, so that a program of n steps ends after at most n.
struct ExpressionInstruction: BitwiseCopyable, Sendable {
    /// Targets that end the program.
    static let accept: UInt16 = .max
    static let refuse: UInt16 = .max - 1

    enum Opcode: UInt8, BitwiseCopyable {
        /// `low` is the mask of levels.
        case level
        /// `low...high`.
        case number
        /// `high` numbers of the pool from `low`.
        case numberIn
        /// `high` texts of the pool from `low`.
        case text
        /// Pattern `low`.
        case pattern
        /// Decimal range `low`.
        case attributeNumber
        /// `high` decimals of the pool from `low`.
        case attributeNumberIn
        /// `low...high` nanoseconds.
        case attributeDuration
        /// `high` numbers of the pool from `low`, nanoseconds.
        case attributeDurationIn
    }

    var opcode: Opcode
    /// The outcome is turned round where the operand is there.
    var isNegated = false
    /// The operand is an attribute.
    var isAttribute = false
    /// The raw value of the field, or the number of the attribute.
    var operand: UInt16
    var onTrue: UInt16
    var onFalse: UInt16
    var low: Int64
    var high: Int64 = 0
}
