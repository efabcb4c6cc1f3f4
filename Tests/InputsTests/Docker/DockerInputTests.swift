import Inputs
import RecordPath
import TestSupport
import Testing

/// With a real engine.
///
/// Containers of different tests share it, so each test reads only those of its own name.
@Suite("The Docker input", .enabled("dockerd cannot run here") { await RealEngine.isAvailable })
struct DockerInputTests {
    private let engine: RealEngine

    init() async throws { engine = try #require(await RealEngine.shared) }

    private func input(_ name: String, start: DockerOptions.Start = .beginning) -> DockerInput {
        DockerInput(
            options: DockerOptions(
                socket: .unix(path: engine.socket),
                include: [ContainerPattern(name: Glob(name))],
                start: start
            ),
            own: .none
        )
    }

    private func start(_ name: String, positions: [String: String] = [:], once: Bool = false) -> InputRun {
        InputRun(input(name), sink: CollectingSink(workerCount: 2), positions: positions, once: once)
    }

    @Test("reads long and short lines of a running container, stdout and stderr apart")
    func readsRunning() async throws {
        let id = try await engine.run(
            "long",
            ["--label", "martlet.service=checkout"],
            script: "head -c 40000 /dev/zero | tr '\\0' x; echo END; echo short; echo oops >&2; sleep 600"
        )
        let run = start("long")
        #expect(await run.has(3))
        await run.finish()
        #expect(run.sink.texts("stdout") == [String(repeating: "x", count: 40_000) + "END", "short"])
        #expect(run.sink.texts("stderr") == ["oops"])
        let origin = try #require(run.sink.origins.first)
        #expect(origin.key == "docker:\(id):stdout")
        #expect(origin.declaredService == "checkout")
        #expect(origin.container == "long")
        #expect(origin.image == RealEngine.image)
        #expect(run.status.isUp == true)
    }

    /// Numbered lines on both streams, `count` on each, then what `then` says.
    private func numbers(_ count: Int, then: String = "") -> String {
        "i=0; while [ $i -lt \(count) ]; do echo out $i; echo err $i >&2; i=$((i+1)); done; \(then)"
    }

    private func numbered(_ prefix: String, _ range: Range<Int>) -> [String] { range.map { "\(prefix) \($0)" } }

    @Test("reads an ended container to its end, once, and nothing again after a restart")
    func readsEnded() async throws {
        try await engine.run("ended", script: numbers(300))
        try await engine.docker("wait", "ended")
        let first = start("ended", once: true)
        await first.join()
        #expect(first.sink.texts("stdout") == numbered("out", 0..<300))
        #expect(first.sink.texts("stderr") == numbered("err", 0..<300))
        let second = start("ended", positions: first.sink.positions(), once: true)
        await second.join()
        #expect(second.sink.texts().isEmpty)
        try await engine.docker("start", "ended")
        try await engine.docker("wait", "ended")
        let third = start("ended", positions: second.sink.positions(from: first.sink.positions()), once: true)
        await third.join()
        #expect(third.sink.texts("stdout") == numbered("out", 0..<300))
        #expect(third.status.gaps.isEmpty)
    }

    @Test("reads a container with a terminal")
    func readsTerminal() async throws {
        try await engine.run(
            "terminal",
            ["-t"],
            script: "head -c 20000 /dev/zero | tr '\\0' x; echo END; echo short; echo oops >&2; sleep 600"
        )
        let run = start("terminal")
        #expect(await run.has(3))
        await run.finish()
        #expect(run.sink.texts() == [String(repeating: "x", count: 20_000) + "END", "short", "oops"])
    }

    @Test("finds containers that are started later, and follows them through stop and start")
    func discovers() async throws {
        let run = start("late-*")
        #expect(await InputRun.eventually { run.status.isUp == true })
        try await engine.run("late-1", script: "echo one; sleep 600")
        try await engine.run("late-2", script: "echo two")
        try await engine.run("other-1", script: "echo three")
        #expect(await run.has(2))
        try await engine.docker("kill", "late-1")
        try await engine.docker("start", "late-1")
        #expect(await run.has(3))
        await run.finish()
        #expect(run.sink.texts().sorted() == ["one", "one", "two"])
        #expect(run.status.gaps.isEmpty)
    }

    @Test("excludes by label and never reads what asks not to be read")
    func excludes() async throws {
        try await engine.run("pick-1", ["--label", "team=a"], script: "echo a")
        try await engine.run("pick-2", ["--label", "team=b"], script: "echo b")
        try await engine.run("pick-3", ["--label", "martlet.exclude=true"], script: "echo c")
        for name in ["pick-1", "pick-2", "pick-3"] { try await engine.docker("wait", name) }
        let options = DockerOptions(
            socket: .unix(path: engine.socket),
            include: [ContainerPattern(name: Glob("pick-*"))],
            exclude: [ContainerPattern(label: .init("team=b*"))]
        )
        let run = InputRun(DockerInput(options: options, own: .none), sink: CollectingSink(), once: true)
        await run.join()
        #expect(run.sink.texts() == ["a"])
    }

    @Test("reads the last words of a container that is killed")
    func killed() async throws {
        try await engine.run("killed", script: "\(numbers(500)) sleep 600")
        let run = start("killed")
        #expect(await run.has(1))
        try await engine.docker("kill", "killed")
        #expect(await run.has(1_000))
        await run.finish()
        #expect(run.sink.texts("stdout") == numbered("out", 0..<500))
        #expect(run.sink.texts("stderr") == numbered("err", 0..<500))
    }

    @Test("of an agent that is started again goes on behind what was kept, wherever that was")
    func agentRestart() async throws {
        try await engine.run("again", script: "\(numbers(20_000)) sleep 600")
        let whole = start("again")
        #expect(await whole.has(40_000))
        await whole.finish()
        #expect(whole.sink.texts("stdout") == numbered("out", 0..<20_000))
        #expect(whole.sink.texts("stderr") == numbered("err", 0..<20_000))
        // As if the agent had been killed with only so many batches safe.
        for safe in [0, 1, whole.sink.batchCount / 2, whole.sink.batchCount] {
            let run = start("again", positions: whole.sink.positions(after: safe))
            let kept = whole.sink.lines(inFirst: safe)
            #expect(await run.has(40_000 - kept.count))
            try await Task.sleep(for: .milliseconds(50))
            await run.finish()
            let all = kept + run.sink.lines()
            #expect(
                all.filter { $0.key.hasSuffix("stdout") } == whole.sink.lines().filter { $0.key.hasSuffix("stdout") }
            )
            #expect(
                all.filter { $0.key.hasSuffix("stderr") } == whole.sink.lines().filter { $0.key.hasSuffix("stderr") }
            )
            #expect(run.status.gaps.isEmpty)
        }
    }

    @Test("reads nothing that was there before, when told to start now")
    func startNow() async throws {
        try await engine.run("now", script: "echo before; sleep 600")
        let hasWritten = try await InputRun.eventually { [engine] in
            let log = try await engine.docker("logs", "now")
            return log == "before"
        }
        #expect(hasWritten)
        let run = InputRun(input("now", start: .now), sink: CollectingSink())
        #expect(await InputRun.eventually { run.status.isUp == true })
        try await engine.docker("kill", "now")
        try await engine.docker("start", "now")
        #expect(await run.has(1))
        await run.finish()
        #expect(run.sink.texts() == ["before"])
    }

    @Test("goes by the new name of a container that is renamed")
    func renames() async throws {
        try await engine.run(
            "name-1",
            script: "echo one; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo two; sleep 600"
        )
        let run = start("name-*")
        #expect(await run.has(1))
        try await engine.docker("rename", "name-1", "name-2")
        try await Task.sleep(for: .milliseconds(200))
        try await engine.docker("exec", "name-2", "sh", "-c", ": > /tmp/go")
        #expect(await run.has(2))
        await run.finish()
        #expect(run.sink.origins.map(\.container) == ["name-1", "name-2"])
        #expect(Set(run.sink.lines().map(\.key)).count == 1)
    }

    @Test("reads the log drivers that can be read, with long lines", arguments: ["local", "json-file"])
    func drivers(driver: String) async throws {
        let name = "driver-\(driver)"
        let script = "head -c 40000 /dev/zero | tr '\\0' x; echo END; echo short"
        try await engine.run(name, ["--log-driver", driver], script: script)
        try await engine.docker("wait", name)
        let run = start(name, once: true)
        await run.join()
        #expect(run.sink.texts() == [String(repeating: "x", count: 40_000) + "END", "short"])
    }

    @Test("says of a container without a log that it cannot be read")
    func noLog() async throws {
        try await engine.run("silent", ["--log-driver", "none"], script: "echo lost")
        let run = start("silent", once: true)
        await run.join()
        #expect(run.sink.texts().isEmpty)
        #expect(run.status.notes.contains { $0.contains("silent") && $0.contains("log driver none") })
    }
}
