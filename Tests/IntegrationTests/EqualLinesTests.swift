import Foundation
import TestSupport
import Testing

/// Loki keeps one of two entries that have time, line, labels and metadata in common: no line may be lost to that.
@Suite(.serialized) struct EqualLinesTests {
    private static let files = 6
    private static let copies = 5

    @Test(
        "Equal lines of one time from many files of a service all arrive, whichever worker reads them, also over kill -9",
        arguments: ["auto", "off"]
    )
    func everyCopy(metadata: String) async throws {
        let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }
        let contract = try LokiContractServer(now: now)
        defer { contract.stop() }
        let real = ProcessInfo.processInfo.environment["MARTLET_TEST_LOKI_URL"]
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let service = "equal-" + UUID().uuidString.prefix(8)
        let folder = "\(martlet.folder)/\(service)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(folder)/*.log"], format: lines, start: beginning}]}
            outputs: {loki: {url: "\(real ?? contract.url)", structured_metadata: \(metadata)}}
            delivery: {batch: {age: 100ms}}
            """,
            listen: "127.0.0.1:\(port)"
        )
        // Of the last run, this one and the next: the times stay the same.
        let start = now() / 1_000_000_000 * 1_000_000_000
        let times = [start - 2_000_000_000, start - 1_000_000_000, start].map {
            Date(timeIntervalSince1970: Double($0 / 1_000_000_000)).formatted(.iso8601)
        }
        let text = times.map { "{\"time\":\"\($0)\",\"level\":\"info\",\"msg\":\"tick\"}\n" }.joined()
        var expected = 0
        for _ in 0..<3 {
            let agent = try martlet.start(["run", "-c", file])
            for number in 0..<Self.files {
                let path = "\(folder)/\(number).log"
                if !FileManager.default.fileExists(atPath: path) {
                    _ = FileManager.default.createFile(atPath: path, contents: nil)
                }
                let handle = try #require(FileHandle(forWritingAtPath: path))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data(String(repeating: text, count: Self.copies).utf8))
                try handle.close()
            }
            expected += Self.files * Self.copies * times.count
            let isShipped = await eventuallyAsync {
                await MetricsScrape.of(port: port)?.sum("martlet_records_shipped_total") == Double(expected)
            }
            #expect(isShipped)
            kill(agent.pid, SIGKILL)
            _ = agent.wait()
        }
        if let real {
            let from = start - 5_000_000_000
            let lines = try await StoredRecords(url: real).lokiLines(service: service, from: from, to: now())
            #expect(lines.count == expected)
        } else {
            let entries = contract.streams().values.flatMap { $0 }
            #expect(entries.count == expected)
            // Where they say to be, but for some microseconds.
            let whole = Set(entries.map { $0.time / 100_000 * 100_000 })
            #expect(whole == [start - 2_000_000_000, start - 1_000_000_000, start])
        }
    }
}
