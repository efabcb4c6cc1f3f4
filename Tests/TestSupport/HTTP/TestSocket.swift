#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A connection of a test server; used by one thread, apart from `interrupt`.
final class TestSocket: Sendable {
    let descriptor: Int32

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Makes whoever reads or writes here stop, now and later.
    func interrupt() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Some bytes; nil at the end.
    func read() -> [UInt8]? {
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 * 1024) { room, count in
            count = max(0, recv(descriptor, room.baseAddress, room.count, 0))
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Writes all; false when the client is gone.
    func write(_ bytes: some Collection<UInt8>) -> Bool {
        let bytes = Array(bytes)
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress.map { $0 + done }, bytes.count - done, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return false }
            done += written
        }
        return true
    }

    /// Makes the end of the connection a reset.
    func resetOnClose() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    }

    /// Ends our side and throws away what still comes, until the client ends its own.
    func drain() {
        shutdown(descriptor, Int32(SHUT_WR))
        while read() != nil {}
    }

    /// Waits for the client to hang up, at most so long; true when it has.
    func waitForHangUp(milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, milliseconds) > 0 else { return false }
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT)) <= 0
    }

    /// A socket that listens on a free port of 127.0.0.1, and the port.
    static func listen() throws -> (socket: TestSocket, port: UInt16) {
        let socket = TestSocket(Self.tcp())
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket.descriptor, address, length) == 0 && Self.listen(socket.descriptor)
                    && getsockname(socket.descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw TestFailure("no port to listen on: errno \(errno)") }
        return (socket, UInt16(bigEndian: address.sin_port))
    }

    /// The next connection; nil when the socket was interrupted.
    func accept() -> TestSocket? {
        while true {
            #if canImport(Glibc)
            let connection = Glibc.accept(descriptor, nil, nil)
            #else
            let connection = Musl.accept(descriptor, nil, nil)
            #endif
            if connection < 0 && errno == EINTR { continue }
            guard connection >= 0 else { return nil }
            _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
            return TestSocket(connection)
        }
    }

    private static func listen(_ descriptor: Int32) -> Bool {
        #if canImport(Glibc)
        Glibc.listen(descriptor, 128) == 0
        #else
        Musl.listen(descriptor, 128) == 0
        #endif
    }

    private static func tcp() -> Int32 {
        #if canImport(Glibc)
        socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        #else
        socket(AF_INET, Int32(SOCK_STREAM) | Int32(SOCK_CLOEXEC), 0)
        #endif
    }
}
