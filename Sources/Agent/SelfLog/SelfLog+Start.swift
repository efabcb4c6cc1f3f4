import Logging

extension SelfLog {
    /// Makes Martlet's own log the log of the process, on stderr, redacted by a configuration's policy.
    ///
    /// `flush` it at the end of the process.
    package static func start(_ configuration: AgentConfiguration) -> SelfLog {
        let log = SelfLog(scrub: NameRedactor(configuration).redact)
        log.bootstrap()
        return log
    }

    /// From now on what is written is redacted by another configuration's policy.
    package func redact(by configuration: AgentConfiguration) { scrub(by: NameRedactor(configuration).redact) }

    /// A log that says nothing: for commands that own the terminal.
    package static func quiet() -> Logger { Logger(label: "martlet") { _ in SwiftLogNoOpLogHandler() } }
}
