#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A real program, started by a shell line and ended by its process id.
struct ChildProcess {
    let id: pid_t

    struct NotStarted: Error { let code: Int32 }

    init(_ shellLine: String) throws {
        let words: [String] = ["/bin/sh", "-c", "exec " + shellLine]
        let arguments = words.map { word in strdup(word) }
        defer { arguments.forEach { free($0) } }
        var id = pid_t()
        // The sockets of other tests' servers are none of its business.
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor: Int32 in 3..<512 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        let result = posix_spawn(&id, "/bin/sh", &actions, nil, arguments + [nil], environ)
        guard result == 0 else { throw NotStarted(code: result) }
        self.id = id
    }

    /// Waits for its end; its exit status, or 128 and the signal.
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
    }

    func end() {
        kill(id, SIGKILL)
        _ = wait()
    }

    /// The TCP port that it listens on, or nil as long as there is none.
    func listeningPort() -> Int? {
        let sockets = Set(
            descriptors().compactMap { path -> String? in
                var target = [CChar](repeating: 0, count: 256)
                let length = readlink(path, &target, 255)
                let text = String(decoding: target.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
                return text.hasPrefix("socket:[") ? String(text.dropFirst(8).dropLast()) : nil
            }
        )
        for line in contents(of: "/proc/net/tcp").split(separator: "\n").dropFirst() {
            let fields = line.split(separator: " ")
            let isListening = fields.count > 9 && fields[3] == "0A"
            guard isListening, sockets.contains(String(fields[9])) else { continue }
            return fields[1].split(separator: ":").last.flatMap { Int($0, radix: 16) }
        }
        return nil
    }

    private func descriptors() -> [String] { (0..<256).map { "/proc/\(id)/fd/\($0)" } }
}

func contents(of path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
    return String(decoding: bytes, as: UTF8.self)
}

func isInstalled(_ program: String) -> Bool {
    ["/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/bin/"].contains { access($0 + program, X_OK) == 0 }
}

/// Asks again and again until there is an answer; nil after half a minute.
func eventually<Result>(_ question: () throws -> Result?) async throws -> Result? {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
        if let answer = try question() { return answer }
        try await Task.sleep(for: .milliseconds(20))
    }
    return nil
}
