import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A service that runs as Martlet's child: started, signalled and waited for.
///
/// The service has a process group of its own. On a terminal that group is put in the foreground, so that the
/// service reads the keyboard and gets what ctrl-C sends, once, from the terminal itself; stopping it with ctrl-Z
/// stops Martlet with it. Its stdout and stderr are pipes that `ExecInput` reads.
///
/// Should Martlet die, nobody would read the pipes and the next write would kill the service. Therefore a second
/// small process, the keeper, holds the reading ends too. It sleeps until Martlet's end of a third pipe closes,
/// which the kernel does however Martlet ends; then it reads on until no writer is left. It passes what it reads
/// on only where lines are passed on as they are: where they must be redacted it throws them away.
package final class ExecSession: Sendable {
    /// Signals that Martlet hands on to the service.
    package static let forwardedSignals: [Int32] = [
        SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGALRM,
    ]

    /// How a keeper is started.
    package struct Keeper: Sendable {
        /// Runs `ExecKeeper.run`, for example `["/proc/self/exe", "exec-keeper"]`.
        package var command: [String]

        /// Makes a description.
        package init(command: [String]) { self.command = command }
    }

    package let processID: pid_t
    /// Raised when the service has ended.
    package let ended = StopSignal()
    /// Nil: there is no keeper, because none was wanted or it could not be started.
    package let keeperID: pid_t?

    private let descriptors: [ExecStream: Int32]
    /// Martlet's end of the pipe that the keeper watches.
    private let lifeline: Int32
    private let state: Mutex<State>

    private struct State {
        var status: ExecStatus?
        var isReleased = false
    }

    /// Martlet is the first process of a container: what loses its parent becomes its child.
    private let reapsOrphans = getpid() == 1
    /// The terminal is Martlet's to give to the service.
    private let ownsTerminal: Bool

    /// Starts a command, looked for in `PATH`, with Martlet's environment and standard input.
    package init(command: [String], keeper: Keeper? = nil) throws(ExecError) {
        let name = command.first ?? ""
        let pipeBytes: Int32 = 1 << 20
        guard let output = ExecPipe(capacity: pipeBytes) else { throw .failed(command: name, errno: EMFILE) }
        guard let errors = ExecPipe(capacity: pipeBytes), let life = ExecPipe() else {
            output.closeBoth()
            throw .failed(command: name, errno: EMFILE)
        }
        do {
            processID = try ExecSpawn.start(command, gifts: [(output.writing, 1), (errors.writing, 2)])
        } catch {
            for pipe in [output, errors, life] { pipe.closeBoth() }
            throw error
        }
        for end in [output.writing, errors.writing] { close(end) }
        descriptors = [.stdout: output.reading, .stderr: errors.reading]
        lifeline = life.writing
        keeperID = keeper.flatMap { keeper in
            try? ExecSpawn.start(
                keeper.command,
                gifts: [
                    (life.reading, ExecKeeper.lifeline), (output.reading, ExecKeeper.stdout),
                    (errors.reading, ExecKeeper.stderr),
                ]
            )
        }
        close(life.reading)
        state = Mutex(State())
        ownsTerminal = isatty(0) == 1 && tcgetpgrp(0) == getpgrp()
        if ownsTerminal { giveTerminal() }
    }

    deinit { release() }

    /// The reading end of one of the service's streams; it is closed by `release`.
    package func descriptor(of stream: ExecStream) -> Int32 { descriptors[stream] ?? -1 }

    /// Hands a signal on to the service, as if Martlet were not there; to nobody once it has ended.
    package func forward(_ signal: Int32) {
        state.withLock { state in
            // Under the lock the process cannot be reaped, so its number is its own.
            if state.status == nil { kill(processID, signal) }
        }
    }

    /// Waits until the service ends; on a thread that may block, and on one only.
    package func wait() -> ExecStatus {
        while true {
            let wanted = WEXITED | WNOWAIT | (ownsTerminal ? WSTOPPED : 0)
            switch ExecChildren.wait(for: reapsOrphans ? nil : processID, wanted) {
            case processID: if let status = reap() { return finish(status) }
            case .some(let other): ExecChildren.reap(orphan: other)
            case nil: return finish(.exited(70))
            }
        }
    }

    /// Stops reading: from now on the keeper reads, and without one the service's next write fails.
    package func release() {
        let isFirst = state.withLock { state in
            defer { state.isReleased = true }
            return !state.isReleased
        }
        guard isFirst else { return }
        for descriptor in descriptors.values { close(descriptor) }
        close(lifeline)
    }

    /// Collects what `waitid` has seen; nil when the service was only stopped.
    private func reap() -> ExecStatus? {
        var raw: Int32 = 0
        let result = state.withLock { state in
            let result = waitpid(processID, &raw, WNOHANG | (ownsTerminal ? WUNTRACED : 0))
            if result == processID, raw & 0xFF != 0x7F { state.status = Self.status(raw) }
            return (result, state.status)
        }
        if result.0 == processID, raw & 0xFF == 0x7F { stopWithService() }
        return result.1
    }

    private func finish(_ status: ExecStatus) -> ExecStatus {
        state.withLock { $0.status = status }
        if ownsTerminal { tcsetpgrp(0, getpgrp()) }
        ended.raise()
        return status
    }

    /// The encoding of `waitpid`: the signal in the low seven bits, else the code in the second byte.
    private static func status(_ raw: Int32) -> ExecStatus {
        let signal = raw & 0x7F
        return signal == 0 ? .exited((raw >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// Puts the service in the foreground, and wakes it in case it has asked for the keyboard before.
    private func giveTerminal() {
        signal(SIGTTOU, SIG_IGN)
        tcsetpgrp(0, processID)
        kill(-processID, SIGCONT)
    }

    /// Ctrl-Z stopped the service: the shell must see Martlet stop, and may continue both later.
    private func stopWithService() {
        tcsetpgrp(0, getpgrp())
        kill(getpid(), SIGSTOP)
        giveTerminal()
    }
}
