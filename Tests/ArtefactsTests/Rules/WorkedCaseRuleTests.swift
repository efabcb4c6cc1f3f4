import Artefacts
import Objectives
import Testing

/// The worked cases of the burn-rate method in the rules that `martlet generate alerts` makes: times from the formulas of
/// the Google SRE Workbook, chapter 5, as for the agent itself.
@Suite(.serialized, .enabled(if: Tool.isInstalled("promtool"), "promtool is not installed"))
struct WorkedCaseRuleTests {
    /// A little more than six hours, and than three days.
    private static let sixHours = 6 * 3_600 + 300
    private static let threeDays = 76 * 3_600

    @Test func `T1: a total outage pages after 52 s`() async throws {
        var replay = RuleReplay(healthySeconds: Self.sixHours)
        replay.run(until: 300, good: 0, bad: 100)
        replay.expectFires(.fast, at: 51.84)
        replay.expectFires(.medium, at: 129.6)
        try await replay.check()
    }

    @Test func `T1: a total outage makes tickets after 259 s`() async throws {
        var replay = RuleReplay(healthySeconds: Self.threeDays, step: 60, evaluation: 300)
        replay.run(until: 1_200, good: 0, bad: 100)
        replay.expectFires(.slow, at: 259.2)
        replay.expectFires(.trickle, at: 259.2)
        try await replay.check()
    }

    @Test func `T2: one request in ten fails`() async throws {
        var pages = RuleReplay(healthySeconds: Self.sixHours, step: 30, evaluation: 30)
        pages.run(until: 1_500, good: 90, bad: 10)
        pages.expectFires(.fast, at: 518.4)
        pages.expectFires(.medium, at: 1_296)
        try await pages.check()
        var tickets = RuleReplay(healthySeconds: Self.threeDays, step: 60, evaluation: 300)
        tickets.run(until: 3_600, good: 90, bad: 10)
        tickets.expectFires(.slow, at: 2_592)
        tickets.expectFires(.trickle, at: 2_592)
        try await tickets.check()
    }

    /// Rates are floating-point numbers: whatever the traffic, none may be a little above what it is.
    @Test(arguments: [1, 3, 7]) func `T3: exactly at the threshold the fast tier stays silent`(scale: Int) async throws
    {
        var replay = RuleReplay(healthySeconds: Self.sixHours, good: 10_000 * scale, step: 60, evaluation: 60)
        replay.run(until: 3 * 3_600, good: 9_856 * scale, bad: 144 * scale)
        replay.expectNever(.fast, until: 3 * 3_600)
        replay.expectFires(.medium, at: 9_000)
        replay.run(until: 5 * 3_600, good: 9_855 * scale, bad: 145 * scale)
        replay.expect(RuleReplay.firing(.fast), at: 5 * 3_600, is: 1)
        try await replay.check()
    }

    @Test func `T4: an incident of ten minutes clears when the short window forgets it, and is held`() async throws {
        var replay = RuleReplay(healthySeconds: Self.sixHours)
        replay.run(until: 600, good: 85, bad: 15)
        replay.run(until: 1_260, good: 100, bad: 0)
        replay.expectFires(.fast, at: 345.6)
        // The condition ends at 871.2 s; five minutes of hold.
        replay.expect(RuleReplay.firing(.fast), at: 1_170, is: 1)
        replay.expect(RuleReplay.firing(.fast), at: 1_215, is: nil)
        replay.expectNever(.medium, until: 1_260)
        try await replay.check()
    }

    @Test func `T4: without a hold it is over as soon as the condition is`() async throws {
        var replay = RuleReplay(healthySeconds: 3_900)
        replay.run(until: 600, good: 85, bad: 15)
        replay.run(until: 960, good: 100, bad: 0)
        replay.expect(RuleReplay.firing(.fast), at: 855, is: 1)
        replay.expect(RuleReplay.firing(.fast), at: 900, is: nil)
        try await replay.check(Self.blueprint("{hold: {fast: 0s}}"))
    }

    @Test(arguments: [(5, false), (1, true)])
    func `T6: one failure in an hour of ten requests is 100 times the budget, and pages only without a guard`(
        minimumBad: Int,
        pages: Bool
    ) async throws {
        var replay = RuleReplay(healthySeconds: 0)
        // A request every six minutes; the last one fails.
        for request in 1...20 {
            replay.run(until: request * 360 - 15, good: 0, bad: 0)
            replay.run(until: request * 360, good: request < 20 ? 1 : 0, bad: request < 20 ? 0 : 1)
        }
        let ratio = { (window: String) in "sum(round(slo:sli_error:ratio_rate\(window) / 0.001, 0.000001))" }
        replay.expect(ratio("1h"), at: 7_200, is: 100)
        replay.expect(ratio("5m"), at: 7_200, is: 1_000)
        replay.expect(RuleReplay.firing(.fast), at: 7_200, is: pages ? 1 : nil)
        try await replay.check(Self.blueprint("{min_bad: \(minimumBad)}"))
    }

    @Test func `T7: at 90% the fast tier never pages, the medium one does after 3 h 36 min`() async throws {
        var replay = RuleReplay("0.9", healthySeconds: Self.sixHours, step: 60, evaluation: 60)
        replay.run(until: 4 * 3_600, good: 0, bad: 100)
        replay.expectFires(.medium, at: 12_960)
        replay.expectNever(.fast, until: 4 * 3_600)
        try await replay.check()
    }

    @Test func `T7: at 90% tickets come after 7 h 12 min`() async throws {
        var replay = RuleReplay("0.9", healthySeconds: Self.threeDays, step: 60, evaluation: 300)
        replay.run(until: 27_000, good: 0, bad: 100)
        replay.expectFires(.slow, at: 25_920)
        replay.expectFires(.trickle, at: 25_920)
        replay.expectNever(.fast, until: 27_000)
        try await replay.check()
    }

    @Test func `T12: the period's burn rate weighs events, not windows`() async throws {
        var replay = RuleReplay(healthySeconds: 0, step: 60, evaluation: 1_800)
        for day in 0..<30 {
            replay.run(until: day * 86_400 + 36_000, good: 5_988, bad: 12)
            replay.run(until: (day + 1) * 86_400, good: 60, bad: 0)
        }
        replay.expect("sum(round(slo:period_burn_rate:ratio, 0.0001))", at: 30 * 86_400, is: 1.9724)
        replay.expect("sum(round(slo:period_error_budget_remaining:ratio, 0.0001))", at: 30 * 86_400, is: -0.9724)
        try await replay.check()
    }

    @Test func `T13: a window without requests has no ratio, and spoils no other`() async throws {
        var replay = RuleReplay(healthySeconds: 0)
        replay.run(until: 3_600, good: 999, bad: 1)
        replay.run(until: 4_200, good: 0, bad: 0)
        replay.run(until: 7_800, good: 999, bad: 1)
        replay.expect("count(slo:sli_error:ratio_rate5m)", at: 3_600, is: 1)
        replay.expect("count(slo:sli_error:ratio_rate5m)", at: 3_900, is: nil)
        replay.expect("count(slo:current_burn_rate:ratio)", at: 3_915, is: nil)
        for window in ["30m", "1h", "2h", "6h", "1d", "3d", "30d"] {
            let burn = "sum(round(slo:sli_error:ratio_rate\(window) / 0.001, 0.000001))"
            for second in [4_200, 7_800] { replay.expect(burn, at: second, is: 1) }
        }
        replay.expect("sum(round(slo:period_burn_rate:ratio, 0.000001))", at: 7_800, is: 1)
        try await replay.check()
    }

    @Test func `T14: the burn rate of two hosts is that of their events together`() async throws {
        var replay = RuleReplay(healthySeconds: 0, agents: 2)
        replay.run(until: 300, good: 999, bad: 1, agent: 0)
        replay.run(until: 300, good: 5, bad: 5, agent: 1)
        replay.expect("sum(round(slo:current_burn_rate:ratio, 0.0001))", at: 300, is: 5.9406)
        replay.expect("count(slo:current_burn_rate:ratio)", at: 300, is: 1)
        try await replay.check()
    }

    @Test func `T16: with six hours of history no ticket comes of a window that is mostly unknown`() async throws {
        var replay = RuleReplay(healthySeconds: 6 * 3_600, step: 30, evaluation: 30)
        replay.run(until: 3_600, good: 90, bad: 10)
        for window in ["6h", "3d"] {
            replay.expect("count(slo:sli_error:ratio_rate\(window) > 0.001)", at: 600, is: 1)
        }
        replay.expectNever(.slow, until: 3_600)
        replay.expectNever(.trickle, until: 3_600)
        replay.expectFires(.fast, at: 518.4)
        try await replay.check()
    }

    @Test func `A gap in the scrapes gives no number that is none, and no ratio that is wrong`() async throws {
        var replay = RuleReplay(healthySeconds: 0)
        replay.run(until: 3_600, good: 998, bad: 2)
        replay.pause(until: 4_800)
        replay.run(until: 6_000, good: 998, bad: 2)
        replay.expect("count(slo:sli_error:ratio_rate5m)", at: 4_500, is: nil)
        for window in ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"] {
            let burn = "sum(round(slo:sli_error:ratio_rate\(window) / 0.001, 0.000001))"
            replay.expect(burn, at: 6_000, is: 2)
        }
        try await replay.check()
    }

    private static func blueprint(_ alert: String) throws -> Blueprint {
        try Blueprints.reading(
            """
            slos:
              - {name: availability, service: checkout, objective: 99.9, sli: {bad: 'status >= 500'}, alert: \(alert)}
            """
        )
    }
}
