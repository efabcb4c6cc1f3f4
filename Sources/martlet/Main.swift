import ArgumentParser

/// The list of commands; each is one file.
@main
struct Martlet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "martlet",
        abstract: "Reads the logs of containers, redacts them, computes golden signals, and ships them.",
        subcommands: [
            RunCommand.self, ExecCommand.self, DemoCommand.self, ValidateCommand.self, ExplainCommand.self,
            RedactCommand.self, GenerateCommand.self, HealthcheckCommand.self, SLOCommand.self, GateCommand.self,
            AuditCommand.self, SpoolCommand.self, TapCommand.self, TopCommand.self, VersionCommand.self,
            JournalReaderCommand.self,
            ExecKeeperCommand.self,
        ]
    )
}
