import Inputs
import Testing

@Suite("The watch over silent streams")
struct StallWatchTests {
    private func watch() -> StallWatch {
        var watch = StallWatch(.init(quiet: .seconds(60), grace: .seconds(5)))
        watch.opened("a", now: 0)
        return watch
    }

    /// When the next comparison is asked for, which is then asked for.
    private func asked(_ watch: inout StallWatch) throws -> Int64 {
        let at = try #require(watch.nextAt)
        #expect(watch.next(now: at - 1) == nil)
        #expect(watch.next(now: at) == "a")
        #expect(watch.next(now: at) == nil)
        return at
    }

    @Test("compares a stream that is silent for a minute, and then ever more rarely")
    func silent() throws {
        var watch = watch()
        var last: Int64 = 0
        var gaps: [Int64] = []
        for _ in 0..<6 {
            let at = try asked(&watch)
            #expect(watch.probed("a", missing: nil, now: at) == .wait)
            gaps.append((at - last) / 60_000)
            last = at
        }
        #expect(gaps == [1, 2, 4, 8, 16, 16])
    }

    @Test("leaves a stream alone that brings lines")
    func busy() {
        var watch = watch()
        for second in Int64(0)..<1_000 {
            watch.heard("a", now: second * 1_000)
            #expect(watch.next(now: second * 1_000 + 999) == nil)
        }
    }

    @Test("opens a stream again when a line has been missing for two comparisons")
    func stalled() throws {
        var watch = watch()
        let at = try asked(&watch)
        #expect(watch.probed("a", missing: 7, now: at) == .wait)
        let again = try asked(&watch)
        #expect(again == at + 5_000)
        #expect(watch.probed("a", missing: 7, now: again) == .reconnect)
    }

    @Test("waits for a line that is under way")
    func underWay() throws {
        var watch = watch()
        let at = try asked(&watch)
        #expect(watch.probed("a", missing: 7, now: at) == .wait)
        watch.heard("a", now: at + 10)
        let again = try asked(&watch)
        #expect(again > at + 60_000)
        #expect(watch.probed("a", missing: nil, now: again) == .wait)
    }

    @Test("gives a message up that does not come after opening the stream again either, and says so once")
    func unreadable() throws {
        var watch = watch()
        var verdicts: [StallWatch.Verdict] = []
        for _ in 0..<12 {
            let at = try asked(&watch)
            verdicts.append(watch.probed("a", missing: 7, now: at))
            guard verdicts.last == .reconnect else { continue }
            watch.closed("a")
            #expect(watch.nextAt == nil)
            watch.opened("a", now: at + 100)
        }
        #expect(verdicts.filter { $0 != .wait } == [.reconnect, .unreadable])
        let at = try asked(&watch)
        #expect(watch.probed("a", missing: 8, now: at) == .wait)
        let again = try asked(&watch)
        #expect(watch.probed("a", missing: 8, now: again) == .reconnect)
    }

    @Test("forgets a container that is gone")
    func forgets() {
        var watch = watch()
        watch.forget("a")
        #expect(watch.nextAt == nil)
        #expect(watch.probed("a", missing: 7, now: 0) == .wait)
    }
}
