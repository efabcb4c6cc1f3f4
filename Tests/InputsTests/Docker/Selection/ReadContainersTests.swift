import Inputs
import TestSupport
import Testing

@Suite("Containers that are read") struct ReadContainersTests {
    private let id = String(repeating: "a", count: 64)

    @Test("are known as soon as it is decided, by whoever waits for it")
    func waits() async throws {
        let table = ReadContainers(patience: .seconds(30))
        async let answer = BlockingWork.run { table.isRead(id) }
        table.decided(String(repeating: "b", count: 64), isRead: true)
        table.decided(id, isRead: true)
        #expect(try await answer)
    }

    @Test("are not those that the engine does not have")
    func unknownToTheEngine() async throws {
        let table = ReadContainers(patience: .seconds(30))
        async let answer = BlockingWork.run { table.isRead(id) }
        while !table.hasOpenQuestion { await Task.yield() }
        table.listed([])
        #expect(try await !answer)
    }

    @Test("keep nobody waiting when no answer comes, and only once")
    func noAnswer() {
        let table = ReadContainers(patience: .milliseconds(20))
        #expect(!table.isRead(id))
        let start = ContinuousClock.now
        #expect(!ReadContainers(patience: .seconds(30)).after { $0.ended() }.isRead(id))
        #expect(!table.isRead(id))
        #expect(ContinuousClock.now - start < .seconds(20))
        table.decided(id, isRead: true)
        #expect(table.isRead(id))
    }

    @Test("stay read when they are gone, unless they went while nobody looked")
    func gone() {
        let table = ReadContainers(patience: .zero)
        let old = String(repeating: "b", count: 64)
        table.remember(old)
        table.decided(id, isRead: true)
        #expect(table.isRead(old))
        table.listed([])
        #expect(table.isRead(id))
        #expect(!table.isRead(old))
    }
}

extension ReadContainers {
    fileprivate func after(_ body: (ReadContainers) -> Void) -> ReadContainers {
        body(self)
        return self
    }
}
