#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Answers the engine's API on a unix socket as a test wants it: for what no real engine does on demand.
///
/// `@unchecked Sendable`: nothing changes after `init`; the script must bear being called from its thread.
package final class ScriptedEngine: @unchecked Sendable {
    /// The bytes of a response for the target of a request; nil keeps the connection open and silent.
    package typealias Script = @Sendable (_ target: String) -> [UInt8]?

    /// Whether a connection stays open after its response, as one whose stream has stalled.
    package typealias Holds = @Sendable (_ target: String) -> Bool

    /// The socket's path.
    package let socket: String
    private let listener: Int32
    private let directory: String

    /// Listens at a path of its own.
    package init(holding holds: @escaping Holds = { _ in false }, _ script: @escaping Script) throws {
        var template = Array("/tmp/martlet-scripted-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw RunningCommand.Failure(description: "no directory in /tmp") }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        socket = directory + "/s"
        listener = Self.listen(socket)
        guard listener >= 0 else { throw RunningCommand.Failure(description: "cannot listen: errno \(errno)") }
        let descriptor = listener
        // At once, whatever the tests' own threads are busy with: a client does not wait long.
        TestThread.start { Self.serve(descriptor, script, holds) }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        unlink(socket)
        rmdir(directory)
    }

    /// A response with a body of a stated length.
    package static func response(_ status: Int = 200, _ body: some Sequence<UInt8>) -> [UInt8] {
        let body = Array(body)
        let head = "HTTP/1.1 \(status) X\r\nApi-Version: 1.44\r\nContent-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// A response whose body is JSON.
    package static func json(_ text: String) -> [UInt8] { response(200, text.utf8) }

    private static func listen(_ path: String) -> Int32 {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8) }
        #if canImport(Glibc)
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let descriptor = Musl.socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        let isBound = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        #if canImport(Glibc)
        return isBound && Glibc.listen(descriptor, 64) == 0 ? descriptor : -1
        #else
        return isBound && Musl.listen(descriptor, 64) == 0 ? descriptor : -1
        #endif
    }

    private static func serve(_ listener: Int32, _ script: Script, _ holds: Holds) {
        var open: [Int32] = []
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { break }
            var request = [UInt8](repeating: 0, count: 8_192)
            let count = max(0, read(connection, &request, request.count))
            let words = String(decoding: request[..<count], as: UTF8.self).split(separator: " ", maxSplits: 2)
            let target = words.count > 1 ? String(words[1]) : ""
            let answer = script(target) ?? []
            var sent = 0
            while sent < answer.count {
                let step = answer[sent...].withUnsafeBytes {
                    send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard step > 0 else { break }
                sent += step
            }
            if answer.isEmpty || holds(target) { open.append(connection) } else { close(connection) }
        }
        for connection in open { close(connection) }
        close(listener)
    }
}
