import Foundation
import TestSupport
import Testing

/// Our inhibition in a real Alertmanager.
@Suite struct RealAlertmanagerTests {
    private static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/prometheus-alertmanager")

    @Test(
        "The page silences the slower tiers of its SLO, not those of another, and its end is seen",
        .enabled(if: isInstalled, "prometheus-alertmanager is not installed")
    )
    func inhibition() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let process = try RunningCommand([
            "prometheus-alertmanager", "--config.file",
            GenerateTests.repository + "/alerts/alertmanager/inhibit.yml", "--storage.path", martlet.folder,
            "--web.listen-address", "127.0.0.1:0", "--cluster.listen-address=", "--log.level=error",
        ])
        defer {
            kill(process.pid, SIGKILL)
            _ = process.wait()
        }
        var port: Int?
        _ = await eventually {
            port = ListeningPort.of(process.pid)
            return port != nil
        }
        let address = "http://127.0.0.1:\(try #require(port))/api/v2/alerts"
        try await post(
            [
                alert("Fast", "critical", "checkout"), alert("Slow", "warning", "checkout"),
                alert("Slow", "warning", "shop"),
            ],
            to: address
        )
        let states = try await eventualStates(address) { $0["slow checkout"] == "suppressed" }
        #expect(states == ["fast checkout": "active", "slow checkout": "suppressed", "slow shop": "active"])

        try await post([alert("Fast", "critical", "checkout", endsAt: "2020-01-01T00:00:00Z")], to: address)
        let rest = try await eventualStates(address) { $0["fast checkout"] == nil && $0["slow checkout"] == "active" }
        #expect(rest == ["slow checkout": "active", "slow shop": "active"])
    }

    private func alert(_ tier: String, _ severity: String, _ service: String, endsAt: String? = nil) -> [String: Any] {
        var alert: [String: Any] = [
            "labels": [
                "alertname": "MartletErrorBudgetBurn\(tier)", "severity": severity, "burnrate_tier": tier.lowercased(),
                "sloth_id": "\(service)-availability", "sloth_service": service, "sloth_slo": "availability",
            ]
        ]
        if let endsAt { alert["endsAt"] = endsAt }
        return alert
    }

    private func post(_ alerts: [[String: Any]], to address: String) async throws {
        let body = String(decoding: try JSONSerialization.data(withJSONObject: alerts), as: UTF8.self)
        let result = try await RunningCommand.run([
            "curl", "-sS", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "--fail", "-H",
            "Content-Type: application/json", "-d", body, address,
        ])
        #expect(result.status == 0, "\(result.output)")
    }

    /// Alerts by tier and service with their states, once they are as wanted.
    private func eventualStates(
        _ address: String,
        _ isWanted: ([String: String]) -> Bool
    ) async throws -> [String: String] {
        var states: [String: String] = [:]
        for _ in 0..<100 {
            let result = try await RunningCommand.run(["curl", "-sS", address])
            let alerts = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]] ?? []
            states = [:]
            for alert in alerts {
                let labels = alert["labels"] as? [String: String] ?? [:]
                let state = (alert["status"] as? [String: Any])?["state"] as? String
                states["\(labels["burnrate_tier"] ?? "") \(labels["sloth_service"] ?? "")"] = state
            }
            if isWanted(states) { break }
            try await Task.sleep(for: .milliseconds(200))
        }
        return states
    }
}
