/// Whether the agent does its work, and if not, why.
package struct Readiness: Sendable, Equatable {
    /// One thing that is wrong.
    package struct Problem: Sendable, Equatable {
        /// `inputs/docker`, `outputs/loki`.
        package let component: String
        /// What is wrong and what to do about it; never text of a log line.
        package let problem: String

        /// Makes a problem.
        package init(component: String, problem: String) {
            self.component = component
            self.problem = problem
        }
    }

    /// Empty when the agent is ready.
    package let problems: [Problem]

    /// Ready when there are no problems.
    package init(problems: [Problem] = []) { self.problems = problems }

    /// Whether `/readyz` answers 200.
    package var isReady: Bool { problems.isEmpty }
}
