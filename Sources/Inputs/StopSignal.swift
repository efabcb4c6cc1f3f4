import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Raised once when reading must end; a thread in `poll(2)` wakes up by its descriptor.
package final class StopSignal: Sendable {
    /// An eventfd that becomes readable, and stays so, when the signal is raised.
    package let descriptor: Int32
    private let raised = Atomic<Bool>(false)

    /// Makes a signal that is not raised.
    package init() {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        precondition(descriptor >= 0, "eventfd: no file descriptors left")
    }

    deinit { close(descriptor) }

    /// Whether reading must end.
    package var isRaised: Bool { raised.load(ordering: .acquiring) }

    /// Raises the signal; again does nothing.
    package func raise() {
        guard !raised.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }

    /// Waits until the signal is raised or `milliseconds` have passed; true when raised.
    package func wait(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, milliseconds)
        return isRaised
    }
}
