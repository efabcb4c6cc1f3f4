#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Runs blocking code beside the test, on a thread of its own.
enum TestThread {
    private final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts it; it ends when `run` returns.
    static func start(_ run: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(run)).toOpaque()
        let code = pthread_create(
            &thread,
            nil,
            { pointer in
                // The retain above is ours to release.
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            },
            work
        )
        precondition(code == 0, "no thread for a test server")
        pthread_detach(thread)
    }
}
