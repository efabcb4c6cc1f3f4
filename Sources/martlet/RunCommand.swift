import Agent
import ArgumentParser
import Settings

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet run`.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the agent until SIGTERM or SIGINT, then drains and exits 0; SIGHUP reloads the configuration."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Read what there is, deliver it, and exit 0 when every input has ended.")
    var once = false

    func run() async throws {
        try await Failure.catching {
            let signals = StopSignals()
            // Until there is an agent that can reload: the configuration is about to be read anyhow.
            signal(SIGHUP, SIG_IGN)
            let configuration = try configurationOption.load()
            let log = SelfLog.start(configuration)
            defer { log.flush() }
            let file = configurationOption.file
            let runner = try AgentRunner(
                configuration,
                launch: .init(once: once),
                log: log.logger("martlet"),
                load: { () throws(ConfigurationFailure) in
                    try AgentConfiguration.load(path: file, environment: Environment.all)
                },
                applied: { log.redact(by: $0) }
            )
            signals.onStop { runner.requestStop() }
            let reloads = SignalSources([SIGHUP]) { _ in runner.reload() }
            _ = try await runner.run()
            reloads.end()
            signals.end()
        }
    }
}
