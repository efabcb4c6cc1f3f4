import Agent
import ArgumentParser
import Audit

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The command `martlet audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Says whether this host's containers are ready for production: what to mend, why, and how.",
        discussion: """
            Asks the engine (GET only), reads the last lines of each container, and asks its ports for /metrics, \
            /healthz and /readyz. A service is a no-go with a finding of severity high or critical, or of the severity \
            of --fail-on.
            """
    )

    @OptionGroup var configurationOption: ConfigurationOption
    @Option(help: "table, json, markdown, sarif or junit.") var format: AuditFormat = .table
    @Option(help: "Exit 1 with a finding of this severity or worse: critical, high, medium or low.") var failOn:
        Severity?
    @Flag(inversion: .prefixedNo, help: "Ask the containers' ports for /metrics, /healthz and /readyz.") var probe =
        true

    func run() async throws {
        try await Failure.catching {
            let audit = AuditRun(try configurationOption.loadOrDefault(), probes: probe)
            let isShown = isatty(STDERR_FILENO) == 1
            let report = try await audit.run(failOn: failOn ?? .high) { done, all in
                if isShown { StandardError.write(done < all ? "\rcontainer \(done + 1) of \(all) " : "\r\u{1B}[K") }
            }
            let isColoured = isatty(STDOUT_FILENO) == 1 && Environment.all["NO_COLOR", default: ""].isEmpty
            print(report.text(format, coloured: isColoured), terminator: "")
            if failOn != nil, !report.isGo { throw ExitCode(Failure.Code.checkFailed.rawValue) }
        }
    }
}

extension AuditFormat: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
