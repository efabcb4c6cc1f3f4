import ArgumentParser

/// The command `martlet slo`.
struct SLOCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slo",
        abstract: "Shows how SLOs stand, or when their alerts would have fired.",
        subcommands: [SLOStatusCommand.self, SLOBacktestCommand.self]
    )
}
