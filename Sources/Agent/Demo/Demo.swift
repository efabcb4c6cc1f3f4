import Logging
import Outputs
import RecordPath
import Settings

/// `martlet demo`: the shop and what this host offers through the real pipeline, live in the terminal.
package final class Demo: Sendable {
    /// Seconds that rates are taken over.
    private static let window = 10
    private let agent: Agent
    private let limit: Int?
    private let output: Terminal

    /// Makes a demo that ends after `seconds`, or when it is told to; nil: on a terminal never, else after 20.
    package init(_ configuration: AgentConfiguration, seconds: Int?, log: Logger) throws(AgentError) {
        output = Terminal(descriptor: 1)
        limit = seconds ?? (output.isTerminal ? nil : 20)
        agent = try Agent(
            configuration,
            // A demo beside an agent is a demo too.
            launch: .init(takesAnyPort: true, extraInputs: [ShopInput(seed: .random(in: 1 ... .max))]),
            log: log
        )
    }

    /// Ends it.
    package func requestStop() { agent.requestStop() }

    /// Runs it and prints what to do next.
    package func run() async throws(AgentError) {
        let drawing = Task { await draw() }
        do {
            _ = try await agent.run()
        } catch {
            drawing.cancel()
            throw error
        }
        drawing.cancel()
        await drawing.value
        print(DemoScreen.nextSteps.joined(separator: "\n"))
    }

    private func draw() async {
        let start = ContinuousClock.now
        var history = [SignalSnapshot(bounds: agent.configuration.signals.bounds)]
        if output.isTerminal { output.begin() }
        var frame: [String] = []
        while !Task.isCancelled {
            try? await Task.sleep(for: .milliseconds(500))
            let seconds = (ContinuousClock.now - start).seconds
            let now = agent.snapshot()
            let window = min(seconds, Double(history.count) * 0.5)
            let figures = DemoFigures(now: now, before: history[0], window: window, seconds: seconds)
            history.append(now)
            if history.count > Self.window * 2 { history.removeFirst() }
            frame = show(figures)
            if let limit, seconds >= Double(limit) { agent.requestStop() }
        }
        if output.isTerminal {
            output.end()
            output.write(frame.joined(separator: "\n") + "\n\n")
        }
    }

    /// Draws a frame on a terminal; elsewhere a line every second.
    private func show(_ figures: DemoFigures) -> [String] {
        let palette = output.hasColour ? DemoScreen.Palette.ansi : .plain
        let screen = DemoScreen(palette: palette, width: output.isTerminal ? output.size.width : 120)
        let lines = screen.lines(
            figures,
            inputs: agent.states.problems,
            page: agent.pageURL
        )
        if output.isTerminal {
            output.draw(lines)
        } else if Int(figures.seconds * 2) % 10 == 0 {
            output.write(lines.joined(separator: "\n") + "\n\n")
        }
        return lines
    }
}
