import Inputs
import TestSupport
import Testing

/// With a real engine, whose own files are read.
@Suite("The Docker input in file mode", .enabled("dockerd cannot run here") { await RealEngine.isAvailable })
struct DockerFilesTests {
    private let engine: RealEngine

    init() async throws { engine = try #require(await RealEngine.shared) }

    private func start(
        _ name: String,
        _ read: DockerOptions.Read = .file,
        positions: [String: String] = [:],
        once: Bool = false
    ) -> InputRun {
        let options = DockerOptions(
            socket: .unix(path: engine.socket),
            include: [ContainerPattern(name: Glob(name))],
            stats: .zero,
            read: read
        )
        let sink = CollectingSink(workerCount: 2)
        return InputRun(DockerInput(options: options, own: .none), sink: sink, positions: positions, once: once)
    }

    /// Numbered lines on both streams.
    private func numbers(_ count: Int, pause: String = "", then: String = "") -> String {
        "i=0; while [ $i -lt \(count) ]; do echo out $i; echo err $i >&2; i=$((i+1)); \(pause) done; \(then)"
    }

    private func numbered(_ prefix: String, _ range: Range<Int>) -> [String] { range.map { "\(prefix) \($0)" } }

    @Test("reads the same lines as through the engine, with the same times and identities")
    func sameLines() async throws {
        let script =
            "head -c 40000 /dev/zero | tr '\\0' x; echo END; printf 'tab\\there \\302\\265\\n'; \(numbers(300))"
        try await engine.run("same", script: script)
        try await engine.run(
            "same-terminal",
            ["-t"],
            script: "head -c 20000 /dev/zero | tr '\\0' x; echo END; echo two"
        )
        for name in ["same", "same-terminal"] {
            try await engine.docker("wait", name)
            let file = start(name, once: true)
            await file.join()
            let stream = start(name, .stream, once: true)
            await stream.join()
            for key in ["stdout", "stderr"] {
                let expected = stream.sink.lines().filter { $0.key.hasSuffix(key) }
                #expect(file.sink.lines().filter { $0.key.hasSuffix(key) } == expected)
            }
            #expect(file.sink.lineCount > 1)
            #expect(file.status.notes.isEmpty && file.status.gaps.isEmpty)
        }
    }

    @Test("follows a container through rotations, its end and its next start")
    func follows() async throws {
        let script = numbers(2_000, pause: "[ $((i % 20)) -ne 0 ] || sleep 0.02;")
        try await engine.run("turning", ["--log-opt", "max-size=30k", "--log-opt", "max-file=50"], script: script)
        let run = start("turning")
        #expect(await run.has(4_000))
        try await engine.docker("wait", "turning")
        try await engine.docker("start", "turning")
        #expect(await run.has(8_000))
        await run.finish()
        let twice = (0..<2).flatMap { _ in numbered("out", 0..<2_000) }
        #expect(run.sink.texts("stdout") == twice)
        #expect(run.sink.texts("stderr").count == 4_000)
        #expect(run.status.gaps.isEmpty)
    }

    @Test("of an agent that is started again goes on behind what was kept, in either mode")
    func agentRestart() async throws {
        try await engine.run("kept", script: numbers(20_000, then: "sleep 600"))
        let whole = start("kept")
        #expect(await whole.has(40_000))
        await whole.finish()
        #expect(whole.sink.texts("stdout") == numbered("out", 0..<20_000))
        #expect(whole.sink.texts("stderr") == numbered("err", 0..<20_000))
        let count = whole.sink.batchCount
        for (safe, read) in [(1, DockerOptions.Read.file), (count / 2, .stream), (count / 2, .file), (count, .file)] {
            let run = start("kept", read, positions: whole.sink.positions(after: safe))
            let kept = whole.sink.lines(inFirst: safe)
            #expect(await run.has(40_000 - kept.count))
            try await Task.sleep(for: .milliseconds(50))
            await run.finish()
            let all = kept + run.sink.lines()
            for key in ["stdout", "stderr"] {
                #expect(
                    all.filter { $0.key.hasSuffix(key) } == whole.sink.lines().filter { $0.key.hasSuffix(key) }
                )
            }
            #expect(run.status.gaps.isEmpty)
        }
    }

    @Test("goes by lines and times when the place is older than the position")
    func modeChanges() async throws {
        let script = "\(numbers(500)) while [ ! -e /tmp/go ]; do sleep 0.05; done; \(numbers(500)) sleep 600"
        try await engine.run("changing", script: script)
        let first = start("changing")
        #expect(await first.has(1_000))
        await first.finish()
        try await engine.docker("exec", "changing", "sh", "-c", ": > /tmp/go")
        let second = start("changing", .stream, positions: first.sink.positions())
        #expect(await second.has(1_000))
        await second.finish()
        let third = start("changing", positions: second.sink.positions(from: first.sink.positions()))
        try await Task.sleep(for: .milliseconds(500))
        await third.finish()
        #expect(third.sink.texts().isEmpty)
        #expect(third.status.isUp == true && third.status.gaps.isEmpty)
    }

    @Test("reads other log drivers through the engine")
    func otherDriver() async throws {
        try await engine.run("local-file", ["--log-driver", "local"], script: "echo one")
        try await engine.docker("wait", "local-file")
        let run = start("local-file", once: true)
        await run.join()
        #expect(run.sink.texts() == ["one"])
        #expect(run.status.notes.contains { $0.contains("log driver is local") })
    }
}
