import Settings

/// Questions of the command line to the running agent about its SLOs.
package struct ObjectiveQuestion: Sendable {
    private let agent: RunningAgent

    /// Asks the agent that runs with a configuration.
    package init(_ configuration: AgentConfiguration) { agent = RunningAgent(configuration) }

    /// How every SLO stands, as a table or as one JSON object a line.
    package func status(asLines: Bool) throws(AgentError) -> RunningAgent.Answer {
        try agent.ask("/api/v1/slos", [("format", asLines ? "lines" : "text")])
    }

    /// Whether an SLO burns faster than allowed.
    package func gate(
        slo: String,
        window: String,
        maximumBurn: String,
        asText: Bool
    ) throws(AgentError) -> RunningAgent.Answer {
        let query = [("slo", slo), ("window", window), ("max_burn", maximumBurn), ("format", asText ? "text" : "json")]
        return try agent.ask("/api/v1/gate", query.map { (name: $0.0, value: $0.1) })
    }
}
