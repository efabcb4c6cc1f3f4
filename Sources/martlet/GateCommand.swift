import Agent
import ArgumentParser

/// The command `martlet gate`.
struct GateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate",
        abstract: "Exits 0 where an SLO of the running agent burns no faster than allowed, else 1; for pipelines."
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "The SLO's name, or its id (service-name) where several services have it.") var slo: String
    @Option(help: "How far to look back, at least 15s.") var window = "10m"
    @Option(help: "The burn rate that is still allowed.") var maxBurn = "1"
    @Option(help: "text or json.") var format: OutputFormat = .text

    func run() async throws {
        try await Failure.catching {
            let question = ObjectiveQuestion(try configurationOption.load())
            let answer = try question.gate(slo: slo, window: window, maximumBurn: maxBurn, asText: format == .text)
            switch answer.status {
            case 200: print(answer.text, terminator: "")
            case 409:
                print(answer.text, terminator: "")
                throw ExitCode(Failure.Code.checkFailed.rawValue)
            case 400, 404: throw Failure(code: .usage, message: answer.text)
            default: throw Failure(code: .unavailable, message: "the agent answers \(answer.status): \(answer.text)")
            }
        }
    }
}
