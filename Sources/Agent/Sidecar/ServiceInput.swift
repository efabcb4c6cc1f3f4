import Inputs
import Synchronization

/// The service of `martlet exec` as an input: starts it, reads it, and knows how it ended.
final class ServiceInput: Input {
    let name = "exec"
    private let options: Sidecar.Options
    private let passing: ServicePassing
    private let state = Mutex(State())

    private struct State {
        var session: ExecSession?
        var result: Result<ExecStatus, ExecError>?
        /// Signals that came before there was anybody to hand them to.
        var early: [Int32] = []
        var whenEnded: @Sendable () -> Void = {}
    }

    /// Makes an input that starts the service when it is run.
    init(_ options: Sidecar.Options, passing: ServicePassing) {
        self.options = options
        self.passing = passing
    }

    /// How the service ended; nil as long as it has not.
    var result: Result<ExecStatus, ExecError>? { state.withLock(\.result) }

    /// What to call once the service has ended and all it wrote is read.
    func whenEnded(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.whenEnded = body } }

    func forward(_ signal: Int32) {
        let session = state.withLock { state in
            if state.session == nil { state.early.append(signal) }
            return state.session
        }
        session?.forward(signal)
    }

    func run(_ context: InputContext) {
        do throws(ExecError) {
            read(try start(), context)
        } catch {
            context.status.down(name, "the service cannot be started")
            state.withLock { $0.result = .failure(error) }
        }
        state.withLock(\.whenEnded)()
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
        let waiting = AgentThread("service") { [self] in
            let status = session.wait()
            state.withLock { $0.result = .success(status) }
        }
        let options = ExecOptions(
            service: options.serviceName,
            waits: options.waits,
            passing: self.options.isRaw ? ServicePassing.raw : passing.redacted
        )
        ExecInput(session: session, options: options).run(context)
        waiting.join()
    }
}
