/// A condition over the fields of a record, such as `status >= 500 or level in ["error", "fatal"]`.
///
/// Typed and checked when it is made. Evaluation runs a flat program that jumps over what cannot change the outcome:
/// no allocation, no recursion, at most one step a comparison. A comparison with an absent field is false.
package struct Expression: Sendable, CustomStringConvertible {
    /// How it was written.
    package let text: String
    let program: ExpressionProgram

    /// Reads an expression; attributes it names get numbers in `attributes`, the table that all expressions of a
    /// configuration share.
    package init(_ text: String, attributes: inout AttributeNames) throws(ExpressionProblem) {
        var parser = try ExpressionParser(text, attributes: attributes)
        let node = try parser.parse()
        attributes = parser.attributes
        self.text = text
        program = ExpressionProgram(node)
    }

    /// How it was written.
    package var description: String { text }

    /// Whether it holds for a record.
    @inline(__always) package func holds<Subject: ExpressionSubject & ~Copyable>(
        for subject: borrowing Subject
    ) -> Bool {
        let program = program
        var index = program.entry
        while index < ExpressionInstruction.refuse {
            let step = program.instructions[Int(index)]
            index = program.holds(step, for: subject) ? step.onTrue : step.onFalse
        }
        return index == ExpressionInstruction.accept
    }
}

extension Expression: Equatable {
    /// Expressions are equal where they are written the same.
    package static func == (left: Expression, right: Expression) -> Bool { left.text == right.text }
}
