import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

struct StdinInputTests {
    /// A pipe of which both ends are closed with it.
    final class Pipe: Sendable {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        deinit { close(reading) }

        func put(_ text: String) throws {
            let bytes = Array(text.utf8)
            try #require(write(writing, bytes, bytes.count) == bytes.count)
        }
    }

    @Test func `the end of the stream ends the input and a last line without a newline counts`() throws {
        let pipe = try Pipe()
        let run = InputThread(StdinInput(options: StdinOptions(service: "shop"), descriptor: pipe.reading, runID: 7))
        try pipe.put("one\ntwo\nthr")
        close(pipe.writing)
        #expect(run.end())
        #expect(run.sink.lines().map(\.text) == ["one", "two", "thr"])
        #expect(run.sink.lines().map(\.ordinal) == [0, 4, 8])
        let origin = try #require(run.sink.origins.first)
        #expect(origin.key == "stdin" && origin.input == "stdin" && origin.fallbackService == "shop")
        #expect(run.status.all == ["up"])
    }

    @Test func `a line is handed on while the stream stays open`() throws {
        let pipe = try Pipe()
        let run = InputThread(StdinInput(descriptor: pipe.reading))
        try pipe.put("early\nlate")
        #expect(run.lines(1))
        #expect(run.finish())
        close(pipe.writing)
        #expect(run.sink.texts() == ["early", "late"])
    }

    @Test func `a line of more than 1 MiB is cut and the next one is whole`() throws {
        let pipe = try Pipe()
        let run = InputThread(StdinInput(descriptor: pipe.reading))
        let length = LineSplitter.maxLineBytes + 5
        try pipe.put(String(repeating: "x", count: length) + "\nnext\n")
        close(pipe.writing)
        #expect(run.end())
        let lines = run.sink.lines()
        #expect(lines.map(\.isCut) == [true, false])
        #expect(lines.map(\.text.utf8.count) == [LineSplitter.maxLineBytes, 4])
        #expect(lines.map(\.ordinal) == [0, UInt64(length) + 1])
    }

    @Test func `a descriptor that cannot be read is reported with what to do`() {
        let run = InputThread(StdinInput(descriptor: 1_000_000))
        #expect(run.end())
        #expect(run.status.all.last?.hasPrefix("down: cannot read standard input (Bad file descriptor)") == true)
    }

    @Test func `an agent that shuts down ends the input`() throws {
        let pipe = try Pipe()
        let sink = CollectingSink()
        sink.refuse()
        let run = InputThread(StdinInput(descriptor: pipe.reading), sink: sink)
        try pipe.put("one\n")
        #expect(run.end())
        close(pipe.writing)
    }
}
