#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Wakes a thread that waits in `poll(2)`; rung many times before it wakes, it wakes once.
final class Doorbell: Sendable {
    /// The reading end of a pipe: readable when the bell has been rung.
    let descriptor: Int32
    private let writingEnd: Int32

    /// Makes a bell; nil when no descriptors are left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// Rings; a full pipe has been rung enough.
    func ring() {
        var one: UInt8 = 1
        _ = write(writingEnd, &one, 1)
    }

    /// Forgets that it was rung.
    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(descriptor, &bytes, bytes.count) == bytes.count {}
    }
}
