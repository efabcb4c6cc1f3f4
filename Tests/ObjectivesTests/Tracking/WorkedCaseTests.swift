import Objectives
import Testing

/// The worked cases of the burn-rate method: times from the formulas of the Google SRE Workbook, chapter 5.
@Suite struct WorkedCaseTests {
    @Test func `T1: a total outage pages after 2% of the budget`() throws {
        var scenario = Scenario(try .sample())
        scenario.run(until: 60, good: 0, bad: 10_000)
        let spent = 1 - (scenario.tracker.budgetRemaining ?? 0)
        #expect(spent >= 0.02 && spent < 0.024)
        scenario.run(until: 600, good: 0, bad: 10_000)
        #expect(isTimely(scenario.fired[.fast], 51.84))
        #expect(isTimely(scenario.fired[.medium], 129.6))
        #expect(isTimely(scenario.fired[.slow], 259.2))
        #expect(isTimely(scenario.fired[.trickle], 259.2))
        scenario.run(until: 2_580, good: 0, bad: 10_000)
        #expect((scenario.tracker.budgetRemaining ?? 0) > 0)
        scenario.run(until: 2_610, good: 0, bad: 10_000)
        #expect((scenario.tracker.budgetRemaining ?? 0) < 0, "43 min 12 s of outage are the whole budget")
    }

    @Test func `T2: one request in ten fails`() throws {
        var scenario = Scenario(try .sample())
        scenario.run(until: 3_000, good: 9_000, bad: 1_000)
        #expect(isTimely(scenario.fired[.fast], 518.4))
        #expect(isTimely(scenario.fired[.medium], 1_296))
        #expect(isTimely(scenario.fired[.slow], 2_592))
        #expect(isTimely(scenario.fired[.trickle], 2_592))
    }

    @Test func `T3: exactly at the threshold the fast tier stays silent, as it compares exactly and strictly`() throws {
        var scenario = Scenario(try .sample())
        scenario.run(until: 4 * 3_600, good: 10_000 - 144, bad: 144)
        #expect(scenario.fired[.fast] == nil)
        #expect(isTimely(scenario.fired[.medium], 9_000))
        scenario.run(until: 6 * 3_600, good: 10_000 - 145, bad: 145)
        #expect(scenario.fired[.fast] != nil, "one event more in ten thousand is above it")
    }

    @Test func `T4: an incident of ten minutes clears when the short window forgets it, and is held`() throws {
        var scenario = Scenario(try .sample())
        scenario.run(until: 600, good: 8_500, bad: 1_500)
        #expect(isTimely(scenario.fired[.fast], 345.6))
        scenario.run(until: 1_170, good: 10_000, bad: 0)
        #expect(scenario.ended[.fast] == nil, "the hold of five minutes is not over")
        #expect(scenario.tracker.alert(.fast).isActive)
        scenario.run(until: 1_200, good: 10_000, bad: 0)
        #expect(isTimely(scenario.ended[.fast], 871.2))
        #expect(!scenario.tracker.alert(.fast).isActive)
    }

    @Test func `T6: one failure in an hour of ten requests is 100 times the budget, and pages only without a guard`()
        throws
    {
        for (minimumBad, pages) in [(UInt64(5), false), (1, true)] {
            var scenario = Scenario(try .sample(minimumBad: minimumBad), eventsPerSlot: 0)
            // A request every six minutes for 30 days; the last one fails.
            scenario = Self.hourly(scenario, until: 30 * 86_400 - 360)
            scenario.run(until: scenario.second + 15, good: 0, bad: 1)
            let tracker = scenario.tracker
            #expect(tracker.slo.budget.burnRate(tracker.ladder.counts(.oneHour)) == 100)
            #expect(tracker.slo.budget.burnRate(tracker.ladder.counts(.fiveMinutes)) == 1_000)
            let spent = 1 - (tracker.budgetRemaining ?? 0)
            #expect(abs(spent - 1 / 7.2) < 0.001, "13.9% of the budget of 7.2 events")
            #expect((scenario.fired[.fast] != nil) == pages)
        }
    }

    private static func hourly(_ scenario: Scenario, until end: Int64) -> Scenario {
        var scenario = scenario
        while scenario.second < end {
            scenario.run(until: scenario.second + 15, good: 1, bad: 0)
            scenario.run(until: scenario.second + 345, good: 0, bad: 0)
        }
        return scenario
    }

    @Test func `T7: at 90% the fast tier is left out and the medium one pages`() throws {
        let slo = try SLO.sample("90")
        #expect(slo.tiers.rules.map(\.tier) == [.medium, .slow, .trickle])
        var scenario = Scenario(slo)
        scenario.run(until: 8 * 3_600, good: 0, bad: 10_000)
        #expect(scenario.fired[.fast] == nil)
        #expect(isTimely(scenario.fired[.medium], 12_960))
        // Their windows are up to a slot of five minutes longer, three tenths and a tenth of which must fail too.
        #expect(abs(Double(scenario.fired[.slow] ?? 0) - 25_920) <= 300)
        #expect(abs(Double(scenario.fired[.trickle] ?? 0) - 25_920) <= 300)
        let hour = EventCounts(good: 2_400_000 * 719, bad: 2_400_000)
        #expect(abs(1 - (slo.budget.remaining(hour) ?? 0) - 0.0139) < 0.0001, "an hour is 1.39% of the budget")
    }

    @Test func `T12: the period's burn rate weighs events, not windows`() throws {
        var scenario = Scenario(try .sample(), healthySeconds: 0)
        for day in Int64(0)..<30 {
            scenario.run(until: day * 86_400 + 36_000, good: 1_497, bad: 3)
            scenario.run(until: (day + 1) * 86_400, good: 15, bad: 0)
        }
        let tracker = scenario.tracker
        let burn = try #require(tracker.slo.budget.burnRate(tracker.ladder.counts(.period)))
        #expect(abs(burn - 1.9724) < 0.0001)
        #expect(abs((tracker.budgetRemaining ?? 0) + 0.9724) < 0.0001)
    }

    @Test func `T13: a window without requests has no ratio, and spoils no other`() throws {
        var scenario = Scenario(try .sample(), healthySeconds: 86_400)
        scenario.run(until: 3_600, good: 9_990, bad: 10)
        scenario.run(until: 3_900, good: 0, bad: 0)
        let reading = scenario.tracker.reading(at: Scenario.moment(scenario.second))
        let short = try #require(reading.windows.first)
        #expect(short.errorRatio == nil && short.burnRate == nil)
        #expect(short.coverage == 1, "nothing happened, but somebody watched")
        for window in reading.windows.dropFirst() {
            #expect(window.burnRate.map { $0.isFinite && $0 > 0 } == true)
        }
        #expect(reading.budgetRemaining.map(\.isFinite) == true)
        #expect(!reading.json.contains("nan"))
    }

    @Test func `T14: the burn rate of two hosts is that of their events together`() throws {
        let slo = try SLO.sample()
        let first = EventCounts(good: 999, bad: 1)
        let second = EventCounts(good: 5, bad: 5)
        let fleet = try #require(slo.budget.burnRate(first + second))
        #expect(abs(fleet - 5.9406) < 0.0001)
        let mean = ((slo.budget.burnRate(first) ?? 0) + (slo.budget.burnRate(second) ?? 0)) / 2
        #expect(abs(mean - 250.5) < 0.0001, "which the average is not")
    }

    @Test func `T16: with six hours of history no ticket comes of a window that is mostly unknown`() throws {
        var scenario = Scenario(try .sample(), healthySeconds: 6 * 3_600)
        scenario.run(until: 240, good: 9_000, bad: 1_000)
        let tracker = scenario.tracker
        let rule = try #require(tracker.plan.rules.first { $0.tier == .trickle })
        #expect(tracker.slo.budget.isExceeded(by: tracker.ladder.counts(.threeDays), factor: rule.factor))
        #expect(tracker.slo.budget.isExceeded(by: tracker.ladder.counts(.sixHours), factor: rule.factor))
        scenario.run(until: 3_600, good: 9_000, bad: 1_000)
        #expect(scenario.fired[.slow] == nil && scenario.fired[.trickle] == nil)
        #expect(isTimely(scenario.fired[.fast], 518.4), "pages come all the same")
        scenario.run(until: 7 * 3_600, good: 9_000, bad: 1_000)
        #expect(scenario.fired[.slow] != nil, "half of the day is known now")
    }
}
