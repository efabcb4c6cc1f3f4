import Settings

/// A compiled expression: instructions and the values that they point to.
///
/// A class, so that a copy of an expression costs one reference; everything in it is a constant.
final class ExpressionProgram: Sendable {
    let instructions: [ExpressionInstruction]
    /// Where the program begins.
    let entry: UInt16
    let numbers: [Int64]
    let decimals: [ExactDecimal]
    let ranges: [ExpressionTest.DecimalRange]
    let patterns: [Pattern]
    /// Where each text stands in `bytes`.
    let texts: [Range<Int>]
    let bytes: [UInt8]

    init(_ node: ExpressionNode) {
        var compiler = ExpressionCompiler()
        entry = compiler.add(node, ExpressionInstruction.accept, ExpressionInstruction.refuse)
        // The compiler writes from the end, so that every target is known when a step is written.
        instructions = compiler.instructions
        numbers = compiler.numbers
        decimals = compiler.decimals
        ranges = compiler.ranges
        patterns = compiler.patterns
        texts = compiler.texts
        bytes = compiler.bytes
    }
}
