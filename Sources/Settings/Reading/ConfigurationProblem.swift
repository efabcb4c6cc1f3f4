/// One thing that is wrong with a configuration, where, and what to do about it.
package struct ConfigurationProblem: Sendable, Hashable, Error {
    /// Where it stands.
    package let mark: Mark
    /// The dotted path of the key; `(file)` where it is no key.
    package let key: String
    /// What is wrong.
    package let problem: String
    /// What to write instead.
    package let advice: String

    /// Makes a problem.
    package init(mark: Mark, key: String, problem: String, advice: String) {
        self.mark = mark
        self.key = key.isEmpty ? "(file)" : key
        self.problem = problem
        self.advice = advice
    }
}

extension ConfigurationProblem: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: KEY: what is wrong; what to write instead`, always on one line.
    package var description: String {
        let advice = advice.isEmpty ? "" : "; \(self.advice)"
        return MessageText.oneLine("\(mark): \(key): \(problem)\(advice)")
    }
}
