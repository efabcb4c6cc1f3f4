import Agent
import ArgumentParser
import Settings

/// The command `martlet healthcheck`.
struct HealthcheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Asks the running agent's /healthz; for HEALTHCHECK in images without a shell."
    )

    @OptionGroup var configurationOption: ConfigurationOption

    func run() async throws {
        try await Failure.catching {
            if let problem = Health.problem(try configurationOption.load()) {
                throw Failure(code: .checkFailed, message: problem)
            }
            print("ok")
        }
    }
}
