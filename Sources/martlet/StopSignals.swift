import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// SIGTERM and SIGINT, taken over from the first line of a command on: the first one stops it, a second one ends
/// it at once.
final class StopSignals: Sendable {
    private final class State: Sendable {
        let value = Mutex((count: 0, stop: nil as (@Sendable () -> Void)?))
    }

    private let state: State
    private let sources: SignalSources

    /// Takes the signals over for as long as this object lives.
    init() {
        let state = State()
        self.state = state
        sources = SignalSources([SIGTERM, SIGINT]) { number in
            let (count, stop) = state.value.withLock { value in
                value.count += 1
                return (value.count, value.stop)
            }
            if count > 1 { _exit(128 + number) }
            stop?()
        }
    }

    /// What to call when a signal asks the process to end; at once when one has come already.
    func onStop(_ stop: @escaping @Sendable () -> Void) {
        let isLate = state.value.withLock { value in
            value.stop = stop
            return value.count > 0
        }
        if isLate { stop() }
    }

    /// Keeps the object alive up to here.
    func end() { sources.end() }
}
