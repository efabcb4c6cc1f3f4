import Logging

extension SelfLog {
    /// Makes Martlet's own log the log of the process, on stderr.
    package static func start() -> Logger {
        let log = SelfLog()
        log.bootstrap()
        return log.logger("martlet")
    }

    /// A log that says nothing: for commands that own the terminal.
    package static func quiet() -> Logger { Logger(label: "martlet") { _ in SwiftLogNoOpLogHandler() } }
}
