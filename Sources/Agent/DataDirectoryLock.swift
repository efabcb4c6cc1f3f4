#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Makes the data directory and holds it, so that two agents never share positions.
package final class DataDirectoryLock: Sendable {
    let directory: String
    private let descriptor: Int32

    /// Takes the lock of a directory, which is made (0700) when it is not there.
    init(_ directory: String) throws(AgentError) {
        try Self.make(directory)
        self.directory = directory
        let path = directory + "/lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else {
                throw AgentError.io("cannot lock \(path): \(String(cString: strerror(code)))")
            }
            throw AgentError.busy(
                "another agent uses \(directory); stop it, or give this one its own agent.data_dir"
            )
        }
    }

    deinit { close(descriptor) }

    private static func make(_ directory: String) throws(AgentError) {
        var path = directory.hasPrefix("/") ? "" : "."
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o700) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES else {
                throw failure("make", path)
            }
        }
        guard access(directory, W_OK | X_OK) == 0 else { throw failure("write to", directory) }
    }

    private static func failure(_ doing: String, _ path: String) -> AgentError {
        let code = errno
        let text =
            "cannot \(doing) \(path): \(String(cString: strerror(code))); "
            + "set agent.data_dir to a folder that this user may write"
        return code == EACCES || code == EPERM ? .forbidden(text) : .io(text)
    }
}
