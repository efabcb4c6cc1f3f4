import Agent
import ArgumentParser

/// The command `martlet validate`.
struct ValidateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks the configuration and says what would run."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json.") var format: OutputFormat = .text

    func run() async throws {
        try await Failure.catching {
            let summary = try configurationOption.load().summary(file: configurationOption.file)
            print(format == .json ? summary.json : summary.text)
        }
    }
}

/// How a command writes its result.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}
