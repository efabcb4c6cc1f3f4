import Foundation
import TestSupport
import Testing

/// What Martlet needs of a host stays bounded, whatever it has to read and however long an output is away.
@Suite(.serialized) struct MemoryTests {
    private static let limit = 64 << 20

    /// A process' figures from /proc.
    private struct Usage {
        /// The most memory it ever had, bytes.
        let peak: Int
        let threads: Int
        let files: Int

        init(pid: pid_t) throws {
            let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
            func number(_ name: String) -> Int {
                let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
                return Int(line.filter(\.isNumber)) ?? 0
            }
            peak = number("VmHWM:") << 10
            threads = number("Threads:")
            files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd").count
        }
    }

    @Test("A backlog of 500 files and long lines, with both outputs away, needs the limit and what streams take")
    func backlog() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let logs = martlet.folder + "/logs"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(logs)/*.log"], format: lines, start: beginning}]}
            outputs: {loki: {url: "http://127.0.0.1:9"}, opensearch: {url: "http://127.0.0.1:9"}}
            """,
            listen: "127.0.0.1:\(port)",
            agent: "memory_limit: 64MiB"
        )
        let idle = try martlet.start(["run", "-c", file])
        #expect(await eventuallyAsync { await MetricsScrape.of(port: port) != nil })
        let empty = try Usage(pid: idle.pid)
        kill(idle.pid, SIGTERM)
        _ = idle.wait()

        let count = try Self.writeBacklog(to: logs)
        let agent = try martlet.start(["run", "-c", file])
        #expect(
            await eventuallyAsync {
                await MetricsScrape.of(port: port)?.sum("martlet_records_read_total") == Double(count)
            }
        )
        let full = try Usage(pid: agent.pid)
        // What is always there, what 500 streams are remembered by, and what is in flight.
        let bound = empty.peak + 500 * (128 << 10) + Self.limit
        #expect(full.peak < bound, "\(full.peak >> 20) MiB, idle \(empty.peak >> 20) MiB")
        try await Task.sleep(for: .seconds(3))
        let later = try Usage(pid: agent.pid)
        #expect(later.threads <= full.threads && later.files <= full.files)
        kill(agent.pid, SIGTERM)
        _ = agent.wait()
    }

    /// 100 MB in 500 files, and 32 lines of 1 MiB; how many lines there are.
    private static func writeBacklog(to folder: String) throws -> Int {
        var random = SeededGenerator(seed: 4)
        for number in 0..<500 {
            var text = ""
            for line in 0..<400 {
                text += "{\"level\":\"info\",\"status\":200,\"path\":\"/orders/\(line)\",\"latency_ms\":\(line % 300),"
                text += "\"user\":\"u\(line)@example-mail.org\",\"n\":\(UInt64.random(in: 0 ... .max, using: &random)),"
                text += "\"msg\":\"order \(line) of \(number) \(String(repeating: "x", count: 360))\"}\n"
            }
            try text.write(toFile: "\(folder)/\(number).log", atomically: true, encoding: .utf8)
        }
        let long = "{\"msg\":\"" + String(repeating: "a 1 @ b ", count: 130_000) + "\"}\n"
        try String(repeating: long, count: 32).write(toFile: folder + "/long.log", atomically: true, encoding: .utf8)
        return 500 * 400 + 32
    }
}
