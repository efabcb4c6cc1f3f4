#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The other reader of a service's pipes: it sleeps while Martlet lives, and reads when Martlet is gone.
///
/// Runs in a process of its own, started by `ExecSession`, with the descriptors below.
package enum ExecKeeper {
    /// Martlet's hidden command that calls `run`.
    package static let command = "exec-keeper"
    /// The command's option for `passing`.
    package static let passingFlag = "--passing"
    /// Ends when Martlet does.
    package static let lifeline: Int32 = 3
    package static let stdout: Int32 = 4
    package static let stderr: Int32 = 5

    /// Waits for Martlet's end, then reads until nobody can write any more.
    ///
    /// With `passing`, what is read goes on to standard output and standard error, as it is.
    package static func run(passing: Bool) {
        // It must outlive whatever ends Martlet, and it does end: with the last writer.
        for number in [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2] { signal(number, SIG_IGN) }
        // Its own standard input would keep a terminal or a pipe open.
        let nothing = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if nothing >= 0 { dup2(nothing, 0) }
        keep(lifeline: lifeline, streams: [(stdout, passing ? 1 : nil), (stderr, passing ? 2 : nil)])
    }

    /// Waits for the end of `lifeline`, then copies every stream to where it goes, or to nowhere, until all end.
    package static func keep(lifeline: Int32, streams: [(from: Int32, to: Int32?)]) {
        var byte: UInt8 = 0
        while true {
            let count = read(lifeline, &byte, 1)
            if count == 0 || (count < 0 && errno != EINTR) { break }
        }
        drain(streams)
    }

    private static func drain(_ streams: [(from: Int32, to: Int32?)]) {
        var entries = streams.map { pollfd(fd: $0.from, events: Int16(POLLIN), revents: 0) }
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while entries.contains(where: { $0.fd >= 0 }) {
            guard poll(&entries, nfds_t(entries.count), -1) > 0 else {
                if errno == EINTR { continue }
                return
            }
            for index in entries.indices where entries[index].fd >= 0 && entries[index].revents != 0 {
                let count = read(entries[index].fd, &buffer, buffer.count)
                if count > 0 {
                    if let target = streams[index].to { put(buffer[..<count], to: target) }
                } else if count == 0 || errno != EINTR {
                    entries[index].fd = -1
                }
            }
        }
    }

    /// Writes what can be written: where nobody listens, reading goes on all the same.
    private static func put(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
