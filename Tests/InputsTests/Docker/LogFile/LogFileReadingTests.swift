import Inputs
import TestSupport
import Testing

/// With files that the test writes and an engine that only tells where they are.
@Suite("The Docker input over the engine's own files")
struct LogFileReadingTests {
    private func start(_ log: WrittenLog, positions: [String: String] = [:], once: Bool = false) -> InputRun {
        let options = DockerOptions(socket: .unix(path: log.engine.socket), stats: .zero, read: .file)
        let input = DockerInput(options: options, own: .none)
        return InputRun(input, sink: CollectingSink(), positions: positions, once: once)
    }

    private func texts(_ numbers: Range<Int>) -> [String] { numbers.map { "line \($0)" } }

    @Test("follows a file, with long lines in parts and both streams apart")
    func follows() async throws {
        let log = try WrittenLog()
        let part = String(repeating: "x", count: 16_384)
        try log.append(WrittenLog.line(part, second: 1) + WrittenLog.line("oops\\n", second: 2, stream: "stderr"))
        let run = start(log)
        #expect(await run.has(1))
        try log.append(WrittenLog.line("END\\n", second: 1) + "{\"log\":\"half")
        #expect(await run.has(2))
        try log.append(" a line\\n\",\"stream\":\"stdout\",\"time\":\"2024-01-01T00:00:09Z\"}\n")
        #expect(await run.has(3))
        await run.finish()
        #expect(run.sink.texts("stdout") == [part + "END", "half a line"])
        #expect(run.sink.texts("stderr") == ["oops"])
        #expect(run.sink.lines().first { $0.text == "oops" }?.time == LogStreamBytes.time(2, 0))
        #expect(run.status.gaps.isEmpty)
    }

    @Test("takes the carriage returns of a terminal away, as the engine's stream needs it")
    func terminal() async throws {
        let log = try WrittenLog(isRunning: false, hasTerminal: true)
        try log.append(WrittenLog.line("one\\r\\n", second: 1) + WrittenLog.line("two\\r\\n", second: 2))
        let run = start(log, once: true)
        await run.join()
        #expect(run.sink.texts() == ["one", "two"])
    }

    @Test("goes through rotations without loss or repetition")
    func rotations() async throws {
        let log = try WrittenLog()
        try log.append(WrittenLog.lines(0..<100))
        log.rotate()
        try log.append(WrittenLog.lines(100..<200))
        let run = start(log)
        #expect(await run.has(200))
        try log.append(WrittenLog.lines(200..<250))
        log.rotate()
        try log.append(WrittenLog.lines(250..<300))
        log.rotate()
        try log.append(WrittenLog.lines(300..<400))
        #expect(await run.has(400))
        await run.finish()
        #expect(run.sink.texts() == texts(0..<400))
        #expect(run.status.gaps.isEmpty)
    }

    @Test("goes on behind what was kept, and with lines that were open, also when the file has been rotated since")
    func restart() async throws {
        let log = try WrittenLog()
        try log.append(WrittenLog.lines(0..<50) + WrittenLog.line("part ", second: 50, stream: "stderr"))
        try log.append(WrittenLog.lines(51..<52))
        let first = start(log)
        #expect(await first.has(51))
        await first.finish()
        log.rotate()
        try log.append(WrittenLog.line("end\\n", second: 50, stream: "stderr") + WrittenLog.lines(53..<60))
        let second = start(log, positions: first.sink.positions())
        #expect(await second.has(8))
        await second.finish()
        #expect(second.sink.texts("stdout") == texts(53..<60))
        #expect(second.sink.texts("stderr") == ["part end"])
        #expect(second.status.gaps.isEmpty)
    }

    @Test("goes by times and lines where the file of its place is gone")
    func placeGone() async throws {
        let log = try WrittenLog()
        try log.append(WrittenLog.lines(0..<20))
        let first = start(log)
        #expect(await first.has(20))
        await first.finish()
        // A copy: the same lines in another file.
        let all = WrittenLog.lines(0..<30)
        log.rotate(keeping: 1)
        log.rotate(keeping: 1)
        try log.append(all)
        let second = start(log, positions: first.sink.positions())
        #expect(await second.has(10))
        await second.finish()
        #expect(second.sink.texts() == texts(20..<30))
        #expect(second.status.gaps.isEmpty)
    }

    @Test("begins anew in a file that was truncated")
    func truncated() async throws {
        let log = try WrittenLog()
        try log.append(WrittenLog.lines(0..<20))
        let run = start(log)
        #expect(await run.has(20))
        try log.replace(WrittenLog.lines(20..<25))
        #expect(await run.has(25))
        await run.finish()
        #expect(run.sink.texts() == texts(0..<25))
    }

    @Test("passes over what is damaged, keeps the message behind it, and counts a gap")
    func damaged() async throws {
        let log = try WrittenLog()
        let zeros = String(repeating: "\0", count: 5_000)
        try log.append(WrittenLog.lines(0..<3) + zeros + WrittenLog.lines(3..<4) + "{\"log\":\"torn")
        try log.append(WrittenLog.lines(4..<6) + "no message\n" + WrittenLog.lines(6..<7))
        let run = start(log)
        #expect(await run.has(7))
        await run.finish()
        #expect(run.sink.texts() == texts(0..<7))
        #expect(run.status.gaps == ["unreadable", "unreadable", "unreadable"])
    }

    @Test("passes over a line that no driver writes")
    func endlessLine() async throws {
        let log = try WrittenLog()
        try log.append(WrittenLog.lines(0..<2) + String(repeating: "x", count: 700_000))
        try log.append("\n" + WrittenLog.lines(2..<4))
        let run = start(log)
        #expect(await run.has(4))
        await run.finish()
        #expect(run.sink.texts() == texts(0..<4))
        #expect(run.status.gaps == ["unreadable"])
    }

    @Test("says once why a container is read through the engine after all", arguments: [true, false])
    func fallsBack(compresses: Bool) async throws {
        let log = try WrittenLog(options: compresses ? #"{"compress":"true"}"# : "{}")
        if compresses { try log.append(WrittenLog.lines(0..<2)) }
        let run = start(log)
        #expect(await InputRun.eventually { !run.status.notes.isEmpty })
        await run.finish()
        #expect(run.status.notes.count == 1)
        #expect(run.status.notes.first?.contains(compresses ? "compresses" : "mounted") == true)
    }
}
