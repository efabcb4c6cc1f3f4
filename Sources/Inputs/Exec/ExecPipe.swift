#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A pipe whose ends no started process gets unless it is given them.
struct ExecPipe {
    var reading: Int32
    var writing: Int32

    /// Below this stand the numbers that a started process is given its ends under.
    private static let lowest: Int32 = 10
    /// `F_SETPIPE_SZ`: room for a burst while the reader is not scheduled.
    private static let setPipeSize: Int32 = 1031

    /// Makes a pipe; nil when there are no descriptors left.
    init?(capacity: Int32? = nil) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        reading = fcntl(ends[0], F_DUPFD_CLOEXEC, Self.lowest)
        writing = fcntl(ends[1], F_DUPFD_CLOEXEC, Self.lowest)
        for end in ends { close(end) }
        guard reading >= 0, writing >= 0 else {
            closeBoth()
            return nil
        }
        // The host may allow less; what the pipe has by itself will do.
        if let capacity { _ = fcntl(writing, Self.setPipeSize, capacity) }
    }

    func closeBoth() {
        for end in [reading, writing] where end >= 0 { close(end) }
    }
}
