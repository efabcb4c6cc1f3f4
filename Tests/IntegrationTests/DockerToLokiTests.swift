import Foundation
import TestSupport
import Testing

/// Real containers, the real binary, a strict Loki.
@Suite struct DockerToLokiTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    @Test(
        "A container's mixed lines arrive complete, redacted, labelled, in order and once, over a restart of the agent",
        .enabled("needs dockerd, run as root") { await RealEngine.isAvailable }
    )
    func mixedLines() async throws {
        let engine = try #require(await RealEngine.shared)
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let name = "shop-" + UUID().uuidString.prefix(8)
        try await engine.run(
            String(name),
            ["--label", "martlet.service=checkout"],
            script: """
                i=0; while [ $i -lt 400 ]; do i=$((i+1))
                echo "{\\"level\\":\\"info\\",\\"n\\":$i,\\"msg\\":\\"order of bob.ross@example-mail.org\\",\\"status\\":200}"
                echo "WARN plain line $i" >&2
                if [ $i -eq 200 ]; then while [ ! -e /tmp/go ]; do sleep 1; done; fi
                done; sleep 60
                """
        )
        let file = try martlet.configure(
            """
            inputs: {docker: {socket: "unix://\(engine.socket)", include: [{name: "\(name)"}]}}
            outputs: {loki: {url: "\(loki.url)"}}
            """
        )
        let first = try martlet.start(["run", "-c", file])
        #expect(await eventually { loki.storedCount >= 398 })
        kill(first.pid, SIGTERM)
        #expect(first.wait().status == 0)
        let second = try martlet.start(["run", "-c", file])
        try await engine.docker("exec", String(name), "sh", "-c", ": > /tmp/go")
        #expect(await eventually { loki.storedCount >= 800 })
        kill(second.pid, SIGTERM)
        let end = second.wait()
        #expect(end.status == 0, "\(end.output)")

        let streams = loki.streams()
        #expect(loki.complaints == [])
        #expect(streams.keys.allSatisfy { $0["service_name"] == "checkout" })
        let json = streams.flatMap(\.value).filter { $0.metadata["stream"] == "stdout" }.sorted { $0.time < $1.time }
        #expect(
            json.map(\.line)
                == (1...400).map {
                    "{\"level\":\"info\",\"n\":\($0),\"msg\":\"order of [REDACTED:email]\",\"status\":200}"
                }
        )
        let text = streams.flatMap(\.value).filter { $0.metadata["stream"] == "stderr" }.sorted { $0.time < $1.time }
        #expect(text.map(\.line) == (1...400).map { "WARN plain line \($0)" })
        #expect(json.allSatisfy { $0.metadata["container"] == String(name) })
        try await engine.docker("rm", "-f", String(name))
    }

    @Test(
        "A container's stack trace arrives as one record, apart from what its other stream prints meanwhile",
        .enabled("needs dockerd, run as root") { await RealEngine.isAvailable }
    )
    func stackTrace() async throws {
        let engine = try #require(await RealEngine.shared)
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let name = String("java-" + UUID().uuidString.prefix(8))
        try await engine.run(
            name,
            [],
            script: """
                log() { printf "$1\\n"; echo "{\\"msg\\":\\"beside\\"}" >&2; }
                log 'ERROR [main] c.e.App - failed'
                log 'java.lang.IllegalStateException: no cart'
                log '\\tat com.example.App.main(App.java:12)'
                log 'Caused by: java.io.IOException: disk'
                log '\\t... 7 common frames omitted'
                log 'INFO [main] c.e.App - next'
                sleep 60
                """
        )
        let file = try martlet.configure(
            """
            inputs: {docker: {socket: "unix://\(engine.socket)", include: [{name: "\(name)"}]}}
            outputs: {loki: {url: "\(loki.url)"}}
            """
        )
        let agent = try martlet.start(["run", "-c", file])
        // Eight: the last line of text is let go by the clock alone, since nothing follows it.
        #expect(await eventually { loki.storedCount >= 8 })
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
        let entries = loki.streams().flatMap(\.value)
        #expect(
            entries.filter { $0.metadata["stream"] == "stdout" }.sorted { $0.time < $1.time }.map(\.line) == [
                """
                ERROR [main] c.e.App - failed
                java.lang.IllegalStateException: no cart
                \tat com.example.App.main(App.java:12)
                Caused by: java.io.IOException: disk
                \t... 7 common frames omitted
                """, "INFO [main] c.e.App - next",
            ]
        )
        #expect(entries.count == 8)
        try await engine.docker("rm", "-f", name)
    }

    @Test("Without an engine the agent says so, is not ready, and goes on with the rest")
    func noEngine() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let log = martlet.folder + "/app.log"
        try "first\nsecond\n".write(toFile: log, atomically: true, encoding: .utf8)
        let file = try martlet.configure(
            """
            inputs:
              docker: {socket: "unix://\(martlet.folder)/no.sock"}
              files: [{paths: ["\(log)"]}]
            outputs: {loki: {url: "\(loki.url)"}}
            """
        )
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { loki.storedCount == 2 })
        kill(agent.pid, SIGTERM)
        let end = agent.wait()
        #expect(end.status == 0)
        #expect(end.output.contains("\"input\":\"docker\""))
    }
}
