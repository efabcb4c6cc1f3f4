import Agent
import ArgumentParser

/// The command `martlet top`.
struct TopCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "top",
        abstract: "Shows the running agent live: inputs, services' golden signals, SLO budgets, outputs."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "End after so many frames, a second each (default: on a terminal never, else 2).") var frames: Int?

    func run() async throws {
        try await Failure.catching {
            let signals = StopSignals()
            let task = Task { try await Top(try configurationOption.load(), frames: frames).run() }
            signals.onStop { task.cancel() }
            try await task.value
            signals.end()
        }
    }
}
