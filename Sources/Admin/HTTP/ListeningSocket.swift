import NIOCore

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Makes the socket that the server listens on.
///
/// NIO would make it without close-on-exec, and a child process that lives longer than the agent would then keep the
/// port taken.
enum ListeningSocket {
    /// Connections that wait to be accepted.
    private static let backlog: Int32 = 128

    /// A bound, listening descriptor, which the caller owns.
    static func make(for address: SocketAddress) throws(Failure) -> Int32 {
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | flags, 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let isBound = address.withSockAddr { pointer, size in bind(descriptor, pointer, socklen_t(size)) == 0 }
        guard isBound, listen(descriptor, backlog) == 0 else {
            let failure = Failure(code: errno)
            close(descriptor)
            throw failure
        }
        return descriptor
    }

    /// What the system answered.
    struct Failure: Error {
        let code: Int32

        var problem: String {
            switch code {
            case EADDRINUSE: "the address is in use"
            case EACCES, EPERM: "ports below 1024 need a privilege"
            case EADDRNOTAVAIL: "this host has no such address"
            default: String(cString: strerror(code))
            }
        }
    }
}
