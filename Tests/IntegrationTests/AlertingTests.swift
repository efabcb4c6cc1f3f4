import Admin
import Foundation
import Objectives
import RecordPath
import Settings
import TestSupport
import Testing

/// Burn-rate alerts of a live agent at a real Alertmanager and a webhook, over restarts of either side.
@Suite struct AlertingTests {
    private static let slos =
        "slos: [{name: availability, service: shop, objective: 99.9, labels: {team: payments}, "
        + "sli: {bad: status >= 500, total: status > 0}, "
        + "alert: {hold: {fast: 0s, medium: 0s, slow: 0s, trickle: 0s}}}]\n"

    /// An hour of healthy history, so that the end of an incident can be told within a test.
    private static func writeHistory(to folder: String) throws {
        var attributes = AttributeNames()
        let file = try ConfigurationFile.parse(slos)
        let set = SLOSet(reading: file.root, attributes: &attributes)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let start = now - 3_600_000
        var board = ObjectiveBoard(set, clock: SteadyClock(.init(wall: start, monotonic: 0, boot: 0)))
        for minute in Int64(1)...60 {
            let reading = SteadyClock.Reading(wall: start + minute * 60_000, monotonic: minute * 60_000, boot: 0)
            board.advance(to: reading, isObserved: true)
            board.add(ObjectiveCount(slo: 0, service: "shop", good: 2, bad: 0, time: reading.wall - 30_000))
        }
        var writer = StateWriter()
        writer.put(UInt64(1))
        writer.put(board.encoded())
        let bytes = writer.bytes
        let sum = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let digits = String(sum, radix: 16)
        let padded = String(repeating: "0", count: 16 - digits.count) + digits
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let text = "martlet slo state 1\n\(bytes.count) \(padded)\n"
        try (Data(text.utf8) + Data(bytes)).write(to: URL(fileURLWithPath: folder + "/slo-state"))
    }

    private static func append(_ count: Int, status: Int, to file: String) throws {
        let handle = try #require(FileHandle(forWritingAtPath: file))
        handle.seekToEndOfFile()
        handle.write(Data(String(repeating: "{\"status\":\(status)}\n", count: count).utf8))
        try handle.close()
    }

    /// The tiers that Alertmanager holds as firing, with the time since when.
    private static func firing(_ port: Int) -> [String: String] {
        guard let text = try? HealthProbe(listen: "127.0.0.1:\(port)").ask("/api/v2/alerts").body,
            let list = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        else { return [:] }
        var tiers: [String: String] = [:]
        for alert in list {
            let labels = alert["labels"] as? [String: String] ?? [:]
            guard labels["team"] == "payments", labels["sloth_id"] == "shop-availability" else { continue }
            guard let tier = labels["burnrate_tier"], labels["alertname"]?.hasPrefix("MartletErrorBudgetBurn") == true
            else { continue }
            tiers[tier] = alert["startsAt"] as? String
        }
        return tiers
    }

    @Test(.enabled(if: isInstalled("prometheus-alertmanager"), "prometheus-alertmanager is not installed"))
    func `An incident is one alert over kill -9 of the agent and a restart of Alertmanager, and ends once`()
        async throws
    {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let hook = try WebhookServer()
        defer { hook.stop() }
        try Self.writeHistory(to: martlet.folder + "/data")
        let port = try FreePort.find()
        var alertmanager = try Self.startAlertmanager(martlet.folder, port)
        defer { kill(alertmanager.pid, SIGKILL) }
        let log = martlet.folder + "/shop/app.log"
        try FileManager.default.createDirectory(atPath: martlet.folder + "/shop", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: log))
        let file = try martlet.configure(
            """
            inputs: {files: [{paths: ["\(log)"]}]}
            outputs: {alertmanager: {url: "http://127.0.0.1:\(port)", resend: 1s}, webhook: {url: "\(hook.url)/hook"}}
            \(Self.slos)
            """
        )
        var agent = try martlet.start(["run", "-c", file])
        defer { kill(agent.pid, SIGKILL) }
        try Self.append(100, status: 503, to: log)
        try #require(await eventually { Self.firing(port).keys.sorted() == ["fast", "medium"] }, "nothing fires")
        try #require(await eventually { hook.statuses("fast") == ["firing"] && hook.statuses("medium") == ["firing"] })
        let since = Self.firing(port)

        kill(agent.pid, SIGKILL)
        _ = agent.wait()
        kill(alertmanager.pid, SIGKILL)
        _ = alertmanager.wait()
        alertmanager = try Self.startAlertmanager(martlet.folder, port)
        agent = try martlet.start(["run", "-c", file])
        #expect(await eventually { Self.firing(port) == since }, "it fires since the same moment")

        try Self.append(400_000, status: 200, to: log)
        #expect(await eventually { Self.firing(port).isEmpty }, "it is over")
        #expect(await eventually { hook.statuses("fast") == ["firing", "resolved"] }, "\(hook.statuses("fast"))")
        #expect(await eventually { hook.statuses("medium") == ["firing", "resolved"] })
        kill(agent.pid, SIGTERM)
        #expect(agent.wait().status == 0)
    }

    private static func startAlertmanager(_ folder: String, _ port: Int) throws -> RunningCommand {
        let file = folder + "/alertmanager.yml"
        try "route: {receiver: none}\nreceivers: [{name: none}]\n".write(
            toFile: file,
            atomically: true,
            encoding: .utf8
        )
        return try RunningCommand([
            "prometheus-alertmanager", "--config.file", file, "--storage.path", folder + "/alertmanager",
            "--web.listen-address", "127.0.0.1:\(port)", "--cluster.listen-address=",
        ])
    }
}
