import Inputs
import TestSupport
import Testing

/// With a real engine.
@Suite("The Docker input's signals", .enabled("dockerd cannot run here") { await RealEngine.isAvailable })
struct DockerSignalsTests {
    private let engine: RealEngine
    private let signals = RecordingSignals()

    init() async throws { engine = try #require(await RealEngine.shared) }

    private func start(_ name: String, stats: Duration = .milliseconds(300)) -> InputRun {
        let options = DockerOptions(
            socket: .unix(path: engine.socket),
            include: [ContainerPattern(name: Glob(name))],
            stats: stats
        )
        return InputRun(DockerInput(options: options, own: .none, signals: signals), sink: CollectingSink())
    }

    @Test("are the saturation of a container that does what it may")
    func saturation() async throws {
        try await engine.run(
            "busy",
            ["--cpus", "0.1", "--memory", "64m", "--pids-limit", "40", "--label", "martlet.service=shop"],
            script: "while true; do true; done"
        )
        let run = start("busy")
        let hasAll = await InputRun.eventually {
            signals.samples("busy").contains { sample in
                (sample.cpu ?? 0) > 0.5 && (sample.throttled ?? 0) > 0.2 && (sample.memory ?? 0) > 0
            }
        }
        #expect(hasAll)
        try await engine.docker("kill", "busy")
        #expect(await InputRun.eventually { signals.words.contains("stopped shop/busy") })
        await run.finish()
        let last = try #require(signals.samples("busy").last)
        #expect(try #require(last.cpu) < 2)
        #expect(try #require(last.memory) < 0.5)
        #expect(try (1...3).contains(#require(last.pids) * 40))
        #expect(signals.words.first == "found shop/busy")
    }

    @Test("are the restarts of a crash loop, each of them once")
    func crashLoop() async throws {
        let run = start("crashing", stats: .zero)
        #expect(await InputRun.eventually { run.status.isUp == true })
        try await engine.run("crashing", ["--restart", "on-failure:3"], script: "sleep 0.1; exit 3")
        #expect(await InputRun.eventually { signals.count("restarted crashing/crashing") == 3 })
        let hasEnded = try await InputRun.eventually { [engine] in
            try await engine.docker("inspect", "-f", "{{.State.Status}}", "crashing") == "exited"
        }
        #expect(hasEnded)
        try await engine.docker("restart", "-t", "0", "crashing")
        #expect(await InputRun.eventually { signals.count("restarted crashing/crashing") >= 4 })
        try await engine.docker("rm", "-f", "crashing")
        #expect(await InputRun.eventually { signals.words.contains("removed crashing/crashing") })
        await run.finish()
        #expect(signals.count("oomKilled crashing/crashing") == 0)
    }

    /// The name of a container that the kernel has killed and the engine knows of: under load it misses one at times.
    private func outOfMemory(_ script: String) async throws -> String? {
        for attempt in 1...5 {
            let name = "memory-oom\(attempt)"
            try await engine.run(name, ["--memory", "16m", "--memory-swap", "16m"], script: script)
            #expect(try await engine.docker("wait", name) == "137")
            if try await engine.docker("inspect", "-f", "{{.State.OOMKilled}}", name) == "true" { return name }
        }
        return nil
    }

    @Test("are an OOM kill, but neither a forced stop nor a kill")
    func outOfMemory() async throws {
        let run = start("memory-*", stats: .zero)
        #expect(await InputRun.eventually { run.status.isUp == true })
        let eat = "x=$(head -c 60000000 /dev/zero | tr '\\0' a); echo $x"
        let killed = try #require(try await outOfMemory(eat))
        try await engine.run("memory-kill", script: "sleep 600")
        #expect(await InputRun.eventually { signals.words.contains("found memory-kill/memory-kill") })
        try await engine.docker("kill", "memory-kill")
        #expect(await InputRun.eventually { signals.words.contains("stopped memory-kill/memory-kill") })
        #expect(await InputRun.eventually { signals.count("oomKilled \(killed)/\(killed)") == 1 })
        await run.finish()
        #expect(signals.words.count { $0.hasPrefix("oomKilled") } == 1)
        #expect(signals.words.count { $0.hasPrefix("restarted") } == 0)
    }

    @Test("are a gap in a damaged log, of which all is read that the engine can")
    func damagedLog() async throws {
        try await engine.run("damaged", script: "i=0; while [ $i -lt 40 ]; do echo line $i; i=$((i+1)); done")
        try await engine.docker("wait", "damaged")
        let path = try await engine.docker("inspect", "-f", "{{.LogPath}}", "damaged")
        // As after a power failure: the 11th line is zeros.
        let script = "sed -i '11s/.*/\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00/' '\(path)'"
        let result = try await RunningCommand.run(["sh", "-c", script])
        #expect(result.status == 0)
        let run = start("damaged", stats: .zero)
        #expect(await InputRun.eventually { run.sink.texts().contains("line 39") })
        await run.finish()
        let lines = run.sink.texts()
        #expect(Array(lines.prefix(10)) == (0..<10).map { "line \($0)" })
        #expect(lines == Array(Set(lines)).sorted { Int($0.dropFirst(5)) ?? 0 < Int($1.dropFirst(5)) ?? 0 })
        #expect(lines.count >= 10 + 29 * 3 / 4)
        #expect(run.status.gaps == ["unreadable"])
    }
}
