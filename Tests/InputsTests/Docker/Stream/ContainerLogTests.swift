import Inputs
import RecordPath
import TestSupport
import Testing

@Suite("A container's log")
struct ContainerLogTests {
    private let sink = CollectingSink(workerCount: 3)

    private func log(
        terminal: Bool = false,
        driver: String = "json-file",
        isRunning: Bool = true,
        writer: BatchWriter? = nil
    ) -> (ContainerLog, BatchWriter) {
        let details = ContainerDetails(
            id: "c0ffee",
            name: "shop",
            hasTerminal: terminal,
            logDriver: driver,
            isRunning: isRunning,
            finishedAt: 7
        )
        let writer = writer ?? BatchWriter(sink: sink)
        let log = ContainerLog(details, floor: 0, positions: [:], writer: writer)
        log.connected(since: log.since(now: .max))
        return (log, writer)
    }

    private func take(_ log: ContainerLog, _ bytes: [UInt8]) throws {
        try bytes.withUnsafeBufferPointer { try log.take($0, now: 99) }
    }

    private func frame(_ kind: UInt8, _ text: some StringProtocol, _ second: Int, _ nanosecond: Int = 0) -> [UInt8] {
        LogStreamBytes.frame(kind, LogStreamBytes.message(text, second: second, nanosecond: nanosecond))
    }

    @Test("joins the parts of a long line and keeps stdout and stderr apart")
    func joins() throws {
        let (log, writer) = log()
        let part = String(repeating: "x", count: 16_384)
        try take(log, frame(1, part, 1) + frame(2, "an error\n", 2) + frame(1, part, 1) + frame(1, "END\n", 1))
        try take(log, frame(1, "short\n", 3) + frame(2, "\n", 4))
        writer.flush()
        #expect(sink.texts("stdout") == [part + part + "END", "short"])
        #expect(sink.texts("stderr") == ["an error", ""])
        #expect(sink.lines().first { $0.text == "short" }?.time == LogStreamBytes.time(3, 0))
        #expect(Set(sink.workers).count == 1)
    }

    @Test("ends a line where the next message has another time")
    func otherTimeEndsLine() throws {
        let (log, writer) = log()
        try take(log, frame(1, "cut off", 1) + frame(1, "next\n", 2))
        writer.flush()
        #expect(sink.texts() == ["cut off", "next"])
    }

    @Test("joins parts of different times for the journald driver")
    func journaldParts() throws {
        let (log, writer) = log(driver: "journald")
        try take(log, frame(1, "one ", 1) + frame(1, "line\n", 2))
        writer.flush()
        #expect(sink.texts() == ["one line"])
    }

    @Test("stays bounded when a line never ends, and finds the next one")
    func endlessLine() throws {
        let (log, writer) = log()
        let part = String(repeating: "y", count: 16_384)
        for _ in 0..<100 { try take(log, frame(1, part, 1)) }
        try take(log, frame(1, "end\n", 1) + frame(1, "after\n", 2))
        writer.flush()
        let lines = sink.lines()
        #expect(lines.map(\.isCut) == [true, false])
        #expect(lines.map(\.text.utf8.count) == [LineJoiner.lineBytesMax, 5])
    }

    @Test("counts lines of one time, so that each has an identity")
    func ordinals() throws {
        let (log, writer) = log()
        try take(log, frame(1, "a\n", 1) + frame(2, "a\n", 1) + frame(1, "a\n", 1) + frame(1, "b\n", 1, 1))
        writer.flush()
        #expect(sink.lines().filter { $0.key.hasSuffix("stdout") }.map(\.ordinal) == [0, 1, 0])
        #expect(sink.lines().filter { $0.key.hasSuffix("stderr") }.map(\.ordinal) == [0])
    }

    @Test("gives out an open line when the container has ended, not while it runs")
    func openLineAtEnd() throws {
        let (running, writer) = log()
        try take(running, frame(1, "half", 1))
        running.finish(now: 99)
        writer.flush()
        #expect(sink.texts().isEmpty)
        let (ended, second) = log(isRunning: false)
        try take(ended, frame(1, "half", 1))
        ended.finish(now: 99)
        second.flush()
        #expect(sink.texts() == ["half"])
        #expect(ended.isDrained)
    }

    @Test("fails when the engine says that it cannot read on")
    func engineError() throws {
        let (log, _) = log()
        #expect(throws: ContainerLog.Failure.engine) {
            try take(log, LogStreamBytes.frame(3, Array("Error grabbing logs: EOF\n".utf8)))
        }
    }

    @Test("of a terminal has no frames, carriage returns, or timestamps within long lines", arguments: 0..<20)
    func terminal(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let part = String(repeating: "z", count: 16_384)
        let stamp = LogStreamBytes.stamp(1, 5)
        let bytes =
            LogStreamBytes.message("hello\r\n") + Array((stamp + part + stamp + part + stamp + "tail\r\n").utf8)
            + LogStreamBytes.message(part, second: 2) + LogStreamBytes.message("\r\n", second: 2)
            + LogStreamBytes.message("2024-01-01T00:00:00.000000000Z said so\r\n", second: 3)
        let (log, writer) = log(terminal: true)
        let largest = seed == 0 ? bytes.count : 9_000
        for piece in random.pieces(of: bytes, upTo: largest) { try take(log, piece) }
        writer.flush()
        #expect(sink.texts() == ["hello", part + part + "tail", part, "2024-01-01T00:00:00.000000000Z said so"])
        #expect(sink.lines().map(\.time) == [(0, 0), (1, 5), (2, 0), (3, 0)].map { LogStreamBytes.time($0.0, $0.1) })
    }

    @Test("of a terminal stays bounded when a line never ends")
    func endlessTerminalLine() throws {
        let (log, writer) = log(terminal: true)
        try take(log, LogStreamBytes.message(""))
        for _ in 0..<300 { try take(log, [UInt8](repeating: 97, count: 10_000)) }
        try take(log, Array("\r\n".utf8) + LogStreamBytes.message("after\r\n", second: 2))
        writer.flush()
        #expect(sink.lines().map(\.isCut) == [true, false])
        #expect(sink.lines().map(\.text.utf8.count) == [LineJoiner.lineBytesMax, 5])
    }

    @Test("takes a message without a timestamp as a line of now")
    func noTimestamp() throws {
        let (log, writer) = log()
        try take(log, LogStreamBytes.frame(1, Array("plain\n".utf8)))
        writer.flush()
        #expect(sink.lines().map(\.text) == ["plain"])
        #expect(sink.lines().map(\.time) == [99])
    }
}
