import Glibc
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
        let first = try martlet.start(["run", "-c", file])
        var second = try await martlet.run(["run", "--once", "-c", file])
        for _ in 0..<50 where second.status != 75 { second = try await martlet.run(["run", "--once", "-c", file]) }
        #expect(second.status == 75)
        #expect(second.output.contains("another agent"))
        kill(first.pid, SIGTERM)
        #expect(first.wait().status == 0)
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
