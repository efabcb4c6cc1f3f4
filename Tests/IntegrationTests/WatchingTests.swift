import Foundation
import TestSupport
import Testing

/// `martlet tap` and `martlet top` beside a running agent.
@Suite struct WatchingTests {
    private static func line(_ number: Int, _ level: String) -> String {
        "{\"service\":\"shop\",\"level\":\"\(level)\",\"msg\":\"paid by bob\(number)@example.com\",\"status\":200,"
            + "\"latency_ms\":\(number)}\n"
    }

    @Test("tap shows redacted records as they come, top what the agent makes of them")
    func watches() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let log = martlet.folder + "/app.log"
        try "".write(toFile: log, atomically: true, encoding: .utf8)
        let port = try FreePort.find()
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(log)"]}]}
            outputs: {archive: {directory: "\(martlet.folder)/archive"}}
            slos: [{name: paid, service: shop, objective: 99.9, sli: {bad: "status >= 500", total: "status > 0"}}]

            """,
            listen: "127.0.0.1:\(port)"
        )
        let agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { LoopbackRequest.get("/readyz", port: port).hasPrefix("HTTP/1.1 200") })
        let records = martlet.folder + "/records"
        let script = "exec \"$0\" tap -c '\(file)' --level error --grep paid > '\(records)'"
        let tap = try RunningCommand(["sh", "-c", script, MartletBinary.path])
        let shown = { ((try? String(contentsOfFile: records, encoding: .utf8)) ?? "").split(separator: "\n") }
        let handle = try #require(FileHandle(forWritingAtPath: log))
        // Lines go on until the tap has shown some: it sees what comes after its first question.
        var number = 0
        let seen = await eventually {
            number += 1
            let text = Self.line(number, "info") + Self.line(number, "error")
            _ = try? handle.seekToEnd()
            try? handle.write(contentsOf: Data(text.utf8))
            return shown().count >= 3
        }
        #expect(seen)
        let top = try await martlet.run(["top", "-c", file, "--frames", "2"])
        kill(tap.pid, SIGTERM)
        _ = tap.wait()
        #expect(shown().allSatisfy { $0.contains("ERROR  shop  paid by [REDACTED:email]") }, "\(shown())")
        #expect(top.status == 0 && top.output.contains("shop") && top.output.contains("99.9%"), "\(top.output)")
        #expect(top.output.contains("archive") && top.output.contains("files"), "\(top.output)")

        let refused = try await martlet.run(["tap", "-c", file, "--level", "loud"])
        #expect(refused.status != 0 && refused.output.contains("level is trace, debug"), "\(refused.output)")
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
        let away = try await martlet.run(["top", "-c", file])
        #expect(away.status == 69 && away.output.contains("is the agent running"), "\(away.output)")
    }
}
