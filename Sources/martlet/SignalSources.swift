import Dispatch

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Signals as calls, one after the other, for as long as this object lives.
final class SignalSources: Sendable {
    // Invariant: written once in `init`, kept only so that the sources live.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Takes signals over; SIGPIPE is ignored along with it.
    init(_ numbers: [Int32], _ arrived: @escaping @Sendable (Int32) -> Void) {
        signal(SIGPIPE, SIG_IGN)
        let queue = DispatchQueue(label: "signals")
        sources = numbers.map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { arrived(number) }
            source.resume()
            return source
        }
    }

    /// Keeps the object alive up to here.
    func end() { for source in sources { source.cancel() } }
}
