#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Ended children of this process, seen before they are collected.
enum ExecChildren {
    /// The child, or any when nil, that has done one of the wanted things; nil when there is none to wait for.
    static func wait(for child: pid_t?, _ wanted: Int32) -> pid_t? {
        var info = siginfo_t()
        while waitid(child == nil ? P_ALL : P_PID, id_t(child ?? 0), &info, wanted) != 0 {
            guard errno == EINTR else { return nil }
        }
        // `si_pid`, which C reaches through macros: behind three integers and their padding on 64-bit Linux.
        return withUnsafeBytes(of: &info) { $0.loadUnaligned(fromByteOffset: 16, as: pid_t.self) }
    }

    /// Collects a child that the service left behind.
    ///
    /// A process that another part of Martlet has started is in Martlet's own group, and is left to that part.
    static func reap(orphan: pid_t) {
        guard getpgid(orphan) != getpgrp() else {
            // Whoever waits for it does so at once; seeing it again meanwhile must not keep a processor busy.
            usleep(10_000)
            return
        }
        waitpid(orphan, nil, WNOHANG)
    }
}
