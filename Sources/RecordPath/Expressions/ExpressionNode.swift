/// An expression as a tree: how it is written, already typed.
indirect enum ExpressionNode {
    case all([ExpressionNode])
    case any([ExpressionNode])
    case not(ExpressionNode)
    case test(ExpressionTest)
}

/// Where the left side of a comparison comes from.
enum ExpressionOperand: Equatable {
    case field(ExpressionField)
    /// The number of an attribute in `AttributeNames`.
    case attribute(Int)
}
