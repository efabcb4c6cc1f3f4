import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Raised once when reading must end; a thread in `poll(2)` wakes up by its descriptor.
package final class StopSignal: Sendable {
    /// The reading end of a pipe that becomes readable, and stays so, when the signal is raised.
    package let descriptor: Int32
    private let writingEnd: Int32
    private let raised = Atomic<Bool>(false)

    /// Makes a signal that is not raised.
    package init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "pipe: no file descriptors left")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        descriptor = ends[0]
        writingEnd = ends[1]
    }

    deinit {
        close(descriptor)
        close(writingEnd)
    }

    /// Whether reading must end.
    package var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Raises the signal; again does nothing.
    package func raise() {
        guard !raised.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt8 = 1
        _ = write(writingEnd, &one, 1)
    }

    /// Waits until the signal is raised or `milliseconds` have passed; true when raised.
    package func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, milliseconds)
        return isRaised
    }
}
