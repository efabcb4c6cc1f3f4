import Foundation
import TestSupport
import Testing

/// `martlet generate`, and what of it is committed.
@Suite struct GenerateTests {
    /// The repository.
    static let repository = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized.path

    @Test("What is committed is what the default configuration gives, byte by byte")
    func committed() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let result = try await martlet.run(
            ["generate", "all", "--check", "-c", Self.repository + "/Config/martlet.yaml", "--out", Self.repository]
        )
        #expect(result.status == 0, "\(result.output.prefix(4_000))")
    }

    @Test("No generated file is left over from before")
    func leftOver() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let result = try await martlet.run(
            ["generate", "all", "-c", Self.repository + "/Config/martlet.yaml", "--out", martlet.folder]
        )
        #expect(result.status == 0, "\(result.output)")
        for folder in ["alerts", "dashboards"] {
            let generated = try Self.files(martlet.folder + "/" + folder)
            #expect(try Self.files(Self.repository + "/" + folder) == generated)
            #expect(!generated.isEmpty)
        }
    }

    private static func files(_ folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    }

    @Test("--check shows a diff and exits 1 where a file differs, and writes nothing")
    func check() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("")
        let generate = ["generate", "alerts", "-c", file, "--out", martlet.folder]
        #expect(try await martlet.run(generate).status == 0)
        #expect(try await martlet.run(generate + ["--check"]).status == 0)
        let rules = martlet.folder + "/alerts/prometheus/martlet-slo.rules.yml"
        let text = try String(contentsOfFile: rules, encoding: .utf8)
        let changed = text.replacing("slo:objective:ratio", with: "slo:other:ratio")
        try changed.write(toFile: rules, atomically: true, encoding: .utf8)
        let result = try await martlet.run(generate + ["--check"])
        #expect(result.status == 1)
        #expect(result.output.contains("--- alerts/prometheus/martlet-slo.rules.yml"))
        #expect(result.output.contains("+      - record: slo:objective:ratio"))
        #expect(result.output.contains("1 of "))
        #expect(try String(contentsOfFile: rules, encoding: .utf8) == changed)
    }

    @Test("Links lead where the options say")
    func places() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("")
        let options = ["--grafana", "https://grafana.example.com", "--runbooks", "https://runbooks.example.com/"]
        let result = try await martlet.run(["generate", "alerts", "-c", file, "--out", martlet.folder] + options)
        #expect(result.status == 0, "\(result.output)")
        let rules = try String(
            contentsOfFile: martlet.folder + "/alerts/prometheus/martlet-agent.rules.yml",
            encoding: .utf8
        )
        #expect(rules.contains("runbook_url: https://runbooks.example.com/MartletDown.md"))
        #expect(rules.contains("dashboard_url: https://grafana.example.com/d/martlet-agent"))
    }

    @Test("An invalid configuration exits 78, a folder that cannot be written 74")
    func failures() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let wrong = try martlet.configure("inputs: {docke: {}}\n")
        #expect(try await martlet.run(["generate", "all", "-c", wrong, "--out", martlet.folder]).status == 78)
        let file = try martlet.configure("")
        let result = try await martlet.run(["generate", "all", "-c", file, "--out", "/proc/none"])
        #expect(result.status == 74, "\(result.output)")
        #expect(try await martlet.run(["generate", "nothing", "-c", file]).status == 64)
    }
}
