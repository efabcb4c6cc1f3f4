#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// By what our own log is known in the journal.
///
/// Read back, it would feed itself.
package struct OwnLog: Sendable, Equatable {
    /// The unit that this process runs in.
    package var unit: String?
    /// This process, and its name beside it: in a container the number is another one's outside.
    package var process: Int32?
    package var name: String?
    /// The container that this process runs in, where its engine shows that.
    package var container: String?

    /// Nothing is our own.
    package init() {}

    /// What this process is known by.
    package static var current: OwnLog {
        var own = OwnLog()
        own.process = getpid()
        own.name = firstLine("/proc/self/comm")
        own.unit = lines("/proc/self/cgroup").lazy.compactMap(unit(inControlGroup:)).first
        own.container = lines("/proc/self/mountinfo").lazy.compactMap(container(inMount:)).first
        return own
    }

    /// The service in a line of `/proc/self/cgroup`, such as `0::/system.slice/martlet.service`.
    ///
    /// Login sessions and user managers are frames around many programs, not ours.
    package static func unit(inControlGroup line: String) -> String? {
        guard let leaf = line.split(separator: "/").last, leaf.hasSuffix(".service"), !leaf.hasPrefix("user@") else {
            return nil
        }
        return String(leaf)
    }

    /// The container in a line of `/proc/self/mountinfo`: Docker mounts `…/containers/<64 hex>/hostname`.
    package static func container(inMount line: String) -> String? {
        let parts = line.split(separator: "/")
        for (folder, name) in zip(parts, parts.dropFirst()) where folder == "containers" && name.utf8.count == 64 {
            if name.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) { return String(name) }
        }
        return nil
    }

    private static func firstLine(_ path: String) -> String? { lines(path).first }

    private static func lines(_ path: String) -> [String] {
        guard let file = fopen(path, "re") else { return [] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = fread(&bytes, 1, bytes.count, file)
        return bytes.prefix(count).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    }
}
