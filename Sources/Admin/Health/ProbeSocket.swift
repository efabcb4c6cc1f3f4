#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A connection to the agent that gives up at a deadline.
struct ProbeSocket: ~Copyable {
    private let descriptor: Int32
    private let address: ListenAddress
    private let deadline: ContinuousClock.Instant

    /// Connects to the first address of the host that takes the connection.
    init(
        connectedTo address: ListenAddress,
        until deadline: ContinuousClock.Instant
    ) throws(HealthProbe.Failure) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address.host, String(address.port), &hints, &list) == 0 else {
            throw .unreachable(address: address.description, problem: "the host name is not known")
        }
        defer { freeaddrinfo(list) }
        var problem: Int32 = EADDRNOTAVAIL
        var next = list
        while let entry = next?.pointee {
            next = entry.ai_next
            let (descriptor, error) = Self.open(entry, deadline)
            if error == 0 {
                self.descriptor = descriptor
                self.address = address
                self.deadline = deadline
                return
            }
            problem = error
        }
        if problem == ETIMEDOUT { throw .timedOut(address: address.description) }
        throw .unreachable(address: address.description, problem: String(cString: strerror(problem)))
    }

    deinit { close(descriptor) }

    /// Sends all bytes.
    func send(_ bytes: [UInt8]) throws(HealthProbe.Failure) {
        var sent = 0
        while sent < bytes.count {
            guard Self.wait(descriptor, POLLOUT, deadline) else { throw .timedOut(address: address.description) }
            // A peer that has gone is an error here, not a signal.
            let count = bytes[sent...].withUnsafeBytes { rest in
                Self.send(descriptor, rest, Int32(MSG_NOSIGNAL))
            }
            if count < 0 && errno != EAGAIN && errno != EINTR { throw failure(errno) }
            sent += max(0, count)
        }
    }

    /// Reads to the end of the stream, or `bytesMax` bytes.
    func receive(bytesMax: Int) throws(HealthProbe.Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 * 1024)
        while bytes.count < bytesMax {
            guard Self.wait(descriptor, POLLIN, deadline) else { throw .timedOut(address: address.description) }
            let count = recv(descriptor, &chunk, min(chunk.count, bytesMax - bytes.count), 0)
            if count == 0 { break }
            if count < 0 && errno != EAGAIN && errno != EINTR { throw failure(errno) }
            bytes += chunk[..<max(0, count)]
        }
        return bytes
    }

    private func failure(_ error: Int32) -> HealthProbe.Failure {
        .unreachable(address: address.description, problem: String(cString: strerror(error)))
    }

    /// A connected socket, or the error number that says why there is none.
    private static func open(
        _ entry: addrinfo,
        _ deadline: ContinuousClock.Instant
    ) -> (descriptor: Int32, error: Int32) {
        let flags = Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(entry.ai_family, entry.ai_socktype | flags, 0)
        guard descriptor >= 0 else { return (-1, errno) }
        let error = finishConnecting(descriptor, entry, deadline)
        if error != 0 { close(descriptor) }
        return (descriptor, error)
    }

    private static func finishConnecting(
        _ descriptor: Int32,
        _ entry: addrinfo,
        _ deadline: ContinuousClock.Instant
    ) -> Int32 {
        if connect(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 { return 0 }
        guard errno == EINPROGRESS else { return errno }
        guard wait(descriptor, POLLOUT, deadline) else { return ETIMEDOUT }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno
    }

    /// Waits until the socket is ready; false at the deadline.
    private static func wait(_ descriptor: Int32, _ event: Int32, _ deadline: ContinuousClock.Instant) -> Bool {
        while true {
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { return false }
            let milliseconds = rest.components.seconds * 1000 + rest.components.attoseconds / 1_000_000_000_000_000 + 1
            var entry = pollfd(fd: descriptor, events: Int16(event), revents: 0)
            let ready = poll(&entry, 1, Int32(clamping: milliseconds))
            if ready > 0 { return true }
            if ready < 0 && errno != EINTR { return true }
        }
    }

    private static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
        #if canImport(Glibc)
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #else
        Musl.send(descriptor, bytes.baseAddress, bytes.count, flags)
        #endif
    }
}
