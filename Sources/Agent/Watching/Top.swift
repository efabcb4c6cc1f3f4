import Settings

/// `martlet top`: a live view of the running agent.
package struct Top: Sendable {
    private static let pause = Duration.seconds(1)
    private let agent: RunningAgent
    private let frames: Int?
    private let output: Terminal

    /// Shows the agent that runs with a configuration; nil `frames`: on a terminal until the process ends, elsewhere 2,
    /// of which the last is printed.
    package init(_ configuration: AgentConfiguration, frames: Int?) {
        agent = RunningAgent(configuration)
        output = Terminal(descriptor: 1)
        self.frames = frames ?? (output.isTerminal ? nil : 2)
    }

    /// Draws frame after frame.
    package func run() async throws(AgentError) {
        var lines = try frame()
        if output.isTerminal { output.begin() }
        defer { if output.isTerminal { output.end() } }
        var left = frames.map { max(0, $0 - 1) }
        while !Task.isCancelled {
            if output.isTerminal { output.draw(lines) }
            if left == 0 { break }
            left = left.map { $0 - 1 }
            try? await Task.sleep(for: Self.pause)
            lines = try frame()
        }
        if !output.isTerminal { output.write(lines.joined(separator: "\n") + "\n") }
    }

    private func frame() throws(AgentError) -> [String] {
        let query = [("columns", String(output.size.width)), ("colour", output.hasColour ? "1" : "0")]
        let answer = try agent.ask("/api/v1/top", query.map { (name: $0.0, value: $0.1) })
        guard answer.status == 200 else { throw .unavailable(answer.problem) }
        return answer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
}
