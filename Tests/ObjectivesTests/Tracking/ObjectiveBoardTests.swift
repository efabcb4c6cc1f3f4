import Objectives
import Synchronization
import TestSupport
import Testing

@Suite struct ObjectiveBoardTests {
    private static let start: Int64 = 20_000 * 86_400_000

    private static func reading(_ seconds: Int64, boot: UInt64 = 1, step: Int64 = 0) -> SteadyClock.Reading {
        SteadyClock.Reading(wall: start + seconds * 1_000 + step, monotonic: seconds * 1_000, boot: boot)
    }

    private static func board(_ slos: [SLO]) -> ObjectiveBoard {
        ObjectiveBoard(SLOSet(slos), clock: SteadyClock(reading(0)))
    }

    private static func count(
        _ slo: Int,
        _ service: String,
        bad: UInt64,
        second: Int64,
        step: Int64 = 0
    ) -> ObjectiveCount {
        ObjectiveCount(slo: slo, service: service, good: 0, bad: bad, time: start + second * 1_000 + step)
    }

    @Test func `An SLO for every service has a result for each, but for those with one of their own`() throws {
        let slos = [
            try SLO.sample(service: "*"), try SLO.sample(service: "cart"),
            try SLO.sample(name: "other", service: "cart"),
        ]
        let set = SLOSet(slos)
        #expect(set.indices(for: "cart") == [1, 2])
        #expect(set.indices(for: "checkout") == [0])
        var board = ObjectiveBoard(set, clock: SteadyClock(Self.reading(0)))
        board.add(Self.count(0, "checkout", bad: 1, second: 0))
        board.add(Self.count(0, "search", bad: 2, second: 0))
        #expect(
            board.readings.map(\.slothID) == [
                "cart-availability", "cart-other", "checkout-availability", "search-availability",
            ]
        )
        #expect(board.readings.map(\.bad) == [0, 0, 1, 2])
    }

    @Test func `Services beyond the limit count together`() throws {
        var board = Self.board([try .sample(service: "*")])
        for number in 0..<(ObjectiveBoard.maximumServices + 50) {
            board.add(Self.count(0, "s\(number)", bad: 1, second: 0))
        }
        #expect(board.trackers.count == ObjectiveBoard.maximumServices + 1)
        #expect(board.trackers.last?.service == "__other__" && board.trackers.last?.bad == 50)
        board.add(Self.count(7, "s1", bad: 1, second: 0))
    }

    @Test func `Services that there is no memory for count together, and SLOs of one service are always there`() throws
    {
        let bytes = try Ladder.bytes(over: SLO.sample().period)
        let room = Mutex(3 * bytes)
        let slos = [try SLO.sample(service: "*"), try SLO.sample(name: "own", service: "cart")]
        var board = ObjectiveBoard(SLOSet(slos), clock: SteadyClock(Self.reading(0))) { wanted in
            room.withLock { room in
                if wanted > room { return false }
                room -= wanted
                return true
            }
        }
        for number in 0..<10 { board.add(Self.count(0, "s\(number)", bad: 1, second: 0)) }
        #expect(board.trackers.map(\.service) == ["cart", "s0", "s1", "s2", "__other__"])
        #expect(board.trackers.last?.bad == 7)
        let restored = ObjectiveBoard(SLOSet(slos), restoring: board.encoded(), now: Self.reading(1)) { _ in false }
        #expect(restored?.trackers.map(\.service) == ["cart", "__other__"])
    }

    @Test(arguments: [3_600_000, -3_600_000, 10 * 365 * 86_400_000, -10 * 365 * 86_400_000])
    func `A step of the wall clock loses no history and gives finite, right rates`(step: Int64) throws {
        var board = Self.board([try .sample()])
        for second in stride(from: Int64(15), through: 3_600, by: 15) {
            board.advance(to: Self.reading(second), isObserved: true)
            board.add(Self.count(0, "checkout", bad: 1, second: second))
        }
        for second in stride(from: Int64(3_615), through: 5_400, by: 15) {
            board.advance(to: Self.reading(second, step: step), isObserved: true)
            board.add(Self.count(0, "checkout", bad: 1, second: second, step: step))
        }
        let reading = try #require(board.readings.first)
        #expect(reading.lateEvents == 0)
        for window in reading.windows {
            #expect(window.burnRate == 1_000)
            let wanted = (window.window.seconds ?? .max) / 15
            #expect(window.counts.bad >= min(360, UInt64(wanted)) && window.counts.bad <= 360)
        }
        #expect(reading.windows[2].counts.bad <= 241 && reading.windows[2].coverage == 1)
    }

    @Test func `State goes on after a restart as if nothing had happened, but for the gap`() throws {
        var random = SeededGenerator(seed: 17)
        let slos = [try SLO.sample(), try SLO.sample("90", name: "loose", service: "*", period: .calendarMonth)]
        var board = Self.board(slos)
        var second: Int64 = 0
        for _ in 0..<200 {
            second += Int64.random(in: 1...900, using: &random)
            board.advance(to: Self.reading(second), isObserved: true)
            board.add(Self.count(Int.random(in: 0...1, using: &random), "checkout", bad: 3, second: second - 20))
            _ = board.evaluate()
        }
        let bytes = board.encoded()
        #expect(bytes.count < 20_000)
        let restored = ObjectiveBoard(SLOSet(slos), restoring: bytes, now: Self.reading(second))
        #expect(restored?.readings == board.readings)
        #expect(restored?.encoded() == bytes)
        var later = try #require(ObjectiveBoard(SLOSet(slos), restoring: bytes, now: Self.reading(second + 150)))
        #expect(later.readings.map(\.bad) == board.readings.map(\.bad))
        #expect(later.trackers[0].ladder.coverage(.fiveMinutes) < 0.6)
        #expect(later.evaluate().allSatisfy { if case .resolve = $0.action { false } else { true } })
    }

    @Test func `SLOs that changed what they count keep only their counters, and those that are gone are left out`()
        throws
    {
        var board = Self.board([try .sample(), try .sample(name: "gone")])
        board.add(Self.count(0, "checkout", bad: 7, second: 0))
        let changed = SLOSet([try .sample(bad: "status >= 400")])
        let restored = try #require(ObjectiveBoard(changed, restoring: board.encoded(), now: Self.reading(0)))
        #expect(restored.trackers.count == 1)
        #expect(restored.trackers[0].bad == 7)
        #expect(restored.trackers[0].ladder.counts(.period).bad == 0)
        let sameCount = SLOSet([try .sample("99", period: .rolling(seconds: 7 * 86_400))])
        let kept = try #require(ObjectiveBoard(sameCount, restoring: board.encoded(), now: Self.reading(0)))
        #expect(kept.trackers[0].ladder.counts(.period).bad == 7, "another objective or period asks the same counts")
    }

    @Test func `Damaged state is refused and never traps`() throws {
        var random = SeededGenerator(seed: 23)
        let slos = [try SLO.sample(), try SLO.sample(name: "m", service: "*", period: .calendarMonth)]
        var board = Self.board(slos)
        for second in stride(from: Int64(60), through: 3_600, by: 60) {
            board.advance(to: Self.reading(second), isObserved: true)
            board.add(Self.count(Int(second / 60 % 2), "checkout", bad: 9, second: second))
            _ = board.evaluate()
        }
        let bytes = board.encoded()
        for length in 0..<min(bytes.count, 400) {
            #expect(
                ObjectiveBoard(SLOSet(slos), restoring: Array(bytes.prefix(length)), now: Self.reading(3_600)) == nil
            )
        }
        for _ in 0..<3_000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard var restored = ObjectiveBoard(SLOSet(slos), restoring: damaged, now: Self.reading(3_700)) else {
                continue
            }
            restored.add(Self.count(0, "checkout", bad: 1, second: 3_700))
            _ = restored.evaluate()
            for reading in restored.readings {
                #expect(reading.windows.allSatisfy { $0.burnRate.map(\.isFinite) ?? true })
            }
        }
    }
}
