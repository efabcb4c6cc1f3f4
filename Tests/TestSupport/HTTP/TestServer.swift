import Synchronization

/// An HTTP/1.1 server on loopback for tests: plain sockets, a thread a connection, and no manners unless asked.
package final class TestServer: Sendable {
    /// What to do with a request of which only the head was read.
    package enum Interception: Sendable {
        /// Read the body and ask the handler.
        case none
        /// Answer without reading the body, then close.
        case answer(TestReply)
        /// Read so many bytes of the body, then reset.
        case reset(after: Int)
    }

    package let port: UInt16
    private let listener: TestSocket
    private let handler: @Sendable (TestRequest) -> TestReply
    private let interceptor: @Sendable (TestRequest) -> Interception
    private let state = Mutex(State())

    private struct State {
        var connections: [ObjectIdentifier: TestSocket] = [:]
        var accepted = 0
        var isStopped = false
    }

    /// Starts a server; stop it at the end of the test.
    package init(
        intercept: @escaping @Sendable (TestRequest) -> Interception = { _ in .none },
        handler: @escaping @Sendable (TestRequest) -> TestReply
    ) throws {
        (listener, port) = try TestSocket.listen()
        self.handler = handler
        interceptor = intercept
        TestThread.start { [self] in accept() }
    }

    /// `http://127.0.0.1:PORT`.
    package var url: String { "http://127.0.0.1:\(port)" }

    /// Connections that were made so far.
    package var accepted: Int { state.withLock(\.accepted) }

    /// Closes the port and every connection.
    package func stop() {
        let connections = state.withLock { state in
            state.isStopped = true
            return state.connections.values
        }
        listener.interrupt()
        for connection in connections { connection.interrupt() }
    }

    private func accept() {
        while let socket = listener.accept() {
            let isWelcome = state.withLock { state in
                state.accepted += 1
                state.connections[ObjectIdentifier(socket)] = socket
                return !state.isStopped
            }
            guard isWelcome else { return }
            TestThread.start { [self] in
                serve(socket)
                _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(socket)) }
            }
        }
    }

    /// Answers request after request.
    private func serve(_ socket: TestSocket) {
        var buffer: [UInt8] = []
        while var request = readHead(socket, &buffer) {
            let length = request.header("content-length").flatMap { Int($0) } ?? 0
            switch interceptor(request) {
            case .none: break
            case .answer(let reply):
                _ = write(reply, to: socket)
                // Closing over unread bytes would be a reset, and could take the answer away.
                socket.drain()
                return
            case .reset(let after):
                _ = fill(&buffer, to: min(after, length), from: socket)
                socket.resetOnClose()
                return
            }
            guard fill(&buffer, to: length, from: socket) else { return }
            request.body = Array(buffer.prefix(length))
            buffer.removeFirst(length)
            guard write(handler(request), to: socket) else { return }
        }
    }

    private func readHead(_ socket: TestSocket, _ buffer: inout [UInt8]) -> TestRequest? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let place = buffer.indices.first(where: { buffer[$0...].starts(with: end) }) {
                let head = String(decoding: buffer[..<place], as: UTF8.self)
                buffer.removeFirst(place + end.count)
                return TestRequest(head: head)
            }
            guard buffer.count < 64 * 1024, let more = socket.read() else { return nil }
            buffer += more
        }
    }

    private func fill(_ buffer: inout [UInt8], to length: Int, from socket: TestSocket) -> Bool {
        while buffer.count < length {
            guard let more = socket.read() else { return false }
            buffer += more
        }
        return true
    }

    /// False when the connection is to be closed.
    private func write(_ reply: TestReply, to socket: TestSocket) -> Bool {
        switch reply.manner {
        case .whole: return socket.write(reply.head + reply.body)
        case .close: return false
        case .hang:
            while !socket.waitForHangUp(milliseconds: 50), !state.withLock(\.isStopped) {}
            return false
        case .reset:
            socket.resetOnClose()
            return false
        case .cut(let after):
            _ = socket.write(reply.head + reply.body.prefix(after))
            // Let the client read what was sent before the reset takes it away.
            _ = socket.waitForHangUp(milliseconds: 50)
            socket.resetOnClose()
            return false
        case .drip(let milliseconds): return drip(reply, milliseconds, to: socket)
        }
    }

    private func drip(_ reply: TestReply, _ milliseconds: Int32, to socket: TestSocket) -> Bool {
        guard socket.write(reply.head) else { return false }
        for byte in reply.body {
            guard !socket.waitForHangUp(milliseconds: milliseconds), socket.write([byte]) else { return false }
        }
        return true
    }
}
