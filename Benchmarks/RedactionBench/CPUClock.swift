#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// CPU seconds of this thread.
enum CPUClock {
    /// The least CPU seconds of some runs of a body.
    static func best(of runs: Int, _ body: () -> Void) -> Double {
        body()
        return (0..<runs).map { _ in
            let start = now()
            body()
            return now() - start
        }.min() ?? 0
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
