import Inputs
import RecordPath
import TestSupport
import Testing

@Suite("A batch writer")
struct BatchWriterTests {
    private final class Clock { var milliseconds: Int64 = 1_000 }

    private let sink = CollectingSink(workerCount: 2)
    private let clock = Clock()
    private let first = SourceStream(.init(input: "test", key: "first"))

    private func writer() -> BatchWriter { BatchWriter(sink: sink, clock: { [clock] in clock.milliseconds }) }

    /// A stream of the same worker as `first`, or of the other one.
    private func stream(_ key: String, sameWorker: Bool) -> SourceStream {
        while true {
            let stream = SourceStream(.init(input: "test", key: key))
            if (stream.id % 2 == first.id % 2) == sameWorker { return stream }
        }
    }

    @discardableResult
    private func append(_ text: String, to stream: SourceStream, _ writer: BatchWriter) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer {
            writer.append($0, stream: stream, time: 1, identity: (1, 0))
        }
    }

    @Test("sends nothing before a batch is full or old")
    func waits() {
        let writer = writer()
        append("a line", to: first, writer)
        clock.milliseconds += Int64(RecordBatch.targetAgeMilliseconds) - 1
        writer.flushDue()
        #expect(sink.batchCount == 0)
        #expect(writer.millisecondsUntilDue == 1)
        clock.milliseconds += 1
        writer.flushDue()
        #expect(sink.texts() == ["a line"])
        #expect(writer.millisecondsUntilDue == -1)
    }

    @Test("sends a batch before the line that no longer fits, so that a mark travels with its line")
    func marksTravelWithTheirLine() {
        let writer = writer()
        let text = String(repeating: "x", count: RecordBatch.targetBytes / 4)
        for number in 1...10 {
            append(text, to: first, writer)
            writer.mark("first", "\(number)", stream: first)
        }
        writer.flush()
        var covered = 0
        for (count, marks) in zip(sink.lineCounts, sink.marks) {
            covered += count
            #expect(marks == [.init(key: "first", position: "\(covered)")])
        }
        #expect(covered == 10)
        #expect(sink.batchCount >= 3)
    }

    @Test("keeps the lines of a stream with one worker, in order")
    func separatesWorkers() {
        let writer = writer()
        let same = stream("same", sameWorker: true)
        let other = stream("other", sameWorker: false)
        for number in 0..<30 { append("\(number)", to: [first, same, other][number % 3], writer) }
        writer.flush()
        #expect(Set(sink.workers) == [0, 1])
        #expect(sink.texts("first") == stride(from: 0, to: 30, by: 3).map(String.init))
        #expect(sink.texts("same") == stride(from: 1, to: 30, by: 3).map(String.init))
        #expect(sink.texts("other") == stride(from: 2, to: 30, by: 3).map(String.init))
    }

    @Test("asks for positions once per batch, just before it goes")
    func asksForPositions() {
        let writer = writer()
        var asked: [Int] = []
        writer.willSend = { batch, _ in
            asked.append(batch.lines.count)
            batch.mark("first", "\(asked.count)")
        }
        append("one", to: first, writer)
        append("two", to: first, writer)
        writer.flush()
        writer.flush()
        #expect(asked == [2])
        #expect(sink.positions() == ["first": "1"])
    }

    @Test("sends a mark that has no lines")
    func sendsMarksAlone() {
        let writer = writer()
        writer.mark("gone", nil, worker: 1)
        clock.milliseconds += 1_000
        writer.flushDue()
        #expect(sink.marks == [[.init(key: "gone", position: nil)]])
        #expect(sink.workers == [1])
    }

    @Test("takes no more lines once the sink has refused one")
    func stops() {
        let writer = writer()
        append("a", to: first, writer)
        sink.refuse()
        writer.flush()
        #expect(!writer.isAccepting)
        #expect(!append("b", to: first, writer))
        writer.flush()
        #expect(sink.batchCount == 0)
    }

    @Test("keeps a line that is larger than a batch whole")
    func takesHugeLines() {
        let writer = writer()
        let text = String(repeating: "y", count: RecordBatch.targetBytes * 4)
        append("before", to: first, writer)
        append(text, to: first, writer)
        append("after", to: first, writer)
        writer.flush()
        #expect(sink.texts() == ["before", text, "after"])
    }
}
