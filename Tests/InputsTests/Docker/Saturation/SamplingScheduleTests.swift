import Inputs
import Testing

@Suite("The schedule of samples")
struct SamplingScheduleTests {
    @Test("takes every container once an interval, spread over it")
    func spreads() {
        var schedule = SamplingSchedule(intervalMilliseconds: 1_000)
        for id in ["a", "b", "c", "d"] { schedule.add(id) }
        var turns: [Int64: String] = [:]
        for now in Int64(0)..<4_000 { if let id = schedule.next(now: now) { turns[now] = id } }
        #expect(turns.keys.sorted() == (0..<16).map { $0 * 250 })
        for id in ["a", "b", "c", "d"] { #expect(turns.values.count { $0 == id } == 4) }
    }

    @Test("has nobody left when all have stopped, and takes each but once however often it is added")
    func removes() {
        var schedule = SamplingSchedule(intervalMilliseconds: 100)
        schedule.add("a")
        schedule.add("a")
        #expect(schedule.next(now: 0) == "a")
        #expect(schedule.nextAt == 100)
        schedule.remove("a")
        #expect(schedule.nextAt == nil)
        #expect(schedule.next(now: 1_000) == nil)
    }

    @Test("takes nobody with an interval of zero")
    func off() {
        var schedule = SamplingSchedule(intervalMilliseconds: 0)
        schedule.add("a")
        #expect(schedule.next(now: 1_000) == nil)
    }
}
