#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The TCP port that another process listens on, as the kernel tells it: servers under test choose their own.
package enum ListeningPort {
    /// The first one, or nil as long as there is none.
    package static func of(_ pid: pid_t) -> Int? {
        let sockets = Set((0..<256).compactMap { socket("/proc/\(pid)/fd/\($0)") })
        for line in lines(of: "/proc/net/tcp").dropFirst() {
            let fields = line.split(separator: " ")
            let isListening = fields.count > 9 && fields[3] == "0A"
            guard isListening, sockets.contains(String(fields[9])) else { continue }
            return fields[1].split(separator: ":").last.flatMap { Int($0, radix: 16) }
        }
        return nil
    }

    private static func socket(_ path: String) -> String? {
        var target = [CChar](repeating: 0, count: 256)
        let length = readlink(path, &target, 255)
        guard length > 0 else { return nil }
        let text = String(decoding: target.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.hasPrefix("socket:[") ? String(text.dropFirst(8).dropLast()) : nil
    }

    private static func lines(of path: String) -> [Substring] {
        guard let file = fopen(path, "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
}
