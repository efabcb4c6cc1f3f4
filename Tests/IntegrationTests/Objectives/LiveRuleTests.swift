import Foundation
import TestSupport
import Testing

/// The generated rules over the scrapes of live agents.
@Suite(.serialized, .enabled(if: HistoryPrometheus.canRun, "prometheus or promtool is not installed"))
struct LiveRuleTests {
    private static let windows = ["5m", "30m", "1h", "2h", "6h"]

    @Test(.timeLimit(.minutes(3)))
    func `Prometheus' rules over a live agent's scrapes give what the agent says, ratios and alerts`() async throws {
        let agent = try ObjectiveAgent()
        defer { agent.remove() }
        try agent.start()
        let prometheus = try await RealPrometheus(scraping: agent.port, folder: agent.folder)
        defer { prometheus.stop() }
        // A counter that is there at zero has no increase that rules could miss.
        try #require(await eventuallyAsync { try await prometheus.series("martlet_slo_events_total == 0") == 2 })
        try agent.append(ObjectiveAgent.requests(good: 900, bad: 100))
        _ = try #require(await agent.scrape(showing: 1_000))
        for window in Self.windows {
            let agentRatio = "martlet_slo_error_ratio{window=\"\(window)\"}"
            let quotient = "slo:sli_error:ratio_rate\(window) / on (sloth_id) \(agentRatio)"
            let isClose = "abs(\(quotient) - 1) < 0.01 and on (sloth_id) \(agentRatio) == 0.1"
            #expect(try await eventuallyAsync { try await prometheus.series(isClose) == 1 }, "\(window)")
        }
        for (tier, isFiring) in [("fast", 1), ("medium", 1), ("slow", 0), ("trickle", 0)] {
            let labels = "sloth_id=\"shop-availability\",burnrate_tier=\"\(tier)\",alertstate=\"firing\""
            let rule = "ALERTS{\(labels)}"
            #expect(try await eventuallyAsync { try await prometheus.series(rule) == isFiring }, "\(tier)")
            let own = "martlet_slo_alert_active{tier=\"\(tier)\"} == \(isFiring)"
            #expect(try await prometheus.series(own) == 1, "\(tier)")
        }
        #expect(agent.stop() == 0)
    }

    /// The counters are those of three real agents; the scrapes are put a minute apart, so that none of the rates is
    /// stretched for a moment at which its agent happened to be asked.
    @Test(.timeLimit(.minutes(3)))
    func `The rules over two agents' counters give exactly what they give over one on the merged log`() async throws {
        let agents = try (0..<3).map { _ in try ObjectiveAgent() }
        defer { agents.forEach { $0.remove() } }
        let names = [("a", "fleet"), ("b", "fleet"), ("c", "merged")]
        for agent in agents { try agent.start() }
        var counts = [0, 0, 0]
        let start: Int64 = 20_000 * 86_400
        var lines: [String] = []
        // An idle host that fails half of the time beside a busy one that hardly ever does (T14), and more of the kind.
        let rounds = [[(0, 0), (0, 0)], [(999, 1), (5, 5)], [(200, 40), (0, 3)], [(0, 0), (700, 1)]]
        for (minute, round) in rounds.enumerated() {
            for (index, (good, bad)) in round.enumerated() {
                let requests = ObjectiveAgent.requests(good: good, bad: bad)
                for number in [index, 2] {
                    try agents[number].append(requests)
                    counts[number] += requests.count
                }
            }
            if minute == 2 {
                agents[0].kill9()
                try agents[0].start()
            }
            for (number, agent) in agents.enumerated() {
                let scrape = try #require(await agent.scrape(showing: counts[number]), "\(names[number])")
                lines += Self.samples(scrape, names[number], start + Int64(minute * 60))
            }
        }
        for agent in agents { #expect(agent.stop() == 0) }
        try await Self.compare(lines, over: start...start + Int64(rounds.count - 1) * 60, folder: agents[0].folder)
    }

    private static func samples(_ scrape: MetricsScrape, _ name: (String, String), _ time: Int64) -> [String] {
        ["good", "bad"].map { outcome in
            let value = Int(scrape.sum("martlet_slo_events_total", "outcome=\"\(outcome)\""))
            let identity = "sloth_id=\"\(name.1)\",sloth_service=\"shop\",sloth_slo=\"\(name.1)\""
            let labels = "instance=\"\(name.0)\",outcome=\"\(outcome)\",\(identity)"
            return "martlet_slo_events_total{\(labels)} \(value) \(time)\n"
        }
    }

    private static func compare(_ lines: [String], over seconds: ClosedRange<Int64>, folder: String) async throws {
        let text = "# TYPE martlet_slo_events counter\n" + lines.joined() + "# EOF\n"
        let prometheus = try await HistoryPrometheus(text, folder: folder)
        defer { prometheus.stop() }
        let rules = try RecordedSeries()
        let sums = ["slo:sli_bad:rate5m", "slo:sli_total:rate5m"]
        let ratios = windows.map { "slo:sli_error:ratio_rate\($0)" }
        for series in sums + ratios {
            for second in stride(from: seconds.lowerBound + 60, through: seconds.upperBound, by: 60) {
                let values = try await prometheus.values(rules.expanded(series), at: second)
                let fleet = try #require(values["fleet"], "\(series)")
                let merged = try #require(values["merged"], "\(series)")
                #expect(abs(fleet - merged) <= merged * 1e-12, "\(series)")
                #expect(fleet > 0)
            }
        }
    }
}
