import Inputs
import RecordPath
import Synchronization
import TestSupport
import Testing

struct DroppingSinkTests {
    private func batch(_ lines: Int, _ stream: SourceStream) -> RecordBatch {
        let batch = RecordBatch(capacity: 1_000)
        let index = batch.add(stream: stream)
        for number in 0..<lines {
            Array("line \(number)".utf8).withUnsafeBufferPointer {
                batch.append($0, stream: index, time: 0, identity: (0, UInt64(number)))
            }
        }
        return batch
    }

    private let stream = SourceStream(SourceStream.Origin(input: "exec", key: "exec:stdout"))

    @Test func `everything is given on in order before close returns`() {
        let inner = CollectingSink(workerCount: 3)
        let sink = DroppingSink(inner, limit: 1 << 20) { _ in }
        #expect(sink.workerCount == 3)
        for number in 1...50 { #expect(sink.send(batch(number, stream), toWorker: number % 3)) }
        sink.close()
        #expect(inner.lineCounts == Array(1...50))
        #expect(inner.workers == (1...50).map { $0 % 3 })
        #expect(!sink.send(batch(1, stream), toWorker: 0))
    }

    @Test func `a sink that refuses is passed on and what waited is counted`() {
        let inner = CollectingSink()
        inner.refuse()
        let dropped = Atomic<Int>(0)
        let sink = DroppingSink(inner, limit: 1 << 20) { dropped.add($0, ordering: .relaxed) }
        var sent = 0
        while sink.send(batch(1, stream), toWorker: 0) { sent += 1 }
        sink.close()
        #expect(sent > 0)
        #expect(dropped.load(ordering: .relaxed) == sent)
    }
}
