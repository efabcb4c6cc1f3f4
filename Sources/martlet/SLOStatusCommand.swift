import Agent
import ArgumentParser

/// The command `martlet slo status`.
struct SLOStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows every SLO of the running agent: burn rates, budget left, alert tiers firing."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "text or json (one object per line).") var format: OutputFormat = .text

    func run() async throws {
        try await Failure.catching {
            let question = ObjectiveQuestion(try configurationOption.load())
            let answer = try question.status(asLines: format == .json)
            guard answer.status == 200 else {
                throw Failure(code: .unavailable, message: "the agent answers \(answer.status): \(answer.text)")
            }
            print(answer.text, terminator: "")
        }
    }
}
