import Outputs
import TestSupport
import Testing

@Suite struct MemoryLaneTests {
    private func batch(_ bytes: Int) -> SealedBatch {
        SealedBatch(body: [UInt8](repeating: 1, count: bytes), headers: [], records: 1, rawBytes: bytes, oldest: 0)
    }

    @Test func `a full lane makes the giver wait until a batch has come to its end`() async throws {
        let lane = MemoryLane(bytesMax: 10)
        #expect(await lane.offer(batch(8)))
        let given = Task { await lane.offer(batch(8)) }
        let first = try #require(await lane.next())
        // On its way it still counts.
        #expect(lane.bytes == 8)
        lane.acknowledge(first.sequence, position: nil, result: BatchResult())
        #expect(await given.value)
        #expect(await lane.next()?.sequence == 2)
    }

    @Test func `a batch larger than the lane fits when it is empty`() async {
        let lane = MemoryLane(bytesMax: 10)
        #expect(await lane.offer(batch(100)))
    }

    @Test func `a closed lane takes nothing and gives what it has`() async {
        let lane = MemoryLane(bytesMax: 10)
        #expect(await lane.offer(batch(1)))
        lane.close()
        #expect(await !lane.offer(batch(1)))
        #expect(await lane.next()?.sequence == 1)
        #expect(await lane.next() == nil)
    }

    @Test func `an abandoned batch comes first again, marked when it may be stored`() async throws {
        let lane = MemoryLane(bytesMax: 100)
        for _ in 0..<3 { #expect(await lane.offer(batch(1))) }
        _ = await lane.next()
        _ = await lane.next()
        lane.abandon(2, mayBeStored: false)
        lane.abandon(1, mayBeStored: true)
        #expect(await lane.next() == QueuedBatch(sequence: 1, batch: batch(1), mayBeStored: true))
        #expect(await lane.next()?.sequence == 2)
        #expect(await lane.next()?.sequence == 3)
    }

    @Test func `waiting ends when the task is cancelled`() async {
        let lane = MemoryLane(bytesMax: 10)
        let taker = Task { await lane.next() }
        taker.cancel()
        #expect(await taker.value == nil)
        #expect(await lane.offer(batch(10)))
        let giver = Task { await lane.offer(batch(10)) }
        giver.cancel()
        #expect(await !giver.value)
    }
}
