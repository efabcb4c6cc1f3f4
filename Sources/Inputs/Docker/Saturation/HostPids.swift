#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// How many processes and threads this host can have.
enum HostPids {
    /// The smaller of the kernel's two limits; nil where it does not tell.
    static func limit() -> UInt64? {
        ["/proc/sys/kernel/pid_max", "/proc/sys/kernel/threads-max"].compactMap { number(in: $0) }.min()
    }

    private static func number(in path: String) -> UInt64? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count).prefix { $0 != 0x0A }, as: UTF8.self)
        return UInt64(text).flatMap { $0 > 0 ? $0 : nil }
    }
}
