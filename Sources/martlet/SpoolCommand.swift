import Agent
import ArgumentParser

/// The command `martlet spool`.
struct SpoolCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spool",
        abstract: "Looks after what waits on disk to be shipped.",
        subcommands: [SpoolStatusCommand.self, SpoolVerifyCommand.self, SpoolReplayCommand.self]
    )

    /// Prints a report; 1 when something is wrong.
    fileprivate static func show(_ report: SpoolCommands.Report, _ format: OutputFormat) throws {
        for standing in report.standings { print(format == .json ? standing.json : standing.text) }
        for problem in report.problems { StandardError.write(problem + "\n") }
        if report.standings.isEmpty, report.problems.isEmpty, format == .text { print("The spool is empty.") }
    }
}

/// The command `martlet spool status`.
struct SpoolStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says what waits to be shipped; works beside a running agent."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json.") var format: OutputFormat = .text

    func run() async throws {
        try await Failure.catching {
            try SpoolCommand.show(try SpoolCommands.status(try configurationOption.load()), format)
        }
    }
}

/// The command `martlet spool verify`.
struct SpoolVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Reads every segment and adds up every record; exits 1 when something is wrong."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json.") var format: OutputFormat = .text

    func run() async throws {
        try await Failure.catching {
            let report = try SpoolCommands.verify(try configurationOption.load())
            try SpoolCommand.show(report, format)
            guard report.isSound else { throw Failure(code: .checkFailed, message: "The spool is damaged.") }
        }
    }
}

/// The command `martlet spool replay`.
struct SpoolReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Puts dead letters back, to be sent when the agent runs again."
    )

    @OptionGroup var configurationOption: ConfigurationOption

    func run() async throws {
        try await Failure.catching {
            for (output, records) in try SpoolCommands.replay(try configurationOption.load()) {
                print("\(output): \(records) records will be sent again")
            }
        }
    }
}
