#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The container that Martlet itself runs in: to read it would feed the agent with its own words.
package struct OwnContainer: Sendable, Equatable {
    /// Not in a container, or in one that does not show.
    package static let none = OwnContainer(id: nil, shortID: nil)

    /// The full id, 64 hexadecimal digits.
    package let id: String?
    /// The beginning of an id, 12 digits, as Docker makes a host name of it.
    package let shortID: String?

    /// Makes one of what is known.
    package init(id: String?, shortID: String?) {
        self.id = id
        self.shortID = shortID
    }

    /// Finds it from what the kernel tells of this process.
    package static func detect() -> OwnContainer {
        var name = [CChar](repeating: 0, count: 256)
        let length = gethostname(&name, name.count - 1) == 0 ? strlen(name) : 0
        let host = String(decoding: name.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return find(
            hostname: host,
            cgroup: text("/proc/self/cgroup"),
            mountinfo: text("/proc/self/mountinfo")
        )
    }

    /// The pure part: an id stands in the cgroup's path (cgroup v1), or in the source of the mount that is our
    /// `/etc/hostname`.
    ///
    /// Mounts elsewhere prove nothing: a host sees the mounts of all its containers.
    package static func find(hostname: String, cgroup: String, mountinfo: String) -> OwnContainer {
        let mounts = mountinfo.split(separator: "\n").filter { line in
            let fields = line.split(separator: " ", maxSplits: 5)
            return fields.count > 4 && ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"].contains(fields[4])
        }
        let id =
            mounts.lazy.compactMap { Self.id(in: $0) }.first
            ?? cgroup.split(separator: "\n").lazy.compactMap { Self.id(in: $0) }.first
        let isShort = hostname.utf8.count == 12 && hostname.utf8.allSatisfy(isHexadecimal)
        return OwnContainer(id: id, shortID: isShort ? hostname : nil)
    }

    /// Whether this is the id of our container.
    package func isSelf(_ id: String) -> Bool {
        if let own = self.id { return own == id }
        guard let shortID else { return false }
        return id.hasPrefix(shortID)
    }

    /// The last run of exactly 64 hexadecimal digits.
    private static func id(in text: Substring) -> String? {
        text.utf8.split(whereSeparator: { !isHexadecimal($0) }).last { $0.count == 64 }.flatMap { String($0) }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// The first 256 KiB of a file; empty when it cannot be read.
    private static func text(_ path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256 * 1024)
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { read(file, $0 + filled, buffer.count - filled) } ?? 0
            }
            guard count > 0 else { break }
            filled += count
        }
        return String(decoding: bytes[..<filled], as: UTF8.self)
    }
}
