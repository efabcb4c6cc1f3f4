#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A program that a test has started.
///
/// A class, because it is waited for exactly once. `@unchecked Sendable`: its fields never change after `init`.
package final class RunningCommand: @unchecked Sendable {
    /// What a finished program left.
    package struct Result: Sendable {
        /// The exit status; 128 and the signal's number when a signal ended it.
        package var status: Int32
        package var output: String
    }

    /// The program cannot be started.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    package let pid: pid_t
    private let input: Int32
    private let output: Int32

    /// Starts a program, found by PATH; its stderr is ours unless it is to be read with its stdout.
    package init(_ arguments: [String], readsErrors: Bool = true) throws {
        // One at a time: a pipe is inherited by whatever is started before it is marked as close-on-exec.
        Self.spawning.lock()
        defer { Self.spawning.unlock() }
        let (inputReads, inputWrites) = try Self.pipe()
        let (outputReads, outputWrites) = try Self.pipe()
        defer {
            close(inputReads)
            close(outputWrites)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, inputReads, 0)
        posix_spawn_file_actions_adddup2(&actions, outputWrites, 1)
        if readsErrors { posix_spawn_file_actions_adddup2(&actions, outputWrites, 2) }
        // Threads of Swift's runtime block nearly all signals; a shell that inherits that never sees a child end.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var pointers: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var pid = pid_t()
        let code = posix_spawnp(&pid, arguments[0], &actions, &attributes, &pointers, environ)
        self.pid = pid
        input = inputWrites
        output = outputReads
        guard code == 0 else { throw Failure(description: "\(arguments[0]) cannot be started: errno \(code)") }
    }

    deinit {
        close(input)
        close(output)
    }

    /// Runs a program to its end, without keeping a thread of the tests' pool waiting.
    package static func run(_ arguments: [String]) async throws -> Result {
        try await BlockingWork.run { try RunningCommand(arguments).wait() }
    }

    /// Writes a line to its stdin.
    package func tell(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = write(input, bytes, bytes.count)
    }

    /// Reads its output to the end and waits for it.
    package func wait() -> Result {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return Result(
            status: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
            output: String(decoding: bytes, as: UTF8.self)
        )
    }

    private static let spawning = Lock()

    /// A lock that spans several statements of a throwing initialiser, which `Mutex` cannot.
    private final class Lock: @unchecked Sendable {
        private var mutex = pthread_mutex_t()

        init() { pthread_mutex_init(&mutex, nil) }

        func lock() { pthread_mutex_lock(&mutex) }

        func unlock() { pthread_mutex_unlock(&mutex) }
    }

    /// A pipe whose ends no program inherits that is started later.
    private static func pipe() throws -> (reads: Int32, writes: Int32) {
        var ends: [Int32] = [-1, -1]
        #if canImport(Glibc)
        let code = Glibc.pipe(&ends)
        #else
        let code = Musl.pipe(&ends)
        #endif
        guard code == 0 else { throw Failure(description: "no pipe: errno \(errno)") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
