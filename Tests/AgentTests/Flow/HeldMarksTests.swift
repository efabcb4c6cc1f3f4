import Agent
import RecordPath
import Testing

@Suite struct HeldMarksTests {
    private static let streams = ["a", "b"].map { SourceStream(.init(input: "files", key: $0)) }

    /// A batch of lines, each the index of a stream and an offset.
    private static func batch(_ lines: [(stream: Int, offset: UInt64)], marks: [(String, String)]) -> RecordBatch {
        let batch = RecordBatch(capacity: 64)
        for (stream, offset) in lines {
            let index = batch.add(stream: streams[stream])
            Array("x".utf8).withUnsafeBufferPointer {
                batch.append($0, stream: index, time: 0, identity: (7, offset))
            }
        }
        for (key, position) in marks { batch.mark(key, position) }
        return batch
    }

    private static func ids(_ batch: RecordBatch, _ range: Range<Int>) -> Set<UInt64> {
        Set(batch.lines[range].map { ConsumedLines.id(of: $0) })
    }

    @Test("Where nothing waits, all positions go at once")
    func nothingWaits() {
        var held = HeldMarks()
        held.add(Self.batch([(0, 1)], marks: [("a", "1")]), number: 1)
        held.add(Self.batch([(0, 2), (1, 1)], marks: [("a", "2"), ("b", "1")]), number: 2)
        let (marks, consumed) = held.take([])
        #expect(marks.map(\.position) == ["1", "2", "1"])
        #expect(consumed.isEmpty && held.isEmpty)
    }

    @Test("A line that waits holds its stream's position, not that of others, and tells what was before it")
    func ownPosition() {
        var held = HeldMarks()
        let first = Self.batch([(0, 1), (0, 2), (1, 1)], marks: [("a", "2"), ("b", "1")])
        held.add(first, number: 1)
        var (marks, consumed) = held.take([OpenTail(key: "a", batch: 1, lines: 1)])
        #expect(marks == [.init(key: "b", position: "1")])
        #expect(consumed.ids == ["a": Self.ids(first, 0..<1)])

        // The record has grown by a line of the next batch.
        let second = Self.batch([(0, 3)], marks: [("a", "3")])
        held.add(second, number: 2)
        (marks, consumed) = held.take([OpenTail(key: "a", batch: 1, lines: 2)])
        #expect(marks.isEmpty)
        #expect(consumed.ids == ["a": Self.ids(first, 0..<1)])

        (marks, consumed) = held.take([])
        #expect(marks.map(\.position) == ["2", "3"])
        #expect(consumed.isEmpty && held.isEmpty)
    }

    @Test("A position that several streams share waits for all of them")
    func sharedPosition() {
        var held = HeldMarks()
        let first = Self.batch([(0, 1), (1, 1), (1, 2)], marks: [("journald", "3")])
        held.add(first, number: 1)
        held.add(Self.batch([(1, 3)], marks: [("journald", "4")]), number: 2)
        let (marks, consumed) = held.take([OpenTail(key: "a", batch: 1, lines: 1)])
        #expect(marks.isEmpty)
        #expect(consumed.ids.keys.sorted() == ["b"])
        #expect(consumed.ids["b"]?.count == 3)
    }

    @Test("A position behind which nothing waits goes, though an older one of the same batch stays")
    func olderStays() {
        var held = HeldMarks()
        held.add(Self.batch([(0, 1), (1, 1)], marks: [("a", "1"), ("b", "1")]), number: 1)
        held.add(Self.batch([(1, 2)], marks: [("b", "2")]), number: 2)
        let (marks, _) = held.take([OpenTail(key: "b", batch: 2, lines: 1)])
        #expect(marks == [.init(key: "a", position: "1"), .init(key: "b", position: "1")])
        #expect(!held.isEmpty)
    }
}

@Suite struct ConsumedLinesTests {
    private static let stream = SourceStream(.init(input: "files", key: "a"))

    private static func batch(_ offsets: ClosedRange<UInt64>) -> RecordBatch {
        let batch = RecordBatch(capacity: 64)
        let index = batch.add(stream: stream)
        for offset in offsets {
            Array("x".utf8).withUnsafeBufferPointer { batch.append($0, stream: index, time: 0, identity: (0, offset)) }
        }
        return batch
    }

    private static func consumed(_ offsets: ClosedRange<UInt64>) -> ConsumedLines {
        ConsumedLines(["a": Set(batch(offsets).lines.map { ConsumedLines.id(of: $0) })])
    }

    @Test("Lines that were consumed are left out once, over several batches")
    func leftOut() {
        var consumed = Self.consumed(1...5)
        let batches = [Self.batch(1...3), Self.batch(4...7), Self.batch(5...5)]
        for batch in batches { consumed.leaveOut(of: batch) }
        #expect(batches.map { $0.lines.map(\.identity.1) } == [[], [6, 7], [5]])
        #expect(consumed.isEmpty)
    }

    @Test("A source that has lost what was consumed ends the waiting for it")
    func gap() {
        var consumed = Self.consumed(1...3)
        let batch = Self.batch(9...10)
        consumed.leaveOut(of: batch)
        #expect(batch.lines.count == 2 && consumed.isEmpty)
    }

    @Test("What stands in a frame is read back; damage gives none")
    func note() {
        var consumed = Self.consumed(1...100)
        consumed.add(ConsumedLines(["b:stdout": [0, .max]]))
        #expect(ConsumedLines(note: consumed.note) == consumed)
        #expect(ConsumedLines(note: Array(consumed.note.dropLast())).isEmpty)
        #expect(ConsumedLines(note: []).isEmpty)
    }
}
