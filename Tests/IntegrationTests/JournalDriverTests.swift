import Foundation
import TestSupport
import Testing

/// Containers whose lines stand in the journal, read through the engine and the journal at once.
@Suite struct JournalDriverTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    private static let script = """
        i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo "line $i of $NAME"; done
        head -c 40000 /dev/zero | tr '\\0' x; echo " long of $NAME"; sleep 60
        """

    @Test(
        "A container with the journald driver arrives once: through the engine if that reads it, else through the journal",
        .enabled("needs dockerd and systemd-journald, run as root") {
            guard JournaldInstance.isAvailable else { return false }
            return await RealEngine.isAvailable
        }
    )
    func once() async throws {
        let engine = try await RealEngine.make(hasJournal: true)
        let journal = try #require(engine.journal)
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            """
            inputs:
              docker: {socket: "unix://\(engine.socket)", exclude: [{name: "left-out"}]}
              journald: {directory: "\(journal)", start: beginning}
            outputs: {loki: {url: "\(loki.url)"}}
            """
        )
        let start = { (name: String) in
            try await engine.run(
                name,
                ["--log-driver", "journald", "-e", "NAME=\(name)"],
                script: Self.script
            )
        }
        // Before the agent: its lines may be read from the journal before the engine's list is known.
        _ = try await start("before")
        _ = try await start("left-out")
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { loki.lines(of: "before").count >= 201 && loki.lines(of: "left-out").count >= 201 })
        // While both inputs are at work: the journal has its first lines before the engine tells of its start.
        _ = try await start("while")
        #expect(await eventually { loki.lines(of: "while").count >= 201 })
        // A line that the journal brought as well would have come by the time of one that is written now.
        _ = try await start("last")
        #expect(await eventually { loki.lines(of: "last").count >= 201 })
        kill(agent.pid, SIGTERM)
        let end = agent.wait()
        #expect(end.status == 0, "\(end.output)")
        let long = String(repeating: "x", count: 40_000)
        for (name, source) in [("before", "docker"), ("while", "docker"), ("left-out", "journald")] {
            let expected = (1...200).map { "line \($0) of \(name)" } + ["\(long) long of \(name)"]
            let entries = loki.lines(of: name)
            #expect(entries.map(\.line) == expected, "\(name)")
            #expect(Set(entries.compactMap { $0.metadata["source"] }) == [source], "\(name)")
        }
    }
}

extension LokiContractServer {
    /// What is stored of a container, in order.
    fileprivate func lines(of container: String) -> [LokiContractEntry] {
        streams().flatMap(\.value).filter { $0.metadata["container"] == container }.sorted { $0.time < $1.time }
    }
}
