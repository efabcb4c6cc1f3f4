import Objectives
import Testing

@Suite struct ObjectiveTrackerTests {
    @Test func `A calendar month begins anew on the first`() throws {
        // 2024-10-04 is 20,000 days after 1970.
        var scenario = Scenario(try .sample(period: .calendarMonth), healthySeconds: 86_400, eventsPerSlot: 100)
        scenario.run(until: 3_600, good: 0, bad: 100)
        #expect(scenario.tracker.ladder.counts(.period).bad == 24_000)
        scenario.run(until: 27 * 86_400, good: 100, bad: 0)
        #expect(scenario.tracker.ladder.counts(.period).bad == 24_000)
        scenario.run(until: 28 * 86_400 + 3_600, good: 100, bad: 0)
        #expect(scenario.tracker.ladder.counts(.period) == EventCounts(good: 24_000, bad: 0, coveredMillis: 3_600_000))
        #expect(scenario.tracker.budgetRemaining == 1)
    }

    @Test func `Time to exhaustion is what the budget lasts at the last hour's rate`() throws {
        var scenario = Scenario(try .sample(), eventsPerSlot: 10_000)
        let now = { (scenario: Scenario) in Scenario.moment(scenario.second) }
        #expect(scenario.tracker.exhaustionSeconds(at: now(scenario)) == .infinity)
        scenario.run(until: 3_600, good: 9_980, bad: 20)
        let left = try #require(scenario.tracker.exhaustionSeconds(at: now(scenario)))
        // Twice the allowed rate from a nearly full budget: half the period.
        #expect(abs(left / 86_400 - 15) < 0.1)
        scenario.run(until: 24 * 3_600, good: 9_000, bad: 1_000)
        #expect(scenario.tracker.exhaustionSeconds(at: now(scenario)) == 0)
        #expect((scenario.tracker.budgetRemaining ?? 0) < 0)
        scenario.run(until: 26 * 3_600, good: 0, bad: 0)
        #expect(scenario.tracker.exhaustionSeconds(at: now(scenario)) == nil, "an hour without events tells nothing")
    }

    @Test func `An alert goes on through a gap in which nobody watched`() throws {
        var scenario = Scenario(try .sample())
        scenario.run(until: 600, good: 0, bad: 10_000)
        var tracker = scenario.tracker
        #expect(tracker.alert(.fast).isActive)
        tracker.advance(to: Scenario.moment(1_200), isObserved: false)
        #expect(tracker.evaluate(at: Scenario.moment(1_200)).isEmpty)
        #expect(tracker.alert(.fast).phase == .firing(since: tracker.alert(.fast).firedAt ?? Scenario.moment(0)))
        // Watching again, with the errors gone, it ends.
        tracker.advance(to: Scenario.moment(1_500), isObserved: true)
        tracker.add(good: 200_000, bad: 0, at: Scenario.moment(1_490).steady)
        #expect(tracker.evaluate(at: Scenario.moment(1_500)).isEmpty)
        tracker.advance(to: Scenario.moment(1_800), isObserved: true)
        let events = tracker.evaluate(at: Scenario.moment(1_800))
        #expect(events.first?.tier == .fast)
        guard case .resolve(_, let endedAt)? = events.first?.action else {
            Issue.record("the alert has not ended")
            return
        }
        #expect(endedAt == Scenario.moment(1_500))
    }

    @Test func `A reading says in JSON what there is, and null where there is nothing`() throws {
        var scenario = Scenario(try .sample(), healthySeconds: 0)
        #expect(scenario.tracker.reading(at: Scenario.moment(0)).json.contains(#""burn_rate":{"5m":null,"30m":null"#))
        scenario.run(until: 3_600, good: 999, bad: 1)
        let json = scenario.tracker.reading(at: Scenario.moment(3_600)).json
        #expect(
            json.hasPrefix(
                #"{"sloth_id":"checkout-availability","service":"checkout","slo":"availability","objective":99.9,"#
            )
        )
        #expect(
            json.contains(#""burn_rate":{"5m":1.0,"30m":1.0,"1h":1.0,"2h":1.0,"6h":1.0,"1d":1.0,"3d":1.0,"30d":1.0}"#)
        )
        #expect(json.contains(#""budget_remaining":0.0"#))
    }
}
