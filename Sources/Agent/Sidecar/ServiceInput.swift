import Inputs
import Outputs
import Synchronization

/// The service of `martlet exec` as an input: starts it, reads it, and knows how it ended.
final class ServiceInput: Input {
    let name = "exec"
    private let options: Sidecar.Options
    private let passing: ServicePassing
    /// What the service wrote may wait for an output so long after its end.
    private let patience: Duration
    private let state = Mutex(State())

    private struct State {
        var session: ExecSession?
        var result: Result<ExecStatus, ExecError>?
        /// Signals that came before there was anybody to hand them to.
        var early: [Int32] = []
        var whenEnded: @Sendable () -> Void = {}
        var whenDone: @Sendable () -> Void = {}
    }

    /// Makes an input that starts the service when it is run.
    init(_ options: Sidecar.Options, passing: ServicePassing, patience: Duration) {
        self.options = options
        self.passing = passing
        self.patience = patience
    }

    /// How the service ended; nil as long as it has not.
    var result: Result<ExecStatus, ExecError>? { state.withLock(\.result) }

    /// What to call when the service has ended.
    func whenEnded(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.whenEnded = body } }

    /// What to call, maybe twice, when all that it wrote is read, or has waited long enough.
    func whenDone(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.whenDone = body } }

    /// Hands a signal on; once the service has ended it means Martlet, which then waits for nothing any more.
    func forward(_ signal: Int32) {
        let (session, hasEnded, done) = state.withLock { state in
            if state.session == nil { state.early.append(signal) }
            return (state.session, state.result != nil, state.whenDone)
        }
        if hasEnded { done() } else { session?.forward(signal) }
    }

    func run(_ context: InputContext) {
        do throws(ExecError) {
            read(try start(), context)
        } catch {
            context.status.down(name, "the service cannot be started")
            state.withLock { $0.result = .failure(error) }
        }
        state.withLock(\.whenDone)()
    }

    private func start() throws(ExecError) -> ExecSession {
        let keeper = ["/proc/self/exe", ExecKeeper.command] + (options.isRaw ? [ExecKeeper.passingFlag] : [])
        let session = try ExecSession(command: options.command, keeper: .init(command: keeper))
        let early = state.withLock { state in
            state.session = session
            defer { state.early = [] }
            return state.early
        }
        for signal in early { session.forward(signal) }
        return session
    }

    private func read(_ session: ExecSession, _ context: InputContext) {
        if session.keeperID == nil {
            context.status.note(
                name,
                "nobody will read the service's output should Martlet be killed: no process is left"
            )
        }
        let finished = StopSignal()
        let waiting = AgentThread("service") { [self] in
            let status = session.wait()
            let (ended, done) = state.withLock { state in
                state.result = .success(status)
                return (state.whenEnded, state.whenDone)
            }
            ended()
            // Nobody waits for ever for an output that is down.
            if !finished.wait(milliseconds: Int32(clamping: patience.nanoseconds / 1_000_000)) { done() }
        }
        let options = ExecOptions(
            service: options.serviceName,
            waits: options.waits,
            passing: self.options.isRaw ? ServicePassing.raw : passing.redacted
        )
        ExecInput(session: session, options: options).run(context)
        finished.raise()
        waiting.join()
    }
}
