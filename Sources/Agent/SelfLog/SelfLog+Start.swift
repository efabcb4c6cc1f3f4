import Logging

extension SelfLog {
    /// Makes Martlet's own log the log of the process, on stderr, redacted by the configuration's policy.
    package static func start(_ configuration: AgentConfiguration) -> Logger {
        let log = SelfLog(scrub: NameRedactor(configuration).redact)
        log.bootstrap()
        return log.logger("martlet")
    }

    /// A log that says nothing: for commands that own the terminal.
    package static func quiet() -> Logger { Logger(label: "martlet") { _ in SwiftLogNoOpLogHandler() } }
}
