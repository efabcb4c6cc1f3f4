import Inputs
import Logging

/// `martlet exec`: a service as Martlet's child, its output read, and beside it all that `run` does.
///
/// Whatever can keep the agent from starting is found before the service is started.
package final class Sidecar: Sendable {
    /// What to run and how.
    package struct Options: Sendable {
        /// The service and its arguments.
        package var command: [String]
        /// Its output goes on as it is, not redacted.
        package var isRaw: Bool
        /// It waits when the agent cannot take more.
        package var waits: Bool
        /// Its name for lines that have none; by default the command's.
        package var service: String?

        /// Makes options.
        package init(command: [String], isRaw: Bool = false, waits: Bool = false, service: String? = nil) {
            self.command = command
            self.isRaw = isRaw
            self.waits = waits
            self.service = service
        }

        /// The service's name: what was given, else the last part of the command's path.
        var serviceName: String? { service ?? command.first?.split(separator: "/").last.map { String($0) } }
    }

    private let agent: Agent
    private let service: ServiceInput

    /// Makes an agent for a service that is started by `run`.
    package init(_ configuration: AgentConfiguration, _ options: Options, log: Logger) throws(AgentError) {
        service = ServiceInput(options, passing: ServicePassing(configuration))
        var configuration = configuration
        // Standard input is the service's.
        configuration.stdin = nil
        agent = try Agent(configuration, launch: .init(extraInputs: [service]), log: log)
    }

    /// Hands a signal on to the service; one that comes before its start is handed on then.
    package func forward(_ signal: Int32) { service.forward(signal) }

    /// Runs the service to its end and delivers what it wrote; what Martlet exits with.
    ///
    /// A service that cannot be started is an error with a shell's exit code.
    package func run() async throws(AgentError) -> Result<ExecStatus, ExecError> {
        let agent = agent
        service.whenEnded { agent.requestStop() }
        _ = try await agent.run()
        return service.result ?? .success(.exited(70))
    }
}
