import Objectives
import TestSupport
import Testing

/// A board through everything that clocks and restarts do, against a recount of every event.
@Suite struct ObjectiveBoardOracleTests {
    /// A host with a wall clock that people set, and an agent on it that is killed now and then.
    private struct Host {
        static let start: Int64 = 20_000 * 86_400_000
        static let year: Int64 = 365 * 86_400_000

        private let set: SLOSet
        private(set) var board: ObjectiveBoard
        private(set) var recount = Recount(now: start)
        private var reading = SteadyClock.Reading(wall: start, monotonic: 0, boot: 1)

        init(_ slo: SLO) {
            set = SLOSet([slo])
            board = ObjectiveBoard(set, clock: SteadyClock(reading))
        }

        mutating func pass(_ millis: Int64, isObserved: Bool = true) {
            if isObserved, millis > 0 { recount.observed.append(recount.now..<recount.now + millis) }
            recount.now += millis
            reading.wall += millis
            reading.monotonic += millis
            if isObserved { board.advance(to: reading, isObserved: true) }
        }

        mutating func setClock(by step: Int64) { reading.wall += step }

        /// The agent is gone for a while, the host perhaps too.
        mutating func restart(after millis: Int64, isReboot: Bool) {
            let state = board.encoded()
            pass(millis, isObserved: false)
            if isReboot { (reading.monotonic, reading.boot) = (40_000, reading.boot + 1) }
            guard let restored = ObjectiveBoard(set, restoring: state, now: reading) else {
                Issue.record("the state is not read back")
                return
            }
            board = restored
        }

        mutating func add(good: UInt64, bad: UInt64, age: Int64) {
            let time = reading.wall - age
            board.add(ObjectiveCount(slo: 0, service: "checkout", good: good, bad: bad, time: time))
            recount.events.append((min(recount.now - age, recount.now), good, bad))
        }
    }

    @Test func `Steps of the clock, restarts, reboots and gaps leave the burn rates of a recount`() throws {
        var random = SeededGenerator(seed: 11)
        let slo = try SLO.sample("99.5")
        for number in 0..<200 {
            var host = Host(slo)
            for _ in 0..<60 { Self.happen(&host, &random) }
            let reading = try #require(host.board.readings.first)
            for window in reading.windows {
                let expected = host.recount.counts(window.window, slo.period)
                #expect(window.counts == expected, "\(window.label) of history \(number)")
                #expect(window.burnRate == slo.budget.burnRate(expected))
                #expect(window.burnRate.map { $0.isFinite && $0 <= 200 } ?? (expected.total == 0))
                #expect(window.coverage >= 0 && window.coverage <= 1)
            }
            let events = host.recount.events
            #expect(reading.good == events.map(\.good).reduce(0, +) && reading.bad == events.map(\.bad).reduce(0, +))
        }
    }

    private static func happen(_ host: inout Host, _ random: inout SeededGenerator) {
        let steps = [3_600_000, -3_600_000, 10 * Host.year, -10 * Host.year]
        switch Int.random(in: 0..<10, using: &random) {
        case 0: host.setClock(by: steps.randomElement(using: &random) ?? 0)
        case 1:
            let reboots = Bool.random(using: &random)
            host.pass(1_000)
            host.restart(after: Int64.random(in: 0...7_200_000, using: &random), isReboot: reboots)
        default: host.pass(Int64.random(in: 0...900_000, using: &random))
        }
        // What is set is noticed with the next look at the clock.
        host.pass(Int64.random(in: 0...5_000, using: &random))
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            host.add(
                good: UInt64.random(in: 0...500, using: &random),
                bad: UInt64.random(in: 0...20, using: &random),
                age: Int64.random(in: 0...60_000, using: &random)
            )
        }
    }
}
