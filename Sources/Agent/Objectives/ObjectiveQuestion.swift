import Admin
import Settings

/// Questions of the command line to the running agent about its SLOs.
package struct ObjectiveQuestion: Sendable {
    /// What the agent answered.
    package struct Answer: Sendable {
        /// The HTTP status.
        package let status: Int
        /// The body.
        package let text: String
    }

    private static let answerBytesMax = 64 << 20
    private let configuration: AgentConfiguration

    /// Asks the agent that runs with a configuration.
    package init(_ configuration: AgentConfiguration) { self.configuration = configuration }

    /// How every SLO stands, as a table or as one JSON object a line.
    package func status(asLines: Bool) throws(AgentError) -> Answer {
        try ask("/api/v1/slos?format=\(asLines ? "lines" : "text")")
    }

    /// Whether an SLO burns faster than allowed.
    package func gate(
        slo: String,
        window: String,
        maximumBurn: String,
        asText: Bool
    ) throws(AgentError) -> Answer {
        let query = [("slo", slo), ("window", window), ("max_burn", maximumBurn), ("format", asText ? "text" : "json")]
        return try ask("/api/v1/gate?" + query.map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&"))
    }

    private func ask(_ path: String) throws(AgentError) -> Answer {
        let file = configuration.agent.dataDirectory + "/token"
        do {
            let probe = try HealthProbe(
                listen: configuration.agent.listen.description,
                token: AdminToken.read(file),
                answerBytesMax: Self.answerBytesMax
            )
            let answer = try probe.ask(path)
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

    private static func escaped(_ text: String) -> String {
        text.utf8.reduce(into: "") { escaped, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.properties.isAlphabetic && byte < 0x80 || byte &- 0x30 < 10 || "-_.".utf8.contains(byte) {
                escaped.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16)
                escaped += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
    }
}
