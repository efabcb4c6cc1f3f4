import Objectives
import Testing

@Suite struct LadderTests {
    private static let start: Int64 = 20_000 * 86_400_000

    @Test func `Slots take less than 40 KiB at 30 days and 60 KiB at 90 and beyond`() {
        for (days, limit) in [(Int64(1), 40), (7, 40), (28, 40), (30, 40), (90, 60), (366, 60)] {
            let ladder = Ladder(period: .rolling(seconds: days * 86_400), now: Self.start)
            #expect(ladder.slotBytes < limit * 1_024, "\(days)d")
        }
        #expect(Ladder(period: .calendarMonth, now: Self.start).slotBytes < 40 * 1_024)
    }

    @Test func `A late event falls into the slot of its time`() {
        var ladder = Ladder(period: .standard, now: Self.start)
        ladder.advance(to: Self.start + 7_200_000, isObserved: true)
        #expect(ladder.add(good: 0, bad: 1, at: ladder.now - 2_000_000) == .timely)
        #expect(ladder.counts(.fiveMinutes).bad == 0)
        #expect(ladder.counts(.thirtyMinutes).bad == 0)
        #expect(ladder.counts(.oneHour).bad == 1)
        #expect(ladder.add(good: 0, bad: 2, at: ladder.now - 3_700_000) == .late)
        #expect(ladder.counts(.oneHour).bad == 1)
        #expect(ladder.counts(.twoHours).bad == 3)
        #expect(ladder.lateEvents == 2)
        #expect(ladder.add(good: 0, bad: 4, at: ladder.now - 40 * 86_400_000) == .late)
        #expect(ladder.counts(.period).bad == 3, "its time has left every window")
        #expect(ladder.lateEvents == 6)
    }

    @Test func `An event of the future counts as now`() {
        var ladder = Ladder(period: .standard, now: Self.start)
        ladder.add(good: 0, bad: 1, at: .max)
        #expect(BurnWindow.allCases.allSatisfy { ladder.counts($0).bad == 1 })
        ladder.add(good: 0, bad: 1, at: .min)
        #expect(ladder.counts(.period).bad == 1)
    }

    @Test func `What nobody watched lowers coverage, and a backlog that was read raises it again`() {
        var ladder = Ladder(period: .standard, now: Self.start)
        ladder.advance(to: Self.start + 3_600_000, isObserved: true)
        #expect(ladder.coverage(.oneHour) == 1)
        #expect(ladder.coverage(.oneDay) < 0.05)
        ladder.advance(to: Self.start + 5_400_000, isObserved: false)
        #expect(ladder.coverage(.oneHour) == 0.5)
        #expect(ladder.coverage(.fiveMinutes) == 0)
        ladder.observe(Self.start + 3_600_000..<Self.start + 5_400_000)
        #expect(ladder.coverage(.oneHour) == 1 && ladder.coverage(.fiveMinutes) == 1)
        ladder.lose(Self.start + 5_100_000..<Self.start + 5_400_000)
        #expect(ladder.coverage(.fiveMinutes) == 0)
        #expect(ladder.coverage(.oneHour) == Double(55) / 60)
        ladder.observe(Int64.min..<Int64.max)
        #expect(BurnWindow.allCases.allSatisfy { ladder.coverage($0) == 1 }, "never more than everything")
    }

    @Test func `A jump beyond every ring leaves nothing, and time never goes back`() {
        var ladder = Ladder(period: .standard, now: Self.start)
        ladder.add(good: 5, bad: 5, at: Self.start)
        ladder.advance(to: Self.start - 1, isObserved: true)
        #expect(ladder.now == Self.start && ladder.counts(.period).total == 10)
        ladder.advance(to: Self.start + 10 * 365 * 86_400_000, isObserved: false)
        #expect(BurnWindow.allCases.allSatisfy { ladder.counts($0) == EventCounts() && ladder.coverage($0) == 0 })
    }

    @Test func `Any number of minutes can be asked for`() {
        var ladder = Ladder(period: .standard, now: Self.start)
        for minute in Int64(1)...120 {
            ladder.advance(to: Self.start + minute * 60_000, isObserved: true)
            ladder.add(good: 1, bad: 0, at: ladder.now - 1)
        }
        #expect(ladder.counts(overSeconds: 600).good == 10)
        #expect(ladder.counts(overSeconds: 5_400).good == 90)
        #expect(ladder.counts(overSeconds: .max).good == 120)
        #expect(ladder.counts(overSeconds: .min).good <= 1)
    }
}
