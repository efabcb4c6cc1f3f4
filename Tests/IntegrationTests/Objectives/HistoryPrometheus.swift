import Foundation
import TestSupport

/// A real Prometheus over history that `promtool` backfilled, and the generated rules evaluated over it.
final class HistoryPrometheus {
    private let folder: String
    private var server: (process: RunningCommand, port: Int)?

    static let isInstalled = ["prometheus", "promtool"].allSatisfy { isInstalled($0) }

    /// Writes blocks of a text in OpenMetrics, and serves them.
    init(_ history: String, folder: String) async throws {
        self.folder = folder
        let file = folder + "/history.om"
        try history.write(toFile: file, atomically: true, encoding: .utf8)
        try "{}".write(toFile: folder + "/prometheus.yml", atomically: true, encoding: .utf8)
        try await promtool(["create-blocks-from", "openmetrics", "-q", file, folder + "/tsdb"])
        try await start()
    }

    func stop() {
        guard let server else { return }
        kill(server.process.pid, SIGKILL)
        _ = server.process.wait()
        self.server = nil
    }

    private func start() async throws {
        let process = try RunningCommand([
            "prometheus", "--config.file", folder + "/prometheus.yml", "--storage.tsdb.path", folder + "/tsdb",
            "--storage.tsdb.retention.time=10y", "--web.listen-address", "127.0.0.1:0", "--log.level=error",
        ])
        var port: Int?
        _ = await eventually {
            port = ListeningPort.of(process.pid)
            return port != nil
        }
        server = (process, port ?? 0)
        let isReady = await eventuallyAsync { (try? await values("vector(1)", at: 0)) != nil }
        guard isReady else { throw RealPrometheus.Failure(description: "Prometheus is not ready") }
    }

    private func promtool(_ arguments: [String]) async throws {
        let result = try await RunningCommand.run(["promtool", "tsdb"] + arguments)
        guard result.status == 0 else { throw RealPrometheus.Failure(description: result.output) }
    }

    // MARK: Rules

    /// Evaluates some of the generated recording rules over a stretch, each in its group's interval, as if they had
    /// always been there.
    func record(_ names: [String], of rules: String, over seconds: ClosedRange<Int64>) async throws {
        let file = folder + "/some.rules.yml"
        try Self.rules(names, of: rules).write(toFile: file, atomically: true, encoding: .utf8)
        try await promtool([
            "create-blocks-from", "rules", "-q", "--url=http://127.0.0.1:\(server?.port ?? 0)",
            "--start=\(seconds.lowerBound)", "--end=\(seconds.upperBound)", "--output-dir=\(folder)/tsdb", file,
        ])
        stop()
        try await start()
    }

    /// The groups of a rule file with those recording rules only that record some names.
    static func rules(_ names: [String], of text: String) -> String {
        var kept: [Substring] = []
        var group: [Substring] = []
        var isKept = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) where !line.hasPrefix("#") {
            if line.hasPrefix("  - name:") {
                (group, isKept) = ([], false)
            } else if line.hasPrefix("      - ") {
                let isWanted = names.contains { line == "      - record: \($0)" }
                if isWanted {
                    kept += group
                    group = []
                }
                isKept = isWanted
            }
            if line.hasPrefix("  - name:") || line.hasPrefix("    interval:") || line.hasPrefix("    rules:") {
                group.append(line)
            } else if isKept || line == "groups:" {
                kept.append(line)
            }
        }
        return kept.joined(separator: "\n") + "\n"
    }

    // MARK: Questions

    /// The value of each series of an expression at a second, by its `sloth_id`.
    func values(_ expression: String, at second: Int64) async throws -> [String: Double] {
        let result = try await RunningCommand.run([
            "curl", "-sS", "-G", "http://127.0.0.1:\(server?.port ?? 0)/api/v1/query", "--data-urlencode",
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
