import Foundation
import TestSupport
import Testing

/// SIGHUP to the real binary.
@Suite struct ReloadTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    private static func append(_ text: String, to path: String) throws {
        let file = try #require(FileHandle(forWritingAtPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    @Test("SIGHUP takes a new configuration over without losing or repeating a line")
    func takesOver() async throws {
        let first = try LokiContractServer(now: Self.now)
        defer { first.stop() }
        let second = try LokiContractServer(now: Self.now)
        defer { second.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let log = martlet.folder + "/app.log"
        try "one\n".write(toFile: log, atomically: true, encoding: .utf8)
        let configure = { (url: String) in
            try martlet.configure("inputs: {files: [{paths: [\"\(log)\"]}]}\noutputs: {loki: {url: \"\(url)\"}}\n")
        }
        let file = try configure(first.url)
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { first.storedCount == 1 })
        _ = try configure(second.url)
        kill(agent.pid, SIGHUP)
        // Written while one agent ends and the other begins.
        try Self.append("two\nthree\n", to: log)
        #expect(await eventually { first.storedCount + second.storedCount == 3 })
        try Self.append("four\n", to: log)
        #expect(await eventually { second.streams().values.joined().contains { $0.line == "four" } })
        kill(agent.pid, SIGTERM)
        let end = agent.wait()
        #expect(end.status == 0, "\(end.output)")
        let lines = [first, second].flatMap { $0.streams().values.joined().map(\.line) }
        #expect(lines.sorted() == ["four", "one", "three", "two"])
    }

    @Test("An invalid configuration is refused with every mistake, and the old one goes on")
    func refuses() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let log = martlet.folder + "/app.log"
        try "one\n".write(toFile: log, atomically: true, encoding: .utf8)
        let valid = "inputs: {files: [{paths: [\"\(log)\"]}]}\noutputs: {loki: {url: \"\(loki.url)\"}}\n"
        let file = try martlet.configure(valid)
        let errors = martlet.folder + "/errors"
        let said = { (text: String) in (try? String(contentsOfFile: errors, encoding: .utf8))?.contains(text) ?? false }
        let agent = try martlet.start(["run", "-c", file], errors: errors)
        #expect(await eventually { loki.storedCount == 1 })
        _ = try martlet.configure(valid + "inputz: {}\nredact: {action: blur}\n")
        kill(agent.pid, SIGHUP)
        #expect(await eventually { said("\(file):4:1: inputz:") && said("redact.action") })
        // Valid in form, but there is no such certificate: known only when the new agent is made.
        _ = try martlet.configure(
            valid.replacingOccurrences(of: "{url:", with: "{tls: {ca: \"\(martlet.folder)/none.pem\"}, url:")
        )
        kill(agent.pid, SIGHUP)
        #expect(await eventually { said("none.pem") })
        try Self.append("two\n", to: log)
        #expect(await eventually { loki.storedCount == 2 })
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
        #expect(said("the old one stays in force"))
    }
}
