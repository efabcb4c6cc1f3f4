import Foundation
import TestSupport
import Testing

/// Dashboards and rules on a real Prometheus that scrapes a real agent under the demo's load.
@Suite(.serialized) struct RealPrometheusTests {
    /// Panels that have nothing to show in a demo, and why.
    private static let exceptions: [(place: String, reason: String)] = [
        ("agent / Requests by answer", "the archive is a folder: there are no requests"),
        ("agent / Bytes sent", "the archive is a folder: there are no requests"),
    ]

    @Test("At most one expression in twenty is excepted, none of them in overview, service and SLO dashboards")
    func fewExceptions() throws {
        let queries = try PanelQuery.committed()
        let excepted = queries.filter { Self.isException($0, true) }
        #expect(excepted.count * 20 <= queries.count, "\(excepted.count) of \(queries.count)")
        let excluded = ["overview / ", "service / ", "slo / ", "slo-detail / "]
        #expect(!excepted.contains { query in excluded.contains { query.place.hasPrefix($0) } })
        for exception in Self.exceptions {
            #expect(excepted.contains { $0.place.hasPrefix(exception.place) }, "\(exception.place) is needless")
        }
    }

    @Test(
        "Every expression of dashboards, rules and Sloth's dashboards has an answer",
        .enabled(if: RealPrometheus.isInstalled, "prometheus is not installed"),
        .timeLimit(.minutes(3))
    )
    func answers() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let demo = try await Demo(martlet)
        let prometheus = try await RealPrometheus(scraping: demo.port, folder: martlet.folder)
        try await judge(prometheus, hasContainers: demo.hasContainers)
        prometheus.stop()
        await demo.stop()
    }

    private func judge(_ prometheus: RealPrometheus, hasContainers: Bool) async throws {
        let queries = try PanelQuery.committed()
        #expect(queries.count > 100)
        var silent = queries
        for _ in 0..<60 {
            silent = try await Self.withoutAnswer(silent, prometheus)
            if silent.allSatisfy({ Self.isException($0, hasContainers) }) { break }
            try await Task.sleep(for: .seconds(1))
        }
        for query in silent where !Self.isException(query, hasContainers) {
            Issue.record("\(query.place) has no answer: \(query.expression)")
        }
        for query in SlothQueries.all {
            #expect(try await prometheus.series(query) > 0, "a dashboard of Sloth has no answer: \(query)")
        }
        try await checkRules(prometheus)
    }

    private static func withoutAnswer(
        _ queries: [PanelQuery],
        _ prometheus: RealPrometheus
    ) async throws -> [PanelQuery] {
        var silent: [PanelQuery] = []
        for query in queries where try await prometheus.series(query.expression) == 0 { silent.append(query) }
        return silent
    }

    private static func isException(_ query: PanelQuery, _ hasContainers: Bool) -> Bool {
        let needsContainers =
            query.expression.contains("martlet_container_") || query.expression.contains("saturation")
            || query.place.hasPrefix("readiness / ")
        if needsContainers, !hasContainers { return true }
        return exceptions.contains { query.place.hasPrefix($0.place) }
    }

    /// Every rule was evaluated without error, and every recorded series is there.
    private func checkRules(_ prometheus: RealPrometheus) async throws {
        let data = try await prometheus.get("rules") as? [String: Any] ?? [:]
        let rules = (data["groups"] as? [[String: Any]] ?? []).flatMap { $0["rules"] as? [[String: Any]] ?? [] }
        #expect(rules.count > 50)
        for rule in rules {
            let name = rule["name"] as? String ?? ""
            #expect(rule["health"] as? String == "ok", "\(name): \(rule["lastError"] ?? "")")
            if rule["type"] as? String == "recording" {
                #expect(try await prometheus.series(name) > 0, "\(name) is not recorded")
            }
        }
    }

    /// `martlet demo` with a port of its own, and a container beside it where an engine can run.
    private struct Demo {
        let port: Int
        var hasContainers: Bool { engine != nil }
        private let process: RunningCommand
        private let engine: RealEngine?
        private let container = "shop-" + UUID().uuidString.prefix(8)

        init(_ martlet: MartletBinary) async throws {
            engine = await RealEngine.shared
            if let engine {
                try await engine.run(
                    String(container),
                    ["--memory", "64m", "--pids-limit", "50", "--label", "martlet.service=checkout"],
                    script: "while true; do echo '{\"level\":\"info\",\"msg\":\"alive\"}'; sleep 1; done"
                )
            }
            let socket = engine.map { "unix://\($0.socket)" } ?? "unix://\(martlet.folder)/none"
            let process = try RunningCommand([
                "env", "DOCKER_HOST=\(socket)", MartletBinary.path, "demo", "--seconds", "150", "--listen",
                "127.0.0.1:0", "--data-dir", martlet.folder + "/demo",
            ])
            self.process = process
            var port: Int?
            _ = await eventually {
                port = ListeningPort.of(process.pid)
                return port != nil
            }
            guard let port else { throw RealPrometheus.Failure(description: "the demo does not listen") }
            self.port = port
        }

        func stop() async {
            kill(process.pid, SIGTERM)
            _ = process.wait()
            _ = try? await engine?.docker("rm", "-f", String(container))
        }
    }
}
