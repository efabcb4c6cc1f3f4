#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Programs of this host that a test may need.
package enum Program {
    /// Whether all of them stand on PATH, or where services are installed.
    package static func areThere(_ names: String...) -> Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let folders = path.split(separator: ":").map { String($0) } + ["/usr/sbin"]
        return names.allSatisfy { name in folders.contains { access("\($0)/\(name)", X_OK) == 0 } }
    }

    /// The processes that a process has started and that have not been collected.
    package static func children(of process: pid_t) -> [pid_t] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        var children: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let child = pid_t(name), parent(of: child) == process { children.append(child) }
        }
        return children
    }

    private static func parent(of process: pid_t) -> pid_t? {
        guard let file = fopen("/proc/\(process)/stat", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = fread(&bytes, 1, bytes.count, file)
        // `PID (NAME) STATE PARENT …`, and a name may hold anything.
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        guard let name = text.lastIndex(of: ")") else { return nil }
        let words = text[text.index(after: name)...].split(separator: " ")
        return words.count > 1 ? pid_t(words[1]) : nil
    }
}
