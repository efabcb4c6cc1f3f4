import Inputs
import TestSupport
import Testing

/// With an engine of its own, because it is stopped in the middle.
@Suite("The Docker input over engine restarts", .enabled("dockerd cannot run here") { await RealEngine.isAvailable })
struct DockerRestartTests {
    private func start(_ engine: RealEngine) -> InputRun {
        let options = DockerOptions(socket: .unix(path: engine.socket))
        return InputRun(DockerInput(options: options, own: .none), sink: CollectingSink(workerCount: 2))
    }

    @Test("loses and repeats nothing when the engine is killed or stopped while a container writes")
    func engineRestarts() async throws {
        let engine = try await RealEngine.make(liveRestore: true)
        let script = """
            i=0
            while true; do
                echo out $i; echo err $i >&2; i=$((i+1))
                [ $((i % 20)) -ne 0 ] || sleep 0.02
            done
            """
        try await engine.run("writer", script: script)
        let run = start(engine)
        #expect(await run.has(200))
        for word in ["kill", "stop"] {
            try await engine.tell(word)
            #expect(await InputRun.eventually { run.status.isUp == false })
            try await engine.tell("start")
            #expect(await InputRun.eventually { run.status.isUp == true })
            let count = run.sink.lineCount
            #expect(await run.has(count + 100))
        }
        try await engine.docker("kill", "writer")
        let stdout = try await reference(engine, "stdout")
        let stderr = try await reference(engine, "stderr")
        #expect(await run.has(stdout.count + stderr.count))
        await run.finish()
        #expect(run.sink.texts("stdout") == stdout)
        #expect(run.sink.texts("stderr") == stderr)
        #expect(stdout == stdout.indices.map { "out \($0)" })
        #expect(run.status.gaps.isEmpty)
    }

    /// What the engine itself has of one stream.
    private func reference(_ engine: RealEngine, _ stream: String) async throws -> [String] {
        let redirect = stream == "stdout" ? "2>/dev/null" : "2>&1 >/dev/null"
        let command = "docker -H unix://\(engine.socket) logs writer \(redirect)"
        return try await RunningCommand.run(["sh", "-c", command]).output.split(separator: "\n").map { String($0) }
    }

    @Test("says what to do when there is no engine, and attaches once there is one")
    func absentEngine() async throws {
        let engine = try await RealEngine.make()
        try await engine.tell("stop")
        let run = start(engine)
        #expect(await InputRun.eventually { run.status.isUp == false })
        #expect(run.status.problems.first?.contains("systemctl start docker") == true)
        try await engine.tell("start")
        #expect(await InputRun.eventually { run.status.isUp == true })
        try await engine.run("hello", script: "echo hello")
        #expect(await run.has(1))
        await run.finish()
        #expect(run.sink.texts() == ["hello"])
    }
}
