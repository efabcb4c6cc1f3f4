import Objectives
import RecordPath
import TestSupport
import Testing

@Suite struct BacktestTests {
    private static let start: Int64 = 20_000 * 86_400_000

    /// An hour of health, ten minutes of 15% errors, an hour of health; 20 events a slot of 15 s.
    private static func events() -> [(time: Int64, isBad: Bool)] {
        (0..<(130 * 4)).flatMap { slot in
            let isIncident = slot >= 240 && slot < 280
            return (0..<20).map { (start + Int64(slot) * 15_000 + Int64($0) * 700, isIncident && $0 < 3) }
        }
    }

    @Test func `An incident fires and resolves when the agent would have told of it`() throws {
        var backtest = Backtest(SLOSet([try .sample()]))
        let number = backtest.number(slo: 0, service: "checkout")
        for event in Self.events() { backtest.add(event.isBad ? .bad : .good, to: number, at: event.time) }
        let report = backtest.run()
        let fast = try #require(report.firings.first { $0.tier == .fast })
        #expect(isTimely((fast.firedAt.wall - Self.start) / 1_000 - 3_600, 345.6))
        let resolved = try #require(fast.resolvedAt)
        #expect(isTimely((resolved.wall - Self.start) / 1_000 - 3_600, 871.2))
        // 3 of 20 in each of k slots, behind 240 healthy ones: 3k > 0.6% of 20 (240 + k) from k = 11 on; and of the 120
        // slots of half an hour at most 4 may be bad.
        let medium = try #require(report.jsonLines.first)
        let times = #""fired_at":"2024-10-04T01:02:45Z","resolved_at":"2024-10-04T01:39:00Z"}"#
        #expect(medium == #"{"sloth_id":"checkout-availability","tier":"medium","# + times)
        let summary = try #require(report.jsonLines.last)
        #expect(
            summary.hasPrefix(
                #"{"sloth_id":"checkout-availability","summary":{"good":10280,"bad":120,"error_ratio":0.0115"#
            )
        )
        #expect(summary.contains(#""burn_rate":{"5m":0.0,"#) && summary.contains(#""30d":11.53"#))
    }

    @Test func `The order in which files are read makes no difference`() throws {
        var random = SeededGenerator(seed: 1)
        let slos = [try SLO.sample(), try SLO.sample("99", name: "loose", service: "*")]
        let reports = (0..<3).map { _ in
            var backtest = Backtest(SLOSet(slos))
            let numbers = [backtest.number(slo: 0, service: "checkout"), backtest.number(slo: 1, service: "cart")]
            for event in Self.events().shuffled(using: &random) {
                for number in numbers { backtest.add(event.isBad ? .bad : .good, to: number, at: event.time) }
            }
            return backtest.run().jsonLines
        }
        #expect(reports[0] == reports[1] && reports[1] == reports[2])
        #expect(reports[0].count > 2)
    }

    @Test func `Skipping quiet time gives what evaluating every slot gives`() throws {
        var random = SeededGenerator(seed: 9)
        for _ in 0..<30 {
            let slo = try SLO.sample("99.5", minimumBad: UInt64.random(in: 1...20, using: &random))
            var backtest = Backtest(SLOSet([slo]))
            var slots: [Int64: EventCounts] = [:]
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                let slot = Int64.random(in: 0...(12 * 5_760), using: &random)
                slots[slot] = EventCounts(
                    good: UInt64.random(in: 0...40, using: &random),
                    bad: UInt64.random(in: 0...15, using: &random)
                )
            }
            for (slot, counts) in slots {
                for _ in 0..<counts.good { backtest.add(.good, to: 0, at: Self.start + slot * 15_000) }
                for _ in 0..<counts.bad { backtest.add(.bad, to: 0, at: Self.start + slot * 15_000) }
            }
            #expect(backtest.run().firings == Self.everySlot(slo, slots))
        }
    }

    private static func everySlot(_ slo: SLO, _ slots: [Int64: EventCounts]) -> [BacktestReport.Firing] {
        let used = slots.filter { $0.value.total > 0 }
        guard let first = used.keys.min(), let last = used.keys.max() else { return [] }
        var tracker = ObjectiveTracker(slo: slo, service: "checkout", now: Moment(wall: start + first * 15_000))
        var firings: [BacktestReport.Firing] = []
        for slot in first...last {
            let now = Moment(wall: start + (slot + 1) * 15_000)
            tracker.advance(to: now, isObserved: true)
            if let counts = used[slot] { tracker.add(good: counts.good, bad: counts.bad, at: start + slot * 15_000) }
            for event in tracker.evaluate(at: now) {
                switch event.action {
                case .fire(let at):
                    firings.append(.init(slothID: event.slothID, tier: event.tier, firedAt: at, resolvedAt: nil))
                case .resolve(let firedAt, let endedAt):
                    let index = firings.firstIndex { $0.tier == event.tier && $0.firedAt == firedAt }
                    if let index { firings[index].resolvedAt = endedAt }
                }
            }
        }
        for index in firings.indices {
            if case .ending(firings[index].firedAt, let endedAt) = tracker.alert(firings[index].tier).phase {
                firings[index].resolvedAt = endedAt
            }
        }
        let order = Tier.allCases
        return firings.sorted {
            ($0.firedAt.wall, order.firstIndex(of: $0.tier) ?? 0) < (
                $1.firedAt.wall, order.firstIndex(of: $1.tier) ?? 0
            )
        }
    }

    @Test func `Times from one end of the calendar to the other are replayed in an instant`() throws {
        var backtest = Backtest(SLOSet([try .sample()]))
        for time in [Int64(0), 9_000_000_000_000, 1_700_000_000_000, .max, .min] { backtest.add(.bad, to: 0, at: time) }
        #expect(backtest.run().summaries.first?.reading.bad == 5)
    }

    @Test func `Without records there is nothing to report`() throws {
        var backtest = Backtest(SLOSet([try .sample()]))
        #expect(backtest.run().jsonLines.isEmpty)
    }
}
