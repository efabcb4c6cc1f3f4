import Foundation
import TestSupport
import Testing

/// Many real containers, outputs that are away and come back.
@Suite(.serialized) struct ManyContainerTests {
    private static let containers = 24
    private static let lines = 400
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    /// Writes lines of a few hundred bytes at once, and now and then one of 200 KB.
    private static let script = """
        i=0; pad=$(head -c 300 /dev/zero | tr '\\\\0' x); long=$(head -c 200000 /dev/zero | tr '\\\\0' y)
        while [ $i -lt \(lines) ]; do
          text=$pad; [ $((i % 100)) -eq 50 ] && text=$long
          echo "{\\"n\\":$i,\\"msg\\":\\"line $i of $NAME $text\\"}"; i=$((i+1))
        done; sleep 600
        """

    @Test(
        "Memory, threads and descriptors stay bounded while outputs are away, and then every line arrives once",
        .enabled("needs dockerd, run as root") { await RealEngine.isAvailable }
    )
    func outage() async throws {
        let engine = try #require(await RealEngine.shared)
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let opensearch = try OpenSearchContractServer()
        defer { opensearch.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let label = "many=" + UUID().uuidString.prefix(8)
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {docker: {socket: "unix://\(engine.socket)", include: [{label: "\(label)"}]}}
            outputs:
              loki: {url: "\(loki.url)", retry: {first: 100ms, max: 1s}, breaker: {probe: 1s}}
              opensearch: {url: "\(opensearch.url)", retry: {first: 100ms, max: 1s}, breaker: {probe: 1s}}
            """,
            listen: "127.0.0.1:\(port)",
            agent: "memory_limit: 64MiB"
        )
        for _ in 0..<10_000 {
            loki.fail(.busy)
            opensearch.fail(.refuse(status: 503))
        }
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventuallyAsync { await MetricsScrape.of(port: port) != nil })
        let idle = try ProcessUsage(pid: agent.pid)
        let names = try await start(engine, String(label))
        let count = Self.containers * Self.lines
        #expect(
            await eventuallyAsync {
                await MetricsScrape.of(port: port)?.sum("martlet_records_read_total") == Double(count)
            }
        )
        let full = try ProcessUsage(pid: agent.pid)
        #expect(full.threads <= idle.threads + 2, "\(idle.threads) threads, then \(full.threads)")
        #expect(full.files <= idle.files + Self.containers + 8, "\(idle.files) files, then \(full.files)")
        loki.forgetFaults()
        opensearch.forgetFaults()
        #expect(await eventually { loki.storedCount >= count })
        #expect(await eventually { opensearch.documents("logs-martlet-default").count >= count })
        let end = try ProcessUsage(pid: agent.pid)
        #expect(end.peakBytes < 64 << 20, "\(end.peakBytes >> 20) MiB")
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
        let stored = loki.streams().values.flatMap { $0 }.map { $0.line.prefix(60) }
        #expect(stored.count == count && Set(stored).count == count)
        #expect(loki.complaints == [])
        for name in names { try await engine.docker("rm", "-f", name) }
    }

    private func start(_ engine: RealEngine, _ label: String) async throws -> [String] {
        var names: [String] = []
        for number in 0..<Self.containers {
            let name = "many-\(number)-" + UUID().uuidString.prefix(8)
            try await engine.run(name, ["--label", label, "-e", "NAME=\(name)"], script: Self.script)
            names.append(name)
        }
        return names
    }
}
