import Glibc
import Inputs
import Testing

/// A real journald of one test, in a journal namespace of its own, so that it meets no other.
final class JournaldInstance: Sendable {
    private static let binary = "/lib/systemd/systemd-journald"
    static let canRun: Comment = "needs root, systemd-journald, journalctl and a machine id"

    /// Whether one can be started on this machine.
    static var isAvailable: Bool {
        geteuid() == 0 && access(binary, X_OK) == 0 && access("/usr/bin/journalctl", X_OK) == 0
            && access("/etc/machine-id", R_OK) == 0 && access("/run/systemd", W_OK) == 0
            && access(JournalFiles.reader, X_OK) == 0
    }

    let namespace: String
    private let process: pid_t

    /// Starts it and waits for its sockets.
    init(_ name: String) throws {
        namespace = "martlet-\(name)-\(getpid())"
        // Small files, kept in memory, and no limit on how much one may write.
        try Self.shell(
            """
            mkdir -p '/run/systemd/journald@\(namespace).conf.d' &&
            printf '[Journal]\\nStorage=volatile\\nRuntimeMaxFileSize=1M\\nRateLimitIntervalSec=0\\nForwardToSyslog=no\\n' \
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
        try #require(posix_spawn(&process, Self.binary, &actions, nil, &words, nil) == 0)
        self.process = process
        let isReady = InputThread.wait { (try? connect("socket", Int32(SOCK_DGRAM.rawValue))).map { close($0) } != nil }
        try #require(isReady)
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
    func control(_ argument: String) throws {
        try Self.shell("journalctl --namespace='\(namespace)' \(argument) >/dev/null 2>&1")
    }

    /// Writes entries by journald's native protocol.
    func write(_ messages: [String], identifier: String = "test") throws {
        let socket = try connect("socket", Int32(SOCK_DGRAM.rawValue))
        defer { close(socket) }
        for message in messages {
            let datagram = "MESSAGE=\(message)\nPRIORITY=5\nSYSLOG_IDENTIFIER=\(identifier)\n"
            try #require(send(socket, datagram, datagram.utf8.count, 0) == datagram.utf8.count)
        }
    }

    /// Writes text as a service's standard output does.
    func stream(_ text: String, identifier: String) throws {
        let socket = try connect("stdout", Int32(SOCK_STREAM.rawValue))
        defer { close(socket) }
        let all = "\(identifier)\n\n6\n0\n0\n0\n0\n\(text)"
        try #require(send(socket, all, all.utf8.count, 0) == all.utf8.count)
    }

    private func connect(_ name: String, _ type: Int32) throws -> Int32 {
        let socket = Glibc.socket(AF_UNIX, type | Int32(SOCK_CLOEXEC.rawValue), 0)
        try #require(socket >= 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = "/run/systemd/journal.\(namespace)/\(name)"
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(socket)
            throw NotThere()
        }
        return socket
    }

    private struct NotThere: Error {}

    private static func shell(_ command: String) throws {
        let stream = try #require(popen(command, "r"))
        try #require(pclose(stream) == 0, "\(command)")
    }
}
