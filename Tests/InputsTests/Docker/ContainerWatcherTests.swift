import Inputs
import Testing

@Suite("A container watcher")
struct ContainerWatcherTests {
    @Test("follows what runs and reads what has ended to its end, once")
    func basics() {
        var watcher = ContainerWatcher()
        watcher.listed([("a", true), ("b", false)], now: 0)
        #expect(Set(watcher.next(now: 0).map { "\($0)" }) == [#"follow("a")"#, #"drain("b")"#])
        #expect(watcher.next(now: 1).isEmpty)
        watcher.ended("b", .complete, hadLines: true, now: 2)
        watcher.listed([("a", true), ("b", false)], now: 3)
        #expect(watcher.next(now: 3).isEmpty)
    }

    @Test("reads a container to its end after its follow stream has ended")
    func drainsAfterFollow() {
        var watcher = ContainerWatcher()
        watcher.listed([("a", true)], now: 0)
        #expect(watcher.next(now: 0) == [.follow("a")])
        watcher.ended("a", .complete, hadLines: true, now: 5)
        #expect(watcher.wantsList)
        #expect(watcher.next(now: 5) == [.drain("a")])
        watcher.ended("a", .complete, hadLines: false, now: 6)
        #expect(watcher.next(now: 7).isEmpty)
        watcher.started("a")
        #expect(watcher.next(now: 8) == [.follow("a")])
    }

    @Test("never has two connections for one container")
    func oneReading() {
        var watcher = ContainerWatcher()
        watcher.started("a")
        #expect(watcher.next(now: 0) == [.follow("a")])
        watcher.stopped("a")
        watcher.started("a")
        watcher.listed([("a", true)], now: 1)
        #expect(watcher.next(now: 1).isEmpty)
    }

    @Test("tries again with backoff what fails, and soon again once it worked")
    func backoff() {
        var watcher = ContainerWatcher()
        watcher.listed([("a", true)], now: 0)
        var now: Int64 = 0
        var waits: [Int64] = []
        for _ in 0..<12 {
            #expect(watcher.next(now: now) == [.follow("a")])
            watcher.ended("a", .broken, hadLines: false, now: now)
            let next = watcher.nextAt(now: now) ?? 0
            #expect(watcher.next(now: next - 1).isEmpty)
            waits.append(next - now)
            now = next
        }
        #expect(waits.first == 100)
        #expect(waits.last == 30_000)
        #expect(waits == waits.sorted())
        #expect(watcher.next(now: now) == [.follow("a")])
        watcher.ended("a", .broken, hadLines: true, now: now)
        #expect(watcher.nextAt(now: now) == now + 100)
    }

    @Test("does not spin on a container that ends at once, again and again")
    func crashLoop() {
        var watcher = ContainerWatcher()
        watcher.listed([("a", true)], now: 0)
        var opened = 0
        for now in Int64(0)..<10_000 {
            for _ in watcher.next(now: now) {
                opened += 1
                watcher.ended("a", .complete, hadLines: false, now: now)
            }
            watcher.listed([("a", true)], now: now)
        }
        #expect(opened < 200)
    }

    @Test("reads only a few ended containers at a time")
    func drainsAreBounded() {
        var watcher = ContainerWatcher()
        watcher.listed((0..<100).map { ("\($0)", false) }, now: 0)
        var seen: Set<String> = []
        var open = watcher.next(now: 0)
        while !open.isEmpty {
            #expect(open.count <= 4)
            for case .drain(let id) in open {
                #expect(seen.insert(id).inserted)
                watcher.ended(id, .complete, hadLines: true, now: 1)
            }
            open = watcher.next(now: 1)
        }
        #expect(seen.count == 100)
    }

    @Test("forgets a container a day after it was removed, and not when it comes back")
    func forgets() {
        var watcher = ContainerWatcher()
        watcher.remember("old")
        watcher.remember("kept")
        watcher.listed([("kept", false)], now: 0)
        #expect(watcher.next(now: 0) == [.drain("kept")])
        watcher.ended("kept", .complete, hadLines: false, now: 0)
        #expect(watcher.nextAt(now: 0) == ContainerWatcher.keepMilliseconds)
        #expect(watcher.next(now: ContainerWatcher.keepMilliseconds - 1).isEmpty)
        #expect(watcher.next(now: ContainerWatcher.keepMilliseconds) == [.forget("old")])
        watcher.removed("kept", now: 5)
        watcher.listed([("kept", true)], now: 6)
        #expect(watcher.next(now: 2 * ContainerWatcher.keepMilliseconds) == [.follow("kept")])
    }

    @Test("leaves alone what is not to be read, until it changes")
    func ignored() {
        var watcher = ContainerWatcher()
        watcher.listed([("a", true)], now: 0)
        _ = watcher.next(now: 0)
        watcher.ended("a", .ignored, hadLines: false, now: 0)
        watcher.listed([("a", false)], now: 1)
        #expect(watcher.next(now: 1_000_000).isEmpty)
        #expect(watcher.nextAt(now: 1_000_000) == nil)
        watcher.changed("a")
        #expect(watcher.next(now: 1_000_000) == [.drain("a")])
    }

    @Test("is finished, in a single run, when everything has been read or has failed for good")
    func once() {
        var watcher = ContainerWatcher(once: true)
        #expect(!watcher.isFinished)
        watcher.listed([("a", true), ("b", false)], now: 0)
        #expect(watcher.next(now: 0).count == 2)
        watcher.ended("a", .complete, hadLines: true, now: 0)
        #expect(!watcher.isFinished)
        var now: Int64 = 0
        while !watcher.isFinished, now < 100_000 {
            watcher.ended("b", .broken, hadLines: false, now: now)
            now = watcher.nextAt(now: now) ?? now
            _ = watcher.next(now: now)
        }
        #expect(watcher.isFinished)
        #expect(now < 10_000)
    }
}
