import Foundation
import TestSupport
import Testing

/// `kill -9` under load, again and again: nothing lost, nothing twice, no counter ever back.
///
/// `make torture` does it a thousand times.
@Suite(.serialized) struct KillTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    private static var kills: Int {
        ProcessInfo.processInfo.environment["MARTLET_TORTURE_KILLS"].flatMap { Int($0) } ?? 30
    }

    /// What the whole test works on.
    private struct Site {
        let loki: LokiContractServer
        let opensearch: OpenSearchContractServer
        let martlet: MartletBinary
        let file: String
        let port: Int

        init() throws {
            loki = try LokiContractServer(now: KillTests.now)
            opensearch = try OpenSearchContractServer()
            martlet = try MartletBinary()
            port = try FreePort.find()
            file = try martlet.configure(
                """
                inputs: {files: [{paths: ["\(martlet.folder)/*.log"], format: lines, start: beginning}]}
                outputs:
                  loki: {url: "\(loki.url)", retry: {first: 20ms, max: 100ms}}
                  opensearch: {url: "\(opensearch.url)", retry: {first: 20ms, max: 100ms}}
                  archive: {directory: \(martlet.folder)/archive}
                delivery: {batch: {bytes: 64KiB, age: 100ms}}
                """,
                listen: "127.0.0.1:\(port)"
            )
        }

        func remove() {
            loki.stop()
            opensearch.stop()
            martlet.remove()
        }

        func scrape() async -> MetricsScrape? { await MetricsScrape.of(port: port) }

        /// Numbers of the lines that the archive holds.
        func archived() async throws -> [Int] {
            let result = try await RunningCommand.run(["sh", "-c", "cat '\(martlet.folder)'/archive/*.gz | gzip -dc"])
            #expect(result.status == 0, "the archive is damaged")
            return result.output.split(separator: "\n").compactMap { NumberedLines.number(String($0)) }
        }
    }

    @Test("Killed again and again, every line arrives once everywhere and no counter goes back")
    func kills() async throws {
        let site = try Site()
        defer { site.remove() }
        let lines = try NumberedLines(file: site.martlet.folder + "/shop.log", linesPerSecond: 2_000)
        var random = SeededGenerator(seed: 6)
        var last: MetricsScrape?
        for round in 0..<Self.kills {
            let agent = try site.martlet.start(["run", "-c", site.file])
            let end = ContinuousClock.now + .milliseconds(Int.random(in: 100...3_000, using: &random))
            // Some replies get lost, so that the next run must ask what became of them.
            if round % 3 == 1 { site.loki.fail(.lose(.close)) }
            if round % 3 == 2 { site.opensearch.fail(.lose(.close)) }
            while ContinuousClock.now < end {
                if let scrape = await site.scrape() {
                    if let last { #expect(scrape.wentBack(since: last) == [], "round \(round)") }
                    last = scrape
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            kill(agent.pid, SIGKILL)
            _ = agent.wait()
            // What came before is no longer looked at for duplicates: a repetition now shows.
            site.loki.cutChunks()
        }
        try await check(site, count: lines.stop(), last)
    }

    /// Lets everything arrive, then counts.
    private func check(_ site: Site, count: Int, _ last: MetricsScrape?) async throws {
        let agent = try site.martlet.start(["run", "-c", site.file])
        var scrape: MetricsScrape?
        let isDone = await eventuallyAsync {
            scrape = await site.scrape()
            return ["loki", "opensearch", "archive"].allSatisfy {
                scrape?.sum("martlet_records_shipped_total", "output=\"\($0)\"") == Double(count)
            }
        }
        kill(agent.pid, SIGTERM)
        let result = agent.wait()
        #expect(
            isDone,
            "shipped not equal to \(count): \(scrape?.values.filter { $0.key.hasPrefix("martlet_records") } ?? [:])"
        )
        #expect(result.status == 0, "\(result.output)")
        let final = try #require(scrape)
        if let last { #expect(final.wentBack(since: last) == []) }
        #expect(final.sum("martlet_records_read_total") == Double(count))
        #expect(final.sum("martlet_requests_total") == Double(count))
        #expect(final.sum("martlet_records_dropped_total") == 0)
        #expect(final.sum("martlet_conservation_error") == 0)
        // Nobody had to send anything again on the off-chance.
        #expect(final.sum("martlet_output_uncertain_records_total") == 0)
        let inLoki = site.loki.streams().values.flatMap { $0 }.compactMap { NumberedLines.number($0.line) }
        let inOpenSearch = site.opensearch.documents("logs-martlet-default").compactMap { NumberedLines.number($0) }
        for (name, numbers) in [("loki", inLoki), ("opensearch", inOpenSearch), ("archive", try await site.archived())]
        {
            let (lost, twice) = NumberedLines.account(numbers, of: count)
            #expect(lost.isEmpty, "\(name) lost \(lost.count) of \(count): \(lost.prefix(5))")
            #expect(twice.isEmpty, "\(name) has \(twice.count) twice: \(twice.prefix(5))")
        }
    }
}

/// Waits until something is so, at most two minutes.
func eventuallyAsync(_ condition: () async throws -> Bool) async rethrows -> Bool {
    for _ in 0..<1_200 {
        if try await condition() { return true }
        try? await Task.sleep(for: .milliseconds(100))
    }
    return false
}
