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
    ///
    /// In our process group, for `martlet exec` takes children in other groups for its service's orphans.
    init(executable: String, arguments: JournalReaderArguments) throws(NotStarted) {
        guard let results = ExecPipe(capacity: 1 << 20) else { throw NotStarted(text: "no descriptors are left") }
        guard let leashes = ExecPipe() else {
            results.closeBoth()
            throw NotStarted(text: "no descriptors are left")
        }
        do {
            process = try ExecSpawn.start(
                [executable, JournalReader.command] + arguments.words,
                gifts: [(leashes.reading, STDIN_FILENO), (results.writing, STDOUT_FILENO)],
                inOwnGroup: false
            )
        } catch {
            results.closeBoth()
            leashes.closeBoth()
            throw NotStarted(text: Self.text(error))
        }
        FileDescriptors.close(results.writing)
        FileDescriptors.close(leashes.reading)
        output = results.reading
        leash = leashes.writing
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

    private static func text(_ error: ExecError) -> String {
        switch error {
        case .notFound(let command): "there is no \(command)"
        case .notExecutable(let command): "\(command) cannot be executed"
        case .failed(let command, let code): "\(command): \(String(cString: strerror(code)))"
        }
    }
}
