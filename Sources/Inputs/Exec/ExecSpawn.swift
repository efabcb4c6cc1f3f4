// `environ` is a variable that others may set; Martlet never does.
#if canImport(Glibc)
@preconcurrency import Glibc
#else
@preconcurrency import Musl
#endif

/// Starts processes with every signal as it is by default.
enum ExecSpawn {
    /// A descriptor of ours under the number that the new process gets it as.
    typealias Gift = (own: Int32, given: Int32)

    private typealias CloseFrom =
        @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

    /// Starts a command, looked for in `PATH`, in a process group of its own or in ours; its process id.
    static func start(_ command: [String], gifts: [Gift], inOwnGroup: Bool = true) throws(ExecError) -> pid_t {
        guard let name = command.first, !name.isEmpty else { throw .notFound(command: "") }
        var pid: pid_t = 0
        let result = withActions(gifts, inOwnGroup) { actions, attributes in
            withArguments(command) { arguments in
                posix_spawnp(&pid, name, &actions, &attributes, arguments, environ)
            }
        }
        switch result {
        case 0: return pid
        case ENOENT, ENOTDIR: throw .notFound(command: name)
        case EACCES, ENOEXEC, EISDIR: throw .notExecutable(command: name)
        default: throw .failed(command: name, errno: result)
        }
    }

    private static func withActions(
        _ gifts: [Gift],
        _ inOwnGroup: Bool,
        _ body: (inout posix_spawn_file_actions_t, inout posix_spawnattr_t) -> Int32
    ) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for gift in gifts { posix_spawn_file_actions_adddup2(&actions, gift.own, gift.given) }
        closeRest(above: max(2, gifts.map(\.given).max() ?? 2), &actions)
        // What Martlet ignores or blocks itself must not be ignored or blocked in the service.
        var every = sigset_t()
        var none = sigset_t()
        sigfillset(&every)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &every)
        posix_spawnattr_setsigmask(&attributes, &none)
        var flags = Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)
        if inOwnGroup {
            posix_spawnattr_setpgroup(&attributes, 0)
            flags |= Int32(POSIX_SPAWN_SETPGROUP)
        }
        posix_spawnattr_setflags(&attributes, Int16(flags))
        return body(&actions, &attributes)
    }

    /// Gives nothing else away: sockets of libraries are not close-on-exec, and a service that holds one holds a
    /// port or a connection of ours for as long as it lives.
    private static func closeRest(above last: Int32, _ actions: inout posix_spawn_file_actions_t) {
        // Not in the module that Swift imports, and not in every C library.
        if let found = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
            _ = unsafeBitCast(found, to: CloseFrom.self)(&actions, last + 1)
        } else {
            // What other threads open meanwhile is not covered.
            for descriptor in last + 1..<1024 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        }
    }

    private static func withArguments(
        _ command: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        let arguments = command.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        return body(arguments + [nil])
    }
}
