import Agent
import ArgumentParser
import Inputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet exec`.
struct ExecCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec",
        abstract: "Runs a service as its child and is its sidecar: reads, redacts and ships what it writes.",
        usage: "martlet exec [<options>] -- <command> …",
        discussion: """
            The service's stdout and stderr go on to Martlet's own, redacted. Signals are handed on to the service, \
            and Martlet exits with its status. The service never waits for Martlet unless --wait says so.
            """
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Flag(help: "Pass the service's output on as it is; what is shipped is redacted all the same.") var raw = false
    @Flag(help: "Let the service wait when Martlet cannot take more; else the oldest lines are dropped.")
    var wait = false
    @Option(help: "Service of lines that name none (default: the command's name).") var service: String?
    @Argument(parsing: .postTerminator, help: "The service and its arguments, behind `--`.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("Say what to run: martlet exec -- COMMAND…") }
    }

    func run() async throws {
        let result = try await Failure.catching {
            let configuration = try configurationOption.loadOrDefault()
            let log = SelfLog.start(configuration)
            defer { log.flush() }
            let sidecar = try Sidecar(
                configuration,
                .init(command: command, isRaw: raw, waits: wait, service: service),
                log: log.logger("martlet")
            )
            let signals = SignalSources(ExecSession.forwardedSignals) { sidecar.forward($0) }
            defer { signals.end() }
            return try await sidecar.run()
        }
        switch result {
        case .success(let status): throw ExitCode(status.exitCode)
        case .failure(let error):
            StandardError.write("\(error.text)\n")
            throw ExitCode(error.exitCode)
        }
    }
}

extension ExecError {
    /// What is wrong and what to do.
    fileprivate var text: String {
        switch self {
        case .notFound(let command): "\(command): not found; give a path, or the name of a program on PATH"
        case .notExecutable(let command): "\(command): not a program that this user may execute; see `ls -l`"
        case .failed(let command, let code): "\(command) cannot be started: \(String(cString: strerror(code)))"
        }
    }
}
