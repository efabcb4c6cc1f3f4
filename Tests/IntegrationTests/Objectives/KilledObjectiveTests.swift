import Foundation
import TestSupport
import Testing

/// SLOs of a live agent over kill -9, lines from other times, and lines that do not count.
@Suite struct KilledObjectiveTests {
    @Test(.timeLimit(.minutes(3)))
    func `Killed again and again, every request is one event, in the counters and in the windows`() async throws {
        let agent = try ObjectiveAgent()
        defer { agent.remove() }
        let requests = try NumberedLines(file: agent.log, linesPerSecond: 1_000) {
            NumberedLines.request($0, of: "requests")
        }
        var random = SeededGenerator(seed: 7)
        var last: MetricsScrape?
        for round in 0..<12 {
            try agent.start()
            // The state is written every five seconds: some kills come before, some after.
            let isLong = round % 4 == 3
            let millis =
                isLong ? Int.random(in: 5_000...6_500, using: &random) : Int.random(in: 100...1_500, using: &random)
            let end = ContinuousClock.now + .milliseconds(millis)
            while ContinuousClock.now < end {
                if let scrape = await agent.scrape() {
                    if let last { #expect(scrape.wentBack(since: last) == [], "round \(round)") }
                    last = scrape
                }
                try await Task.sleep(for: .milliseconds(50))
            }
            agent.kill9()
        }
        let count = requests.stop()
        try agent.start()
        let scrape = try #require(await agent.scrape(showing: count), "\(count) requests, not as many events")
        if let last { #expect(scrape.wentBack(since: last) == []) }
        let bad = (0..<count).count { $0 % 10 == 0 }
        #expect(scrape.sum("martlet_slo_events_total", "outcome=\"bad\"") == Double(bad))
        #expect(scrape.sum("martlet_requests_total") == Double(count))
        for window in ["1h", "2h", "6h", "1d", "3d", "30d"] {
            let ratio = scrape.sum("martlet_slo_error_ratio", "window=\"\(window)\"")
            #expect(ratio == Double(bad) / Double(count), "\(window)")
        }
        #expect(agent.stop() == 0)
    }

    @Test func `Lines from hours and years away and a time without the agent leave every figure finite and right`()
        async throws
    {
        let agent = try ObjectiveAgent()
        defer { agent.remove() }
        let now = Int(Date().timeIntervalSince1970)
        let year = 365 * 86_400
        let lines = [0, -3_600, 3_600, -10 * year, 10 * year].flatMap { offset in
            [200, 200, 200, 503].map { #"{"time":\#(now + offset),"status":\#($0)}"# }
        }
        try agent.append(lines)
        try agent.start()
        let before = try #require(await agent.scrape(showing: 20))
        agent.kill9()
        try await Task.sleep(for: .seconds(2))
        try agent.start()
        try agent.append(ObjectiveAgent.requests(good: 3, bad: 1))
        let after = try #require(await agent.scrape(showing: 24))
        for scrape in [before, after] {
            let figures = scrape.values.filter { $0.key.hasPrefix("martlet_slo_") }
            #expect(!figures.isEmpty)
            for (series, value) in figures where !series.hasPrefix("martlet_slo_error_budget_exhaustion") {
                #expect(value.isFinite, "\(series)")
            }
            for window in ["5m", "1h", "6h", "30d"] {
                #expect(scrape.sum("martlet_slo_error_ratio", "window=\"\(window)\"") == 0.25, "\(window)")
            }
        }
        #expect(after.wentBack(since: before) == [])
        // Years ago is late; what claims to come is taken as of now.
        #expect(after.sum("martlet_slo_late_events_total") >= 4)
        #expect(after.sum("martlet_slo_window_coverage_ratio", "window=\"1h\"") < 0.1)
    }

    @Test func `What a rule drops counts for no SLO, what a filter drops has counted`() async throws {
        let agent = try ObjectiveAgent(
            """
            redact: {rules: [{name: probe, pattern: 'PROBE-[0-9]+', action: drop_record}]}
            filter: [{drop: 'route == "/healthz"'}]

            """
        )
        defer { agent.remove() }
        try agent.append(
            ObjectiveAgent.requests(good: 3, bad: 2)
                + Array(repeating: #"{"status":503,"message":"PROBE-17"}"#, count: 5)
                + Array(repeating: #"{"status":503,"path":"/healthz"}"#, count: 4)
        )
        try agent.start()
        let scrape = try #require(await agent.scrape(showing: 9))
        #expect(scrape.sum("martlet_slo_events_total", "outcome=\"bad\"") == 6)
        #expect(scrape.sum("martlet_records_read_total") == 14)
        #expect(agent.stop() == 0)
    }
}
