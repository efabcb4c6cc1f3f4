import Inputs
import RecordPath
import TestSupport
import Testing

/// Container log files: two streams in one file, lines in parts, and restarts in between.
struct FramedFileTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func run(
        _ format: FilesOptions.Format,
        positions: [String: String] = [:],
        sink: CollectingSink = CollectingSink()
    ) -> InputThread {
        InputThread(following([folder.file("*.log")], format: format), positions: positions, once: true, sink: sink)
    }

    @Test func `parts are joined for each stream and carry the time of the first`() throws {
        try folder.append(
            """
            1970-01-01T00:00:01Z stdout P one-
            1970-01-01T00:00:02Z stderr P err-
            1970-01-01T00:00:03Z stdout P two-
            1970-01-01T00:00:04Z stdout F three
            1970-01-01T00:00:05Z stderr F or
            1970-01-01T00:00:06Z stdout F whole

            """,
            to: "a.log"
        )
        let run = run(.cri)
        #expect(run.end())
        #expect(run.sink.texts(":stdout") == ["one-two-three", "whole"])
        #expect(run.sink.texts(":stderr") == ["err-or"])
        let lines = run.sink.lines()
        #expect(Set(lines.map(\.time)) == [1_000_000_000, 2_000_000_000, 6_000_000_000])
        #expect(Set(lines.map(\.ordinal)) == [0, 35, 174])
        #expect(Set(run.sink.origins.compactMap(\.stream)) == ["stdout", "stderr"])
    }

    @Test func `Docker's parts end where the text has its newline`() throws {
        try folder.append(
            #"""
            {"log":"one-","stream":"stdout","time":"1970-01-01T00:00:01Z"}
            {"log":"x\n","stream":"stderr","time":"1970-01-01T00:00:02Z"}
            {"log":"two\n","stream":"stdout","time":"1970-01-01T00:00:03Z"}
            {"log":"left","stream":"stdout","time":"1970-01-01T00:00:04Z"}

            """#,
            to: "a.log"
        )
        let run = run(.docker)
        #expect(run.end())
        #expect(run.sink.texts(":stdout") == ["one-two", "left"])
        #expect(run.sink.texts(":stderr") == ["x"])
    }

    @Test func `a line without the frame is a record as it is`() throws {
        try folder.append("1970-01-01T00:00:01Z stdout P part\nnot framed\n\n", to: "a.log")
        let run = run(.cri)
        #expect(run.end())
        #expect(run.sink.texts() == ["part", "not framed", ""])
    }

    @Test func `a line joined from many parts is cut at 1 MiB`() throws {
        let part = String(repeating: "p", count: 16_384)
        var text = ""
        for _ in 0..<70 { text += "1970-01-01T00:00:01Z stdout P \(part)\n" }
        try folder.append(text + "1970-01-01T00:00:01Z stdout F \n1970-01-01T00:00:02Z stdout F next\n", to: "a.log")
        let run = run(.cri)
        #expect(run.end())
        #expect(run.sink.lines().map(\.isCut) == [true, false])
        #expect(run.sink.lines().map(\.text.utf8.count) == [LineSplitter.maxLineBytes, 4])
    }

    /// A file of numbered lines on two streams, some in parts that are mixed with the other stream's.
    private func mixed(_ random: inout SeededGenerator, lines: Int) -> (text: String, expected: [String: [String]]) {
        var text = ""
        var expected: [String: [String]] = ["stdout": [], "stderr": []]
        var open: [String: String] = [:]
        for number in 0..<lines {
            let stream = Bool.random(using: &random) ? "stdout" : "stderr"
            let isPartial = Int.random(in: 0..<4, using: &random) == 0
            let padding = String(repeating: "x", count: Int.random(in: 0...900, using: &random))
            open[stream, default: ""] += "\(number)\(padding),"
            text += "2016-10-06T00:17:09.669794202Z \(stream) \(isPartial ? "P" : "F") \(number)\(padding),\n"
            if !isPartial { expected[stream]?.append(open.removeValue(forKey: stream) ?? "") }
        }
        for (stream, rest) in open { expected[stream]?.append(rest) }
        return (text, expected)
    }

    @Test(arguments: 0..<3)
    func `a restart after any batch neither loses nor repeats a line of either stream`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (text, expected) = mixed(&random, lines: 3_000)
        try folder.append(text, to: "a.log")
        let whole = run(.cri, sink: CollectingSink(workerCount: 3))
        #expect(whole.end())
        for stream in ["stdout", "stderr"] { #expect(whole.sink.texts(":\(stream)") == expected[stream]) }
        #expect(whole.sink.batchCount > 4)
        for kept in 0..<whole.sink.batchCount {
            let second = run(.cri, positions: whole.sink.positions(after: kept))
            #expect(second.end())
            for stream in ["stdout", "stderr"] {
                let before = whole.sink.lines(inFirst: kept).filter { $0.key.hasSuffix(stream) }.map(\.text)
                #expect(before + second.sink.texts(":\(stream)") == expected[stream], "after \(kept) batches")
            }
        }
    }

    @Test(arguments: 0..<3)
    func `workers that were committed to different points neither lose nor repeat a line`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed + 100)
        let (text, expected) = mixed(&random, lines: 3_000)
        try folder.append(text, to: "a.log")
        let sink = CollectingSink(workerCount: 2)
        #expect(run(.cri, sink: sink).end())
        let (workers, marks) = (sink.workers, sink.marks)
        for _ in 0..<5 {
            let limits = [
                Int.random(in: 0...workers.count, using: &random), Int.random(in: 0...workers.count, using: &random),
            ]
            let kept = workers.indices.filter { $0 < limits[workers[$0]] }
            var positions: [String: String] = [:]
            for batch in kept { for mark in marks[batch] { positions[mark.key] = mark.position } }
            let before = kept.flatMap { sink.lines(inFirst: $0 + 1).dropFirst(sink.lines(inFirst: $0).count) }
            let second = run(.cri, positions: positions)
            #expect(second.end())
            for stream in ["stdout", "stderr"] {
                let texts = before.filter { $0.key.hasSuffix(stream) }.map(\.text) + second.sink.texts(":\(stream)")
                #expect(texts == expected[stream], "\(stream) with \(limits)")
            }
        }
    }
}
