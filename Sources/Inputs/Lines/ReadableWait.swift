#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What ended a wait for input.
package enum Readiness: Sendable {
    /// The descriptor has data, has ended or is broken: `read(2)` will tell.
    case readable
    case timedOut
    /// The stop signal is raised; data may be waiting as well.
    case stopped
}

extension StopSignal {
    /// Waits until `source` can be read, the signal is raised or `milliseconds` have passed (-1: for ever).
    package func wait(readable source: Int32, milliseconds: Int32) -> Readiness {
        var entries = [
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: source, events: Int16(POLLIN), revents: 0),
        ]
        let ready = poll(&entries, 2, milliseconds)
        if isRaised { return .stopped }
        return ready > 0 && entries[1].revents != 0 ? .readable : .timedOut
    }
}
