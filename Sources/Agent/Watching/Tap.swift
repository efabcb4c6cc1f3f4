import Settings

/// `martlet tap`: follows redacted records of the running agent.
package struct Tap: Sendable {
    /// Which records, in the words of the command line.
    package struct Wish: Sendable {
        package var format = "text"
        package var service: String?
        package var level: String?
        package var trace: String?
        package var grep: String?

        /// Wishes for all records as text.
        package init() {}

        fileprivate var query: [(name: String, value: String)] {
            [("format", format)]
                + [("service", service), ("level", level), ("trace", trace), ("grep", grep)].compactMap { name, value in
                    value.map { (name, $0) }
                }
        }
    }

    /// How long to wait before the next question when nothing came.
    private static let pause = Duration.milliseconds(200)
    private let agent: RunningAgent
    private let query: [(name: String, value: String)]
    private let output: Terminal

    /// Follows the agent that runs with a configuration.
    package init(_ configuration: AgentConfiguration, _ wish: Wish) {
        agent = RunningAgent(configuration)
        query = wish.query + [("watcher", String(UInt64.random(in: .min ... .max), radix: 36))]
        output = Terminal(descriptor: 1)
    }

    /// Writes records to stdout until the process ends, or the agent refuses.
    ///
    /// On a terminal control bytes are spelled out: a log line must not be able to steer it.
    package func run() async throws(AgentError) {
        var hasAnswered = false
        var isAway = false
        while !Task.isCancelled {
            let answer: RunningAgent.Answer
            do {
                answer = try agent.ask("/api/v1/tap", query)
            } catch {
                guard hasAnswered else { throw error }
                if !isAway { Terminal(descriptor: 2).write("martlet tap: the agent is away; waiting for it\n") }
                isAway = true
                try? await Task.sleep(for: .seconds(1))
                continue
            }
            guard answer.status == 200 else { throw .unavailable(answer.problem) }
            (hasAnswered, isAway) = (true, false)
            if show(answer.text) { try? await Task.sleep(for: Self.pause) }
        }
    }

    /// Shows an answer; true when there was nothing in it.
    private func show(_ answer: String) -> Bool {
        let bytes = Array(answer.utf8)
        let start = (bytes.firstIndex(of: 0x0A) ?? bytes.count - 1) + 1
        let missed = bytes[..<start].filter { $0 &- 0x30 < 10 }
        if missed != [0x30] {
            let count = String(decoding: missed, as: UTF8.self)
            Terminal(descriptor: 2).write("martlet tap: \(count) records were not shown: more came than fit\n")
        }
        let records = bytes[start...]
        output.write(output.isTerminal ? TerminalText.spelled(records, keeps: [0x09, 0x0A]) : Array(records))
        return records.isEmpty
    }
}
