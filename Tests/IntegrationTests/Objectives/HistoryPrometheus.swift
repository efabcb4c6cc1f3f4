import Foundation
import TestSupport

/// A real Prometheus over history that `promtool` backfilled.
struct HistoryPrometheus {
    private let process: RunningCommand
    private let port: Int

    static let canRun = isInstalled("prometheus") && isInstalled("promtool")

    /// Writes blocks of a text in OpenMetrics, and serves them.
    init(_ history: String, folder: String) async throws {
        let file = folder + "/history.om"
        try history.write(toFile: file, atomically: true, encoding: .utf8)
        try "{}".write(toFile: folder + "/prometheus.yml", atomically: true, encoding: .utf8)
        let blocks = ["create-blocks-from", "openmetrics", "-q", file, folder + "/tsdb"]
        let result = try await RunningCommand.run(["promtool", "tsdb"] + blocks)
        guard result.status == 0 else { throw RealPrometheus.Failure(description: result.output) }
        process = try RunningCommand([
            "prometheus", "--config.file", folder + "/prometheus.yml", "--storage.tsdb.path", folder + "/tsdb",
            "--storage.tsdb.retention.time=10y", "--web.listen-address", "127.0.0.1:0", "--log.level=error",
        ])
        let pid = process.pid
        var port: Int?
        _ = await eventually {
            port = ListeningPort.of(pid)
            return port != nil
        }
        self.port = port ?? 0
        guard await eventuallyAsync({ (try? await values("vector(1)", at: 0)) != nil }) else {
            stop()
            throw RealPrometheus.Failure(description: "Prometheus is not ready")
        }
    }

    func stop() {
        kill(process.pid, SIGKILL)
        _ = process.wait()
    }

    /// The value of each series of an expression at a second, by its `sloth_id`.
    func values(_ expression: String, at second: Int64) async throws -> [String: Double] {
        let result = try await RunningCommand.run([
            "curl", "-sS", "-G", "http://127.0.0.1:\(port)/api/v1/query", "--data-urlencode",
            "query=\(expression)", "-d", "time=\(second)",
        ])
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any] ?? [:]
        guard object["status"] as? String == "success", let data = object["data"] as? [String: Any] else {
            throw RealPrometheus.Failure(description: result.output)
        }
        var values: [String: Double] = [:]
        for series in data["result"] as? [[String: Any]] ?? [] {
            let id = (series["metric"] as? [String: String])?["sloth_id"] ?? ""
            values[id] = (series["value"] as? [Any])?.last.flatMap { $0 as? String }.flatMap { Double($0) }
        }
        return values
    }
}
