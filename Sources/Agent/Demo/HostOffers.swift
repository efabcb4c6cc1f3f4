import Inputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What this host has that a demo can read along.
enum HostOffers {
    /// The engine's socket, where this user may use it; `DOCKER_HOST` is honoured.
    static var dockerSocket: EngineAddress? {
        if let named = getenv("DOCKER_HOST") { return try? EngineAddress.parse(String(cString: named)) }
        let path = "/var/run/docker.sock"
        return access(path, R_OK | W_OK) == 0 ? .unix(path: path) : nil
    }

    /// Whether there are journal files that this user may look into.
    static var hasJournal: Bool {
        ["/run/log/journal", "/var/log/journal"].contains { (path: String) in access(path, R_OK | X_OK) == 0 }
    }
}
