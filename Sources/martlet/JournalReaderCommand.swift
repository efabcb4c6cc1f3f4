import ArgumentParser
import Inputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `martlet journal-reader`: the child process of the journald input.
///
/// Not for people.
struct JournalReaderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: JournalReader.command,
        abstract: "Reads the journal for the agent that started it.",
        shouldDisplay: false
    )

    @Argument(parsing: .captureForPassthrough) var arguments: [String] = []

    func run() throws { throw ExitCode(JournalReader.main(arguments: arguments)) }
}
