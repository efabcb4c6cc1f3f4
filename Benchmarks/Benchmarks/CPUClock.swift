#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Seconds of CPU that this thread has used.
enum CPUClock {
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The least CPU seconds that `body` takes in five runs.
    static func best(_ body: () -> Void) -> Double {
        (0..<5).map { _ in
            let start = seconds
            body()
            return seconds - start
        }.min() ?? 0
    }
}
