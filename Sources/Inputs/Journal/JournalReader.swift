#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The process that alone touches libsystemd: `martlet journal-reader`.
///
/// libsystemd maps journal files into memory and dies of SIGBUS when one shrinks under it. Here that takes only
/// this process along; `JournalInput` starts another one behind the last entry that it has received.
package enum JournalReader {
    /// The name of the hidden command.
    package static let command = "journal-reader"

    /// Reads until its standard input ends, which is held by the parent, and writes frames to standard output.
    ///
    /// Returns the exit status.
    package static func main(arguments: [String]) -> Int32 {
        guard let parsed = JournalReaderArguments(words: arguments) else { return 64 }
        // A parent that has gone shows as a failed write. The signals that end the agent come to its whole process
        // or control group, and while the agent drains it is still read from here.
        for number in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
        let session = JournalReaderSession(parsed, output: STDOUT_FILENO, leash: STDIN_FILENO)
        return session.run()
    }
}
