import Objectives
import TestSupport
import Testing

/// Ladders against a recount of every event, on the same slots.
@Suite struct LadderOracleTests {
    @Test func `A thousand random histories give what a recount gives`() throws {
        var random = SeededGenerator(seed: 2_026)
        let periods = [Int64(30), 7, 90, 1].map { Period.rolling(seconds: $0 * 86_400) }
        for _ in 0..<1_000 {
            let period = periods.randomElement(using: &random) ?? .standard
            let start = Int64.random(in: -1_000_000_000...1_800_000_000_000, using: &random)
            var ladder = Ladder(period: period, now: start)
            var recount = Recount(now: start)
            for _ in 0..<40 {
                Self.move(&ladder, &recount, &random)
                for _ in 0..<Int.random(in: 0...4, using: &random) { Self.add(&ladder, &recount, &random) }
            }
            for window in BurnWindow.allCases {
                #expect(ladder.counts(window) == recount.counts(window, period), "\(window) of \(period)")
            }
        }
    }

    /// Time goes on, mostly by seconds and minutes, sometimes by days; sometimes nobody watches.
    private static func move(_ ladder: inout Ladder, _ recount: inout Recount, _ random: inout SeededGenerator) {
        let longest: [Int64] = [1_000, 15_000, 60_000, 600_000, 7_200_000, 86_400_000, 20 * 86_400_000]
        let step = Int64.random(in: 0...(longest.randomElement(using: &random) ?? 1), using: &random)
        let isObserved = Int.random(in: 0..<4, using: &random) > 0
        if isObserved, step > 0 { recount.observed.append(recount.now..<recount.now + step) }
        recount.now += step
        ladder.advance(to: recount.now, isObserved: isObserved)
    }

    /// Events of now, of a while ago, and of the future of a clock that is ahead.
    private static func add(_ ladder: inout Ladder, _ recount: inout Recount, _ random: inout SeededGenerator) {
        let oldest: [Int64] = [0, 30_000, 3_600_000, 4 * 86_400_000, 100 * 86_400_000]
        let age = Int64.random(in: -5_000...(oldest.randomElement(using: &random) ?? 0), using: &random)
        let good = UInt64.random(in: 0...1_000, using: &random)
        let bad = UInt64.random(in: 0...10, using: &random)
        ladder.add(good: good, bad: bad, at: recount.now - age)
        recount.events.append((min(recount.now - age, recount.now), good, bad))
    }
}
