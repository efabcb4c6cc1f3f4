import Admin
import Foundation
import TestSupport
import Testing

/// `martlet audit` and the readiness series, against a real engine.
@Suite struct AuditTests {
    private static let hardened = [
        "--read-only", "--user", "10001:10001", "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
        "--memory", "64m", "--cpus", "0.5", "--pids-limit", "50", "--ulimit", "nofile=4096:4096", "--restart",
        "unless-stopped", "--log-opt", "max-size=1m", "--label", "org.opencontainers.image.revision=3f9ac01",
        "--label", "org.opencontainers.image.source=https://example.com/shop", "--health-cmd", "true",
        "--health-interval", "1s", "--stop-signal", "TERM",
    ]

    /// One container's part of the JSON report.
    private struct Findings {
        let severities: [String: String]
        let evidence: [String: String]
        let statuses: [String: String]

        init(_ text: String, of container: String) throws {
            let report = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            let all = try #require(report["findings"] as? [[String: Any]])
            let own = all.filter { $0["container"] as? String == container }
            severities = Self.pairs(own, "severity")
            evidence = Self.pairs(own, "evidence")
            let containers = try #require(report["containers"] as? [[String: Any]])
            let checks = containers.first { $0["name"] as? String == container }?["checks"] as? [[String: Any]]
            statuses = Self.pairs(checks ?? [], "status")
        }

        private static func pairs(_ items: [[String: Any]], _ key: String) -> [String: String] {
            var pairs: [String: String] = [:]
            for item in items { pairs[item["id"] as? String ?? ""] = item[key] as? String }
            return pairs
        }
    }

    @Test(
        "A hardened container is a go, a careless one is not, and each finding has its evidence",
        .enabled("needs dockerd, run as root") { await RealEngine.isAvailable }
    )
    func findings() async throws {
        let engine = try #require(await RealEngine.shared)
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let mark = UUID().uuidString.prefix(8).lowercased()
        let (sound, careless, stubborn) = ("sound-\(mark)", "careless-\(mark)", "stubborn-\(mark)")
        try await engine.docker("tag", RealEngine.image, "shop:1.4.2")
        // Privileges are declared without being granted: nothing here may have them.
        try await engine.docker(
            "create",
            "--name",
            careless,
            "--network",
            "none",
            "--privileged",
            "-v",
            "/var/run/docker.sock:/var/run/docker.sock",
            "-e",
            "DB_PASSWORD=hunter2hunter2",
            "-p",
            "5432:5432",
            RealEngine.image,
            "sh"
        )
        let line = #"{\"level\":\"info\",\"msg\":\"paid\",\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"}"#
        _ = try await RunningCommand.run(
            ["docker", "-H", "unix://" + engine.socket, "run", "-d", "--network", "none", "--name", sound]
                + Self.hardened + ["shop:1.4.2", "sh", "-c", "for i in 1 2 3; do echo \"\(line)\"; done; sleep 300"]
        )
        try await engine.run(
            stubborn,
            ["--stop-signal", "TERM"],
            script: "echo mail of bob.ross@example-mail.org; trap '' TERM; while true; do sleep 1; done"
        )
        try await engine.docker("stop", "-t", "1", stubborn)
        let file = try martlet.configure("inputs: {docker: {socket: \"unix://\(engine.socket)\"}}\n")

        var soundFindings = try Findings(try await audit(martlet, file), of: sound)
        for _ in 0..<50 where soundFindings.statuses["healthy"] != "pass" {
            try await Task.sleep(for: .milliseconds(100))
            soundFindings = try Findings(try await audit(martlet, file), of: sound)
        }
        #expect(soundFindings.severities == [:], "\(soundFindings.evidence)")
        #expect(soundFindings.statuses["log-ids"] == "pass" && soundFindings.statuses["structured-logs"] == "pass")

        let text = try await audit(martlet, file)
        let carelessFindings = try Findings(text, of: careless)
        #expect(carelessFindings.severities["not-privileged"] == "critical")
        #expect(carelessFindings.severities["no-engine-socket"] == "critical")
        #expect(carelessFindings.severities["published-ports"] == "high")
        #expect(carelessFindings.evidence["secrets-in-environment"]?.contains("DB_PASSWORD") == true)
        #expect(!text.contains("hunter2") && !text.contains("bob.ross"))
        let stubbornFindings = try Findings(text, of: stubborn)
        #expect(stubbornFindings.evidence["stops-in-time"]?.contains("after 1 of 1 stops") == true)
        #expect(stubbornFindings.evidence["no-personal-data-in-logs"]?.contains("email 1") == true)
        #expect(stubbornFindings.severities["structured-logs"] == "medium")

        let gate = try await martlet.run(["audit", "-c", file, "--no-probe", "--fail-on", "critical"])
        #expect(gate.status == 1)
        for name in [sound, careless, stubborn] { _ = try? await engine.docker("rm", "-f", name) }
    }

    @Test(
        "The agent shows its containers' findings, and a port's endpoints are found where they are",
        .enabled("needs dockerd, run as root") { await RealEngine.isAvailable }
    )
    func series() async throws {
        let engine = try #require(await RealEngine.shared)
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let name = "web-" + UUID().uuidString.prefix(8).lowercased()
        let port = try FreePort.find()
        try await engine.docker(
            "run",
            "-d",
            "--name",
            name,
            "--network",
            "host",
            "--stop-signal",
            "KILL",
            "--expose",
            "\(port)",
            RealEngine.image,
            "sh",
            "-c",
            "mkdir -p /tmp/www; echo ok > /tmp/www/healthz; exec busybox httpd -f -p 127.0.0.1:\(port) -h /tmp/www"
        )
        let listen = try FreePort.find()
        let file = martlet.folder + "/martlet.yaml"
        try """
        agent: {data_dir: \(martlet.folder)/data, listen: "127.0.0.1:\(listen)", shutdown_timeout: 5s}
        inputs: {docker: {socket: "unix://\(engine.socket)", include: [{name: "\(name)"}]}}
        """.write(toFile: file, atomically: true, encoding: .utf8)
        let agent = try martlet.start(["run", "-c", file])
        defer { kill(agent.pid, SIGKILL) }
        let series = { (check: String, severity: String, value: Int) in
            let wanted =
                "martlet_readiness_findings{container=\"\(name)\",check=\"\(check)\",severity=\"\(severity)\"} \(value)"
            let page = (try? HealthProbe(listen: "127.0.0.1:\(listen)").ask("/metrics").body) ?? ""
            return page.split(separator: "\n").contains { $0 == wanted }
        }
        #expect(await eventually { series("memory-limit", "high", 1) })
        #expect(series("not-privileged", "critical", 0))
        #expect(series("healthz-endpoint", "low", 0))
        #expect(series("readyz-endpoint", "low", 1))
        let page = try HealthProbe(listen: "127.0.0.1:\(listen)").ask("/metrics").body
        let others = page.split(separator: "\n").filter {
            $0.hasPrefix("martlet_readiness_findings{") && !$0.contains("container=\"\(name)\"")
        }
        #expect(others == [], "only what the input reads is shown")
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
        try await engine.docker("rm", "-f", name)
    }

    @Test("Without an engine the audit says so, and what to do")
    func noEngine() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("inputs: {docker: {socket: \"unix://\(martlet.folder)/none.sock\"}}\n")
        let result = try await martlet.run(["audit", "-c", file])
        #expect(result.status == 69)
        #expect(result.output.contains("no Docker socket at"), "\(result.output)")
        let usage = try await martlet.run(["audit", "-c", file, "--fail-on", "terrible"])
        #expect(usage.status == 64)
    }

    private func audit(_ martlet: MartletBinary, _ file: String) async throws -> String {
        let result = try await martlet.run(["audit", "-c", file, "--format", "json", "--no-probe"])
        #expect(result.status == 0, "\(result.output)")
        return result.output
    }
}
