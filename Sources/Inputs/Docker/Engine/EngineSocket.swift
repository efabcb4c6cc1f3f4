#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A non-blocking connection to the engine.
///
/// A class, because its descriptor is closed exactly once, when the last owner lets go. Used by one thread.
package final class EngineSocket {
    /// What a read gave.
    package enum Received: Equatable {
        case bytes(Int)
        /// Nothing there at the moment.
        case nothing
        case closed
    }

    package let descriptor: Int32
    private let stop: StopSignal

    /// Connects; gives up at `timeout` or when `stop` is raised.
    package init(_ address: EngineAddress, timeoutMilliseconds: Int32, stop: StopSignal) throws(EngineFailure) {
        self.stop = stop
        switch address {
        case .unix(let path): descriptor = try Self.connectUnix(path, address)
        case .tcp(let host, let port): descriptor = try Self.connectTCP(host, port, address)
        }
        // From here on deinit closes the descriptor, whatever is thrown.
        guard case .tcp = address else { return }
        try wait(POLLOUT, until: BatchWriter.monotonicMilliseconds() + Int64(timeoutMilliseconds))
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        guard code == 0 else { throw Self.failure(code, address) }
    }

    deinit { close(descriptor) }

    /// Sends all of it.
    package func send(_ text: String, until deadline: Int64) throws(EngineFailure) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map {
                    Self.send(descriptor, $0 + sent, buffer.count - sent)
                } ?? 0
            }
            if count > 0 {
                sent += count
            } else if count < 0, errno == EAGAIN || errno == EINTR {
                try wait(POLLOUT, until: deadline)
            } else {
                throw .disconnected
            }
        }
    }

    /// Reads what is there.
    package func receive(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(EngineFailure) -> Received {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .closed }
            if errno == EAGAIN { return .nothing }
            guard errno == EINTR else { throw .disconnected }
        }
    }

    /// Waits until the socket is readable.
    package func waitReadable(until deadline: Int64) throws(EngineFailure) { try wait(POLLIN, until: deadline) }

    private func wait(_ event: Int32, until deadline: Int64) throws(EngineFailure) {
        while true {
            let left = deadline - BatchWriter.monotonicMilliseconds()
            guard left > 0 else { throw .timedOut }
            var entries = [
                pollfd(fd: descriptor, events: Int16(event), revents: 0),
                pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&entries, 2, Int32(clamping: left))
            if stop.isRaised { throw .stopped }
            if ready > 0, entries[0].revents != 0 { return }
        }
    }

    /// MSG_NOSIGNAL: a broken connection is an error here, not the end of the process.
    private static func send(_ descriptor: Int32, _ from: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
        Glibc.send(descriptor, from, count, Int32(MSG_NOSIGNAL))
        #else
        Musl.send(descriptor, from, count, Int32(MSG_NOSIGNAL))
        #endif
    }

    private static func connectUnix(_ path: String, _ address: EngineAddress) throws(EngineFailure) -> Int32 {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: name.sun_path) else { throw .noSocket(address) }
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: bytes) }
        let descriptor = try newSocket(AF_UNIX, address)
        let result = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result != 0 else { return descriptor }
        let code = errno
        close(descriptor)
        throw failure(code, address)
    }

    private static func connectTCP(
        _ host: String,
        _ port: UInt16,
        _ address: EngineAddress
    ) throws(EngineFailure) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = streamType
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &found) == 0, let first = found else {
            throw .unreachable(address, code: EHOSTUNREACH)
        }
        defer { freeaddrinfo(first) }
        var code = EHOSTUNREACH
        var entry: UnsafeMutablePointer<addrinfo>? = first
        while let current = entry {
            let descriptor = try newSocket(current.pointee.ai_family, address)
            if connect(descriptor, current.pointee.ai_addr, current.pointee.ai_addrlen) == 0 || errno == EINPROGRESS {
                return descriptor
            }
            code = errno
            close(descriptor)
            entry = current.pointee.ai_next
        }
        throw failure(code, address)
    }

    private static var streamType: Int32 {
        #if canImport(Glibc)
        Int32(SOCK_STREAM.rawValue)
        #else
        SOCK_STREAM
        #endif
    }

    private static func newSocket(_ family: Int32, _ address: EngineAddress) throws(EngineFailure) -> Int32 {
        let descriptor = socket(family, streamType, 0)
        guard descriptor >= 0 else { throw .unreachable(address, code: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return descriptor
    }

    private static func failure(_ code: Int32, _ address: EngineAddress) -> EngineFailure {
        switch code {
        case ENOENT: .noSocket(address)
        case EACCES, EPERM: .forbidden(address, group: owningGroup(of: address))
        case ECONNREFUSED: .refused(address)
        case EAGAIN, ETIMEDOUT: .timedOut
        default: .unreachable(address, code: code)
        }
    }

    /// The name of the group that owns the socket, or its number.
    private static func owningGroup(of address: EngineAddress) -> String? {
        guard case .unix(let path) = address else { return nil }
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        getgrgid_r(status.st_gid, &entry, &buffer, buffer.count, &found)
        guard let name = found?.pointee.gr_name else { return String(status.st_gid) }
        return String(cString: name)
    }
}
