import Foundation
import TestSupport
import Testing

/// What Martlet takes of a host stays bounded, whatever it has to read and however long its outputs are away:
/// `agent.memory_limit` is for the whole process, as the kernel counts it.
@Suite(.serialized) struct MemoryTests {
    private static let limit = 64 << 20
    private static let deadOutputs = """
        outputs: {loki: {url: "http://127.0.0.1:9"}, opensearch: {url: "http://127.0.0.1:9"}}
        """

    @Test("A backlog of 500 services and lines of 1 MiB stays below the limit while both outputs are away")
    func backlog() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let count = try Self.writeBacklog(to: martlet.folder + "/logs")
        let agent = try await readAll(count, of: "logs/*/*.log", format: "lines", martlet)
        // Lines of one record may still wait; what is remembered of files and outputs does not grow.
        let full = try ProcessUsage(pid: agent.pid)
        #expect(full.peakBytes < Self.limit, "\(full.peakBytes >> 20) MiB")
        try await Task.sleep(for: .seconds(3))
        let later = try ProcessUsage(pid: agent.pid)
        #expect(later.threads <= full.threads && later.files <= full.files)
        #expect(later.peakBytes < Self.limit, "\(later.peakBytes >> 20) MiB")
        kill(agent.pid, SIGTERM)
        _ = agent.wait()
    }

    @Test(
        "Long lines stay below the limit, whatever they are made of",
        arguments: [
            "\"", "\u{1}", "\u{FFFD}", "a.b@example.org ", "\\u0041\\n", "word ",
        ]
    )
    func longLines(piece: String) async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let logs = martlet.folder + "/logs"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count - 16)
        // U+FFFD stands for bytes that are no UTF-8.
        let bytes = piece == "\u{FFFD}" ? [UInt8](repeating: 0xFF, count: 1 << 20) : Array(text.utf8)
        let line = Data(bytes + [0x0A])
        let json = Data(Array("{\"msg\":\"".utf8) + (piece == "\\u0041\\n" ? bytes : []) + Array("\"}\n".utf8))
        for number in 0..<6 {
            let lines = [line, json, line, json].reduce(Data(), +)
            try lines.write(to: URL(fileURLWithPath: "\(logs)/\(number).log"))
        }
        let agent = try await readAll(24, of: "logs/*.log", format: "lines", martlet)
        let usage = try ProcessUsage(pid: agent.pid)
        #expect(usage.peakBytes < Self.limit, "\(usage.peakBytes >> 20) MiB")
        kill(agent.pid, SIGTERM)
        _ = agent.wait()
    }

    @Test("Long lines of 300 files of which the last part is still to come stay below the limit, and arrive whole")
    func openLines() async throws {
        let loki = try LokiContractServer(now: { Int64(Date().timeIntervalSince1970 * 1e9) })
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let logs = martlet.folder + "/logs"
        try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
        let time = Date().formatted(.iso8601)
        let part = "\(time) stdout P " + String(repeating: "x", count: 16_000) + "\n"
        for number in 0..<300 {
            let text = String(repeating: part, count: 15) + "\(time) stderr F beside \(number)\n"
            try text.write(toFile: "\(logs)/\(number).log", atomically: false, encoding: .utf8)
        }
        let outputs = "outputs: {loki: {url: \"\(loki.url)\"}}"
        let agent = try await readAll(300, of: "logs/*.log", format: "cri", martlet, outputs: outputs)
        for number in 0..<300 {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(logs)/\(number).log"))
            try file.seekToEnd()
            try file.write(contentsOf: Data("\(time) stdout F end of \(number)\n".utf8))
            try file.close()
        }
        #expect(await eventually { loki.storedCount >= 600 })
        let usage = try ProcessUsage(pid: agent.pid)
        #expect(usage.peakBytes < Self.limit, "\(usage.peakBytes >> 20) MiB")
        kill(agent.pid, SIGTERM)
        _ = agent.wait()
        let lines = loki.streams().values.flatMap { $0 }.map(\.line)
        #expect(Set(lines.filter { $0.hasPrefix("beside ") }).count == 300)
        let whole = lines.filter { $0.hasSuffix("x" + "end of " + ($0.split(separator: " ").last ?? "")) }
        #expect(whole.count == 300 && whole.allSatisfy { $0.utf8.count > 240_000 })
        #expect(Set(whole.map { $0.suffix(12) }).count == 300)
    }

    @Test(
        "Requests of 400,000 routes stay below the limit while every second somebody scrapes, also over kill -9",
        arguments: [1, 40, 200, 500]
    )
    func routes(services: Int) async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        try Self.writeRoutes(400_000, services: services, to: martlet.folder + "/logs")
        var scraped: MetricsScrape?
        for round in 0..<3 {
            let port = try FreePort.find()
            let file = try martlet.configure(
                """
                inputs: {files: [{paths: ["\(martlet.folder)/logs/*/*.log"], format: lines, start: beginning}]}
                \(Self.deadOutputs)
                """,
                listen: "127.0.0.1:\(port)",
                agent: "memory_limit: 64MiB"
            )
            let agent = try martlet.start(["run", "-c", file])
            var looks = 0
            while looks < 60 {
                try await Task.sleep(for: .seconds(1))
                looks += 1
                guard let scrape = await MetricsScrape.of(port: port) else { continue }
                if let scraped { #expect(scrape.wentBack(since: scraped) == []) }
                scraped = scrape
                // The first life is killed in the midst of it.
                if round == 0 || scrape.sum("martlet_records_read_total") == 400_000, looks > 2 * round { break }
            }
            let usage = try ProcessUsage(pid: agent.pid)
            #expect(usage.peakBytes < Self.limit, "\(usage.peakBytes >> 20) MiB")
            kill(agent.pid, SIGKILL)
            _ = agent.wait()
        }
        let scrape = try #require(scraped)
        #expect(scrape.sum("martlet_requests_total") == 400_000)
        #expect(scrape.sum("martlet_request_duration_seconds_count") == 400_000)
        let series = scrape.values.keys.count { $0.hasPrefix("martlet_requests_total{") }
        #expect((4_000...5_600).contains(series), "\(series)")
        #expect(scrape.sum("martlet_requests_total", "route=\"__other__\"") > 300_000)
    }

    @Test(
        "What grows with services, SLOs, shapes of lines and ids stays below the limit all at once, also over a restart"
    )
    func everything() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let count = try Self.writeEverything(to: martlet.folder + "/logs")
        let slos = (0..<4).map { number in
            """
              - {name: a\(number), service: "*", objective: 99.9, sli: {bad: 'status >= 50\(number)', total: 'status > 0'}}
              - {name: l\(number), service: "*", objective: 95, sli: {latency: {threshold: \(100 + number)ms}}}
            """
        }
        var options = Self.deadOutputs + "\nslos:\n" + slos.joined(separator: "\n")
        options = options.replacing(
            "outputs: {",
            with: "outputs: {archive: {directory: \"\(martlet.folder)/archive\"}, "
        )
        for _ in 0..<2 {
            let agent = try await readAll(count, of: "logs/*/*.log", format: "lines", martlet, outputs: options)
            let usage = try ProcessUsage(pid: agent.pid)
            #expect(usage.peakBytes < Self.limit, "\(usage.peakBytes >> 20) MiB")
            kill(agent.pid, SIGKILL)
            _ = agent.wait()
        }
    }

    @Test("A limit below what Martlet itself takes is refused, with what to write instead")
    func tooSmall() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(Self.deadOutputs, agent: "memory_limit: 32MiB")
        for command in ["validate", "run"] {
            let result = try await martlet.run([command, "-c", file])
            #expect(result.status == 78)
            let words = "agent.memory_limit: `32MiB` is too small; write a size from 48MiB to 1TiB"
            #expect(result.output.contains(words), "\(result.output)")
        }
    }

    /// Starts an agent and waits until it has read so many records.
    private func readAll(
        _ count: Int,
        of paths: String,
        format: String,
        _ martlet: MartletBinary,
        outputs: String = Self.deadOutputs
    ) async throws -> RunningCommand {
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(martlet.folder)/\(paths)"], format: \(format), start: beginning}]}
            \(outputs)
            """,
            listen: "127.0.0.1:\(port)",
            agent: "memory_limit: 64MiB"
        )
        let agent = try martlet.start(["run", "-c", file])
        let isRead = await eventuallyAsync {
            await MetricsScrape.of(port: port)?.sum("martlet_records_read_total") == Double(count)
        }
        #expect(isRead)
        return agent
    }

    /// Requests that each have a route of their own, and a trace.
    private static func writeRoutes(_ count: Int, services: Int, to folder: String) throws {
        var random = SeededGenerator(seed: 9)
        func word(_ number: Int) -> String {
            String(
                decoding: (0..<5).map { UInt8(97 + number / [1, 26, 676, 17_576, 456_976][$0] % 26) },
                as: UTF8.self
            )
        }
        for service in 0..<services {
            var text = ""
            for number in service * (count / services)..<(service + 1) * (count / services) {
                let trace = String(UInt64.random(in: 1 << 60 ... .max, using: &random), radix: 16)
                text += "{\"level\":\"info\",\"status\":\(number % 9 == 0 ? 503 : 200),\"method\":\"GET\","
                text += "\"path\":\"/shop/catalogue/\(word(number))/items-\(word(number &* 7_919))\","
                text += "\"latency_ms\":\(1 << (number % 15)),\"trace_id\":\"\(trace)\(trace)\",\"msg\":\"x\"}\n"
            }
            let folder = "\(folder)/service-\(service)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: "\(folder)/a.log", atomically: true, encoding: .utf8)
        }
    }

    /// Lines of 20 services in each of 500 files, in eight shapes of 40 fields a file, with ids of their own; how many.
    private static func writeEverything(to folder: String) throws -> Int {
        var random = SeededGenerator(seed: 5)
        func id() -> String { String(UInt64.random(in: 1 << 60 ... .max, using: &random), radix: 16) }
        let levels = ["trace", "debug", "info", "warn", "error", "fatal"]
        for file in 0..<500 {
            let shapes = (0..<8).map { _ in (0..<40).map { _ in "k\(Int.random(in: 0..<4_000, using: &random))" } }
            var text = ""
            for line in 0..<160 {
                let (trace, request) = (id(), id())
                text += "{\"level\":\"\(levels[line % 6])\",\"service\":\"service-\(file)-\(line / 8)\","
                text += "\"status\":\(line % 9 == 0 ? 503 : 200),\"latency_ms\":\(1 << (line % 13)),"
                text += "\"path\":\"/shop/of-\(id())/\(["cart", "order", "user"][line % 3])/w\(file)-\(line)\","
                text += "\"trace_id\":\"\(trace)\(trace)\",\"request_id\":\"\(request)\(request)\""
                for key in shapes[line / 4 % 8] { text += ",\"\(key)\":\"\(line)\"" }
                text += ",\"msg\":\"x\"}\n"
            }
            let folder = "\(folder)/service-\(file)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: "\(folder)/a.log", atomically: true, encoding: .utf8)
        }
        return 500 * 160
    }

    /// 100 MB in 500 files, and 32 lines of 1 MiB; how many lines there are.
    private static func writeBacklog(to folder: String) throws -> Int {
        var random = SeededGenerator(seed: 4)
        for number in 0..<500 {
            var text = ""
            for line in 0..<400 {
                let level = line % 7 == 0 ? "error" : "info"
                text += "{\"level\":\"\(level)\",\"status\":200,\"path\":\"/orders/\(line)\","
                text += "\"latency_ms\":\(line % 300),\"user\":\"u\(line)@example-mail.org\","
                text += "\"n\":\(UInt64.random(in: 0 ... .max, using: &random)),"
                text += "\"msg\":\"order \(line) of \(number) \(String(repeating: "x", count: 360))\"}\n"
            }
            let folder = "\(folder)/service-\(number)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try text.write(toFile: "\(folder)/a.log", atomically: true, encoding: .utf8)
        }
        let long = "{\"msg\":\"" + String(repeating: "a 1 @ b ", count: 130_000) + "\"}\n"
        let path = folder + "/service-0/long.log"
        try String(repeating: long, count: 32).write(toFile: path, atomically: true, encoding: .utf8)
        return 500 * 400 + 32
    }
}
