/// What is wrong with an expression, where, and what to write instead.
package struct ExpressionProblem: Error, Sendable, Equatable {
    /// Bytes from the beginning of the expression's text; at most its length.
    package let offset: Int
    /// What is wrong.
    package let problem: String
    /// What to write instead.
    package let advice: String

    /// Makes a problem.
    package init(offset: Int, problem: String, advice: String) {
        self.offset = offset
        self.problem = problem
        self.advice = advice
    }
}
