/// A configuration that cannot be used, with every reason.
package struct ConfigurationFailure: Error, Equatable, CustomStringConvertible {
    /// What is wrong, in the order one reads the files; never empty.
    package let problems: [ConfigurationProblem]

    /// Makes a failure.
    package init(problems: [ConfigurationProblem]) {
        self.problems = problems
    }

    /// Every problem on its own line.
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
