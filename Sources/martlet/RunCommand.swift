import Agent
import ArgumentParser

/// The command `martlet run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the agent until SIGTERM or SIGINT, then drains and exits 0."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Read what there is, deliver it, and exit 0 when every input has ended.")
    var once = false

    func run() async throws {
        try await Failure.catching {
            let signals = StopSignals()
            let configuration = try configurationOption.load()
            let log = SelfLog.start(configuration)
            let agent = try Agent(configuration, launch: .init(once: once), log: log)
            signals.onStop { agent.requestStop() }
            _ = try await agent.run()
            signals.end()
        }
    }
}
