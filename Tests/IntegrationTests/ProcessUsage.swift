import Foundation

/// What a process has of its host, from /proc.
struct ProcessUsage {
    /// The most memory it ever had, bytes.
    let peakBytes: Int
    let bytes: Int
    let threads: Int
    let files: Int

    init(pid: pid_t) throws {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        func number(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
            return Int(line.filter(\.isNumber)) ?? 0
        }
        peakBytes = number("VmHWM:") << 10
        bytes = number("VmRSS:") << 10
        threads = number("Threads:")
        files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
    }
}
