import Admin
import Outputs
import Settings

/// The agent that runs with a configuration, as the command line asks it.
package struct RunningAgent: Sendable {
    /// What the agent answered.
    package struct Answer: Sendable {
        /// The HTTP status.
        package let status: Int
        /// The body.
        package let text: String

        /// What the agent says is wrong, where that is its answer.
        var problem: String {
            let (start, end) = (#"{"error":""#, "\"}\n")
            guard text.hasPrefix(start), text.hasSuffix(end) else { return "the agent answers \(status): \(text)" }
            return String(text.dropFirst(start.count).dropLast(end.count))
        }
    }

    private static let answerBytesMax = 64 << 20
    private let configuration: AgentConfiguration

    /// Asks the agent that runs with a configuration.
    package init(_ configuration: AgentConfiguration) { self.configuration = configuration }

    /// Asks for a path with some parameters.
    func ask(_ path: String, _ query: [(name: String, value: String)]) throws(AgentError) -> Answer {
        let file = configuration.agent.dataDirectory + "/token"
        let pairs = query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }
        do {
            let probe = try HealthProbe(
                listen: configuration.agent.listen.description,
                token: AdminToken.read(file),
                answerBytesMax: Self.answerBytesMax
            )
            let answer = try probe.ask(path + "?" + pairs.joined(separator: "&"))
            guard answer.status != 401, answer.status != 403 else {
                throw AgentError.forbidden("the agent wants its token: run this as the user who may read \(file)")
            }
            return Answer(status: answer.status, text: answer.body)
        } catch let error as AgentError {
            throw error
        } catch {
            throw AgentError.unavailable("\(error)")
        }
    }
}
