import ArgumentParser
import Inputs

/// `martlet exec-keeper`: reads a service's output when the `martlet exec` that started it is gone.
///
/// Not for people.
struct ExecKeeperCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ExecKeeper.command,
        abstract: "Keeps a service's output read should its Martlet fail.",
        shouldDisplay: false
    )

    @Flag(help: "What is read goes on to stdout and stderr.") var passing = false

    func run() { ExecKeeper.run(passing: passing) }
}
