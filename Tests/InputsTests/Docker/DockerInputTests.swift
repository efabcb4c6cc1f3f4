import Inputs
import RecordPath
import TestSupport
import Testing

/// With a real engine.
///
/// Containers of different tests share it, so each test reads only those of its own name.
@Suite("The Docker input", .enabled("dockerd cannot run here") { RealEngine.isAvailable })
struct DockerInputTests {
    private let engine: RealEngine

    init() throws { engine = try #require(RealEngine.shared) }

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
        let id = try engine.run(
            "long",
            ["--label", "martlet.service=checkout"],
            script: "head -c 40000 /dev/zero | tr '\\0' x; echo END; echo short; echo oops >&2; sleep 600"
        )
        defer { _ = try? engine.docker("rm", "-f", "long") }
        let run = start("long")
        #expect(await run.has(3))
        run.finish()
        #expect(run.sink.texts("stdout") == [String(repeating: "x", count: 40_000) + "END", "short"])
        #expect(run.sink.texts("stderr") == ["oops"])
        let origin = try #require(run.sink.origins.first)
        #expect(origin.key == "docker:\(id):stdout")
        #expect(origin.declaredService == "checkout")
        #expect(origin.container == "long")
        #expect(origin.image == RealEngine.image)
        #expect(run.status.isUp == true)
    }
}
