import Inputs
import Synchronization
import TestSupport
import Testing

/// With a scripted engine: a real one stalls and breaks only when it wants to.
@Suite("The Docker input with a log that the engine does not bring")
struct StalledStreamTests {
    private static let id = String(repeating: "ab", count: 32)
    private static let head = Array("HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n".utf8)
    private static let frames = (0..<8).map { second in
        LogStreamBytes.frame(1, LogStreamBytes.message("line \(second)\n", second: second))
    }

    /// What the engine was asked for its log.
    private final class Targets: Sendable {
        private let targets = Mutex<[String]>([])

        /// How many of them contained this, the new one included.
        func add(_ target: String, counting part: String) -> Int {
            targets.withLock {
                $0.append(target)
                return $0.count { $0.contains(part) }
            }
        }

        func count(_ part: String) -> Int { targets.withLock { $0.count { $0.contains(part) } } }
    }

    private let targets = Targets()

    /// An engine with one container; `log` answers a request for its log, with its target and the number of such.
    private func engine(
        isRunning: Bool,
        _ log: @escaping @Sendable (_ target: String, _ number: Int) -> [UInt8]
    ) throws -> ScriptedEngine {
        let targets = targets
        let state = isRunning ? "running" : "exited"
        let inspection = """
            {"Name":"/shop","State":{"Running":\(isRunning),"StartedAt":"2024-01-01T00:00:00Z",
            "FinishedAt":"2024-01-02T00:00:00Z"},"HostConfig":{"LogConfig":{"Type":"json-file"}}}
            """
        return try ScriptedEngine(holding: { $0.contains("follow=1") }) { target in
            if target.hasSuffix("/_ping") { return ScriptedEngine.json("OK") }
            if target.contains("/events") { return nil }
            if target.contains("/containers/json") {
                return ScriptedEngine.json(#"[{"Id":"\#(Self.id)","State":"\#(state)"}]"#)
            }
            guard target.contains("/logs") else { return ScriptedEngine.json(inspection) }
            if target.hasSuffix("tail=1") { return Self.head + (Self.frames.last ?? []) }
            let part = target.contains("follow=1") ? "follow=1" : target.contains("tail=") ? "tail=" : "follow=0"
            return log(target, targets.add(target, counting: part))
        }
    }

    private func run(_ engine: ScriptedEngine, once: Bool = false) -> InputRun {
        let options = DockerOptions(socket: .unix(path: engine.socket), stats: .zero)
        let patience = StallWatch.Patience(quiet: .milliseconds(30), grace: .milliseconds(10))
        let input = DockerInput(options: options, own: .none, patience: patience)
        return InputRun(input, sink: CollectingSink(), once: once)
    }

    private let all = (0..<8).map { "line \($0)" }

    @Test("opens a stream again that has stalled, and repeats nothing")
    func stalled() async throws {
        let engine = try engine(isRunning: true) { _, number in
            Self.head + Self.frames.prefix(number == 1 ? 3 : 8).joined()
        }
        let run = run(engine)
        #expect(await run.has(8))
        await run.finish()
        #expect(run.sink.texts() == all)
        #expect(run.status.gaps.isEmpty)
        #expect(run.status.notes.count { $0.contains("shop has stalled") } == 1)
    }

    @Test("counts a gap once when a stream does not bring its last line after opening it again either")
    func unreadable() async throws {
        let engine = try engine(isRunning: true) { _, _ in Self.head + Self.frames.prefix(3).joined() }
        let run = run(engine)
        #expect(await InputRun.eventually { !run.status.gaps.isEmpty })
        try await Task.sleep(for: .milliseconds(200))
        await run.finish()
        #expect(run.status.gaps == ["unreadable"])
        #expect(targets.count("follow=1") == 2)
    }

    @Test("leaves a silent stream alone that has brought everything")
    func silent() async throws {
        let engine = try engine(isRunning: true) { _, _ in Self.head + Self.frames.joined() }
        let run = run(engine)
        #expect(await run.has(8))
        try await Task.sleep(for: .milliseconds(200))
        await run.finish()
        #expect(targets.count("follow=1") == 1)
        #expect(run.status.notes.isEmpty)
    }

    @Test("reads an ended log from its end when the engine cannot read on, and counts a gap")
    func damaged() async throws {
        // What is before line 2 can be read, what is behind line 4 only when so few lines are asked for.
        let engine = try engine(isRunning: false) { target, _ in
            let tail = target.split(separator: "tail=").dropFirst().first.flatMap { Int($0) }
            guard let tail, tail <= 3 else { return Self.head + Self.frames.prefix(2).joined() }
            return Self.head + Self.frames.suffix(tail).joined()
        }
        let run = run(engine, once: true)
        await run.join()
        #expect(run.sink.texts() == ["line 0", "line 1", "line 5", "line 6", "line 7"])
        #expect(run.status.gaps == ["unreadable"])
        #expect(run.status.notes.contains { $0.contains("shop ends before its last line") })
        // The position is behind all of it: nothing comes twice.
        let positions = run.sink.positions()
        let again = InputRun(
            DockerInput(options: DockerOptions(socket: .unix(path: engine.socket)), own: .none),
            sink: CollectingSink(),
            positions: positions,
            once: true
        )
        await again.join()
        #expect(again.sink.texts().isEmpty)
    }

    @Test("reads an ended log once more before anything counts as lost")
    func late() async throws {
        let engine = try engine(isRunning: false) { _, number in
            Self.head + Self.frames.prefix(number == 1 ? 3 : 8).joined()
        }
        let run = run(engine, once: true)
        await run.join()
        #expect(run.sink.texts() == all)
        #expect(run.status.gaps.isEmpty)
        #expect(targets.count("tail=") == 0)
    }
}
