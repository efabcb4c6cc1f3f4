import Dispatch

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Calls back when SIGTERM or SIGINT asks the process to end; a second one ends it at once.
final class StopSignals {
    private let sources: [any DispatchSourceSignal]

    /// Takes the signals over for as long as this object lives.
    init(_ stop: @escaping @Sendable () -> Void) {
        signal(SIGPIPE, SIG_IGN)
        let queue = DispatchQueue(label: "signals")
        sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler {
                stop()
                source.setEventHandler { _exit(128 + number) }
            }
            source.resume()
            return source
        }
    }

    /// Keeps the object alive up to here.
    func end() { for source in sources { source.cancel() } }
}
