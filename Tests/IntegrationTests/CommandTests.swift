import Foundation
import TestSupport
import Testing

/// The commands and their exit codes, as scripts see them.
@Suite struct CommandTests {
    @Test("A configuration with mistakes lists them all and exits 78")
    func validateRefuses() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            "inputs: {docke: {}}\noutputs: {loki: {url: \"http://x\", batch: {byte: 1}}}\n"
        )
        let result = try await martlet.run(["validate", "-c", file])
        #expect(result.status == 78)
        #expect(
            result.output.contains("\(file):2:10: inputs.docke:") || result.output.contains("did you mean `docker`")
        )
        #expect(result.output.contains("outputs.loki.batch.byte"))
    }

    @Test("Unknown options exit 64, and --help exits 0")
    func usage() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        #expect(try await martlet.run(["run", "--wrong"]).status == 64)
        #expect(try await martlet.run(["--help"]).status == 0)
        #expect(try await martlet.run(["version", "--format", "json"]).output.contains("\"version\":"))
    }

    @Test("A second agent on one data directory is told so and exits 75")
    func busy() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("inputs: {files: [{paths: [\"\(martlet.folder)/*.log\"]}]}\n")
        let errors = martlet.folder + "/errors"
        let first = try martlet.start(["run", "-c", file], errors: errors)
        let isUp = { (try? String(contentsOfFile: errors, encoding: .utf8))?.contains("is attached") ?? false }
        #expect(await eventually(isUp))
        let second = try await martlet.run(["run", "--once", "-c", file])
        #expect(second.status == 75)
        #expect(second.output.contains("another agent"))
        kill(first.pid, SIGTERM)
        #expect(first.wait().status == 0)
    }

    @Test("healthcheck brings the token to an agent that other hosts can reach, and says what is wrong without it")
    func healthcheck() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let port = try #require(Self.freePort())
        // Only this host reaches it, but not under a loopback address: every route wants the token.
        let listen = "\"[::ffff:127.0.0.1]:\(port)\""
        let file = martlet.folder + "/open.yaml"
        let text =
            "agent: {data_dir: \(martlet.folder)/data, listen: \(listen)}\ninputs: {files: [{paths: [/none/*.log]}]}\n"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let nobody = try await martlet.run(["healthcheck", "-c", file])
        #expect(nobody.status == 1 && nobody.output.lowercased().contains("connection refused"), "\(nobody.output)")
        let agent = try martlet.start(["run", "-c", file])
        var answer = try await martlet.run(["healthcheck", "-c", file])
        for _ in 0..<100 where answer.status != 0 { answer = try await martlet.run(["healthcheck", "-c", file]) }
        #expect(answer.status == 0 && answer.output == "ok\n", "\(answer.output)")
        try FileManager.default.moveItem(atPath: martlet.folder + "/data/token", toPath: martlet.folder + "/token")
        let denied = try await martlet.run(["healthcheck", "-c", file])
        #expect(denied.status == 1 && denied.output.contains("wants the token"), "\(denied.output)")
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
    }

    /// A port that nobody listens on at the moment.
    private static func freePort() -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
    }

    @Test("redact filters stdin, counts, and says by its exit code whether anything matched")
    func redact() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("")
        let result = try await martlet.run(
            ["redact", "-c", file, "--report", "--fail-on-match"],
            input: Array("mail bob@example-mail.org\nclean".utf8)
        )
        #expect(result.status == 1)
        #expect(result.output.contains("mail [REDACTED:email]\nclean"))
        #expect(result.output.contains("\"records\":2"))
        #expect(result.output.contains("\"email\":1"))
        let nul = try await martlet.run(["redact", "-c", file, "-z"], input: Array("a\nb\u{0}c".utf8))
        #expect(nul.output == "a\nb\u{0}c" && nul.status == 0)
    }

    @Test("redact shows what it changes, and proves its catalogue")
    func redactForPeople() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("")
        let diff = try await martlet.run(
            ["redact", "-c", file, "--diff"],
            input: Array("mail bob@example-mail.org\nclean\n\u{1B}[2Jpassword=hunter2x\n".utf8)
        )
        // No colours where no terminal is, and no control bytes of the line's.
        let wanted = [
            "1 - mail bob@example-mail.org", "1 + mail [REDACTED:email]", "3 - \\x1b[2Jpassword=hunter2x",
            "3 + \\x1b[2Jpassword=[REDACTED:password]",
        ]
        #expect(diff.output == wanted.joined(separator: "\n") + "\n" && diff.status == 0, "\(diff.output)")
        let proof = try await martlet.run(["redact", "--selftest"])
        #expect(proof.status == 0)
        #expect(proof.output.contains("ok    email") && !proof.output.contains("FAIL"))
        let list = try await martlet.run(["redact", "--list"])
        #expect(list.output.contains("| `email` | on |") && list.status == 0)
    }

    @Test("The demo counts, redacts and shows an incident without any setup")
    func demo() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let result = try await martlet.run(["demo", "--seconds", "12", "--data-dir", martlet.folder + "/demo"])
        #expect(result.status == 0, "\(result.output)")
        #expect(result.output.contains("checkout"))
        #expect(result.output.contains("email"))
        #expect(result.output.contains("INCIDENT"))
        #expect(!result.output.contains("\u{1B}["))
    }
}
