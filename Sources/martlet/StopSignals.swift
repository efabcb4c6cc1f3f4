import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// SIGTERM and SIGINT, taken over from the first line of a command on: the first one stops it, a second one ends
/// it at once.
final class StopSignals: Sendable {
    private struct State {
        var count = 0
        var stop: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    // Invariant: written once in `init`, kept only so that the sources live.
    private nonisolated(unsafe) var sources: [any DispatchSourceSignal] = []

    /// Takes the signals over for as long as this object lives.
    init() {
        signal(SIGPIPE, SIG_IGN)
        let queue = DispatchQueue(label: "signals")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in self?.arrived(number) }
            source.resume()
            return source
        }
    }

    /// What to call when a signal asks the process to end; at once when one has come already.
    func onStop(_ stop: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            state.stop = stop
            return state.count > 0
        }
        if isLate { stop() }
    }

    /// Keeps the object alive up to here.
    func end() { for source in sources { source.cancel() } }

    private func arrived(_ number: Int32) {
        let (count, stop) = state.withLock { state in
            state.count += 1
            return (state.count, state.stop)
        }
        if count > 1 { _exit(128 + number) }
        stop?()
    }
}
