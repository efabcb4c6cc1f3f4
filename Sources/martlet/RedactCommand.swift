import Agent
import ArgumentParser

/// The command `martlet redact`.
struct RedactCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redact",
        abstract: "Filters stdin to stdout: lines redacted by the configuration's policy."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Print counts per detector and action as JSON on stderr.") var report = false
    @Flag(help: "Exit 1 when anything was redacted.") var failOnMatch = false
    @Flag(name: [.customShort("z")], help: "Records end in NUL instead of newline.") var nulTerminated = false

    func run() async throws {
        try await Failure.catching {
            let configuration = try configurationOption.loadOrDefault()
            var filter = RedactionFilter(configuration, nulTerminated: nulTerminated)
            let result = try filter.run(from: 0, to: 1)
            if report { StandardError.write(result.json + "\n") }
            if failOnMatch, !result.detectors.isEmpty { throw ExitCode(Failure.Code.checkFailed.rawValue) }
        }
    }
}
