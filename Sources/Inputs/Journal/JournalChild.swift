import CJournal

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A running journal reader: its process, the pipe it writes to, and the leash that ends it with us.
final class JournalChild {
    /// How a reader ended.
    struct Exit {
        /// By a fault of its memory.
        var isCrash: Bool
        var text: String
    }

    /// It could not be started.
    struct NotStarted: Error {
        var text: String
    }

    /// Frames come from here.
    let output: Int32
    /// The reader waits on the other end, which ends with this process, however that ends.
    private let leash: Int32
    let process: pid_t
    private var isReaped = false

    /// Starts `executable` as a reader.
    init(executable: String, arguments: JournalReaderArguments) throws(NotStarted) {
        guard let results = Self.pipe() else { throw NotStarted(text: "no descriptors are left") }
        guard let leashes = Self.pipe() else {
            FileDescriptors.close(results.read)
            FileDescriptors.close(results.write)
            throw NotStarted(text: "no descriptors are left")
        }
        let words = ["martlet", JournalReader.command] + arguments.words
        let (code, process) = Self.spawn(executable, words, input: leashes.read, output: results.write)
        FileDescriptors.close(results.write)
        FileDescriptors.close(leashes.read)
        guard code == 0 else {
            FileDescriptors.close(results.read)
            FileDescriptors.close(leashes.write)
            throw NotStarted(text: "\(executable): \(String(cString: strerror(code)))")
        }
        output = results.read
        leash = leashes.write
        self.process = process
    }

    deinit {
        if !isReaped {
            kill()
            _ = reap()
        }
        FileDescriptors.close(output)
        FileDescriptors.close(leash)
    }

    /// Ends it at once; it may be in the midst of anything.
    func kill() {
        guard !isReaped else { return }
        #if canImport(Glibc)
        _ = Glibc.kill(process, SIGKILL)
        #else
        _ = Musl.kill(process, SIGKILL)
        #endif
    }

    /// Waits for its end, which has come or was asked for.
    func reap() -> Exit {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        isReaped = true
        let signal = status & 0x7F
        guard signal != 0 else { return Exit(isCrash: false, text: "it exited with \((status >> 8) & 0xFF)") }
        let isCrash = [SIGBUS, SIGSEGV, SIGABRT, SIGILL, SIGTRAP].contains(signal)
        return Exit(isCrash: isCrash, text: "it was killed by signal \(signal) (\(String(cString: strsignal(signal))))")
    }

    private static func pipe() -> (read: Int32, write: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard martlet_journal_pipe(&ends) == 0 else { return nil }
        return (ends[0], ends[1])
    }

    /// `posix_spawn` with the two pipes as standard input and output; the error code, or 0 and the process.
    private static func spawn(
        _ executable: String,
        _ words: [String],
        input: Int32,
        output: Int32
    ) -> (code: Int32, process: pid_t) {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // Its own group: a Ctrl-C is for us, who then read to the end of what it has sent. No signal is blocked or
        // ignored because we block or ignore it.
        var all = sigset_t()
        var none = sigset_t()
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETPGROUP)
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var texts: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        texts.append(nil)
        defer { for text in texts { free(text) } }
        var process: pid_t = 0
        let code = posix_spawn(
            &process,
            executable,
            &actions,
            &attributes,
            texts,
            martlet_journal_environment()
        )
        return (code, process)
    }
}
