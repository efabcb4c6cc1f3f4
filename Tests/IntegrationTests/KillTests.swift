import Foundation
import TestSupport
import Testing

/// `kill -9` under load, again and again: nothing lost, nothing twice, no record torn, no counter ever back.
///
/// `make torture` does it a thousand times.
@Suite(.serialized) struct KillTests {
    private static var kills: Int {
        ProcessInfo.processInfo.environment["MARTLET_TORTURE_KILLS"].flatMap { Int($0) } ?? 200
    }

    @Test("Killed again and again, every record of every source arrives once everywhere and no counter goes back")
    func kills() async throws {
        let site = try await KillSite()
        defer { site.remove() }
        var random = SeededGenerator(seed: 6)
        var last: MetricsScrape?
        for round in 0..<Self.kills {
            let agent = try site.startAgent(round: round)
            let end = ContinuousClock.now + .milliseconds(Int.random(in: 100...2_200, using: &random))
            // Some replies get lost, so that somebody must ask what became of them.
            site.loki.forgetFaults()
            site.opensearch.forgetFaults()
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
        try await check(site, counts: site.stopWriting(), last)
    }

    /// Lets everything arrive, then counts.
    private func check(_ site: KillSite, counts: [String: Int], _ last: MetricsScrape?) async throws {
        site.loki.forgetFaults()
        site.opensearch.forgetFaults()
        let total = Double(counts.values.reduce(0, +))
        let agent = try site.startAgent(round: 1)
        var scrape: MetricsScrape?
        var isDone = false
        // After a thousand kills millions of records may be on their way: as long as they move there is no hurry.
        var shipped = -1.0
        while !isDone {
            let isMoving = await eventuallyAsync {
                scrape = await site.scrape()
                let before = shipped
                shipped = ["loki", "opensearch", "archive"].reduce(0) {
                    $0 + (scrape?.sum("martlet_records_shipped_total", "output=\"\($1)\"") ?? 0)
                }
                return shipped == 3 * total || shipped > before
            }
            isDone = shipped == 3 * total
            if !isMoving { break }
        }
        kill(agent.pid, SIGTERM)
        let result = agent.wait()
        let shown = scrape?.values.filter { $0.key.hasPrefix("martlet_records") || $0.key.contains("gaps") } ?? [:]
        #expect(isDone, "shipped not equal to \(total), \(counts): \(shown)")
        #expect(result.status == 0, "\(result.output)")
        let final = try #require(scrape)
        if let last { #expect(final.wentBack(since: last) == []) }
        #expect(final.sum("martlet_records_read_total") == total)
        #expect(final.sum("martlet_requests_total") == Double(counts["requests"] ?? 0))
        #expect(final.sum("martlet_records_dropped_total") == 0)
        #expect(final.sum("martlet_conservation_error") == 0)
        // Nobody had to send anything again on the off-chance.
        #expect(final.sum("martlet_output_uncertain_records_total") == 0)
        for (output, texts) in try await site.stored() {
            for (source, count) in counts { account(texts, source, count, at: output) }
        }
    }

    private func account(_ texts: [String], _ source: String, _ count: Int, at output: String) {
        let own = texts.filter { NumberedLines.number($0, of: source) != nil }
        let (lost, twice) = NumberedLines.account(own.compactMap { NumberedLines.number($0, of: source) }, of: count)
        #expect(lost.isEmpty, "\(output) lost \(lost.count) of \(count) of \(source): \(lost.prefix(5))")
        #expect(twice.isEmpty, "\(output) has \(twice.count) of \(source) twice: \(twice.prefix(5))")
        guard source.hasSuffix("traces") else { return }
        let torn = own.filter { !$0.contains("IllegalStateException") || !$0.contains("App.run") }
        #expect(torn.isEmpty, "\(output) has \(torn.count) torn traces of \(source): \(torn.prefix(2))")
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
