#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A real journald of one test, in a journal namespace of its own, so that it meets no other.
package final class JournaldInstance: Sendable {
    private static let binary = "/lib/systemd/systemd-journald"
    /// Whether one can be started on this machine.
    package static var isAvailable: Bool {
        geteuid() == 0 && access(binary, X_OK) == 0 && access("/usr/bin/journalctl", X_OK) == 0
            && access("/etc/machine-id", R_OK) == 0 && access("/run/systemd", W_OK) == 0
    }

    package let namespace: String
    private let process: pid_t

    /// Starts it and waits for its sockets.
    package init(_ name: String, fileBytes: String = "1M") throws {
        namespace = "martlet-\(name)-\(getpid())"
        // Files kept in memory, small ones by default, and no limit on how much one may write.
        try Self.shell(
            """
            mkdir -p '/run/systemd/journald@\(namespace).conf.d' &&
            printf '[Journal]\\nStorage=volatile\\nRuntimeMaxFileSize=\(fileBytes)\\nRateLimitIntervalSec=0\\nForwardToSyslog=no\\n' \
            > '/run/systemd/journald@\(namespace).conf.d/test.conf'
            """
        )
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = [strdup(Self.binary), strdup(namespace), nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, Self.binary, &actions, nil, &words, nil)
        self.process = process
        guard code == 0 else { throw TestFailure("journald cannot be started: errno \(code)") }
        for _ in 0..<10_000 {
            if let socket = try? connect("socket", Int32(SOCK_DGRAM.rawValue)) {
                close(socket)
                return
            }
            usleep(2_000)
        }
        throw TestFailure("journald does not come up")
    }

    deinit {
        kill(process, SIGTERM)
        waitpid(process, nil, 0)
        try? Self.shell(
            """
            rm -rf /run/log/journal/*.'\(namespace)' /run/systemd/journal.'\(namespace)' \
            '/run/systemd/journald@\(namespace).conf.d'
            """
        )
    }

    /// Runs `journalctl` on this journal.
    package func control(_ argument: String) throws {
        try Self.shell("journalctl --namespace='\(namespace)' \(argument) >/dev/null 2>&1")
    }

    /// Writes entries by journald's native protocol.
    package func write(_ messages: [String], identifier: String = "test") throws {
        let socket = try connect("socket", Int32(SOCK_DGRAM.rawValue))
        defer { close(socket) }
        for message in messages {
            let datagram = "MESSAGE=\(message)\nPRIORITY=5\nSYSLOG_IDENTIFIER=\(identifier)\n"
            let sent = send(socket, datagram, datagram.utf8.count, 0)
            guard sent == datagram.utf8.count else { throw TestFailure("journald takes no datagram: errno \(errno)") }
        }
    }

    /// Writes text as a service's standard output does.
    package func stream(_ text: String, identifier: String) throws {
        let socket = try connect("stdout", Int32(SOCK_STREAM.rawValue))
        defer { close(socket) }
        let all = "\(identifier)\n\n6\n0\n0\n0\n0\n\(text)"
        let sent = send(socket, all, all.utf8.count, 0)
        guard sent == all.utf8.count else { throw TestFailure("journald takes no stream: errno \(errno)") }
    }

    private func connect(_ name: String, _ type: Int32) throws -> Int32 {
        let socket = systemSocket(AF_UNIX, type | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw TestFailure("no socket: errno \(errno)") }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = "/run/systemd/journal.\(namespace)/\(name)"
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                systemConnect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            throw TestFailure("journald does not listen")
        }
        return socket
    }

    private static func shell(_ command: String) throws {
        guard let stream = popen(command, "r"), pclose(stream) == 0 else { throw TestFailure(command) }
    }
}

/// `socket(2)` and `connect(2)`, whose names stand for something else above.
private func systemSocket(_ family: Int32, _ type: Int32, _ number: Int32) -> Int32 { socket(family, type, number) }

private func systemConnect(_ socket: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t) -> Int32 {
    connect(socket, address, size)
}
