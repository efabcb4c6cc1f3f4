import Foundation
import Settings
import TestSupport
import Testing

/// LogQL of dashboards and of the ruler's rules, asked of a real Loki at `MARTLET_TEST_LOKI_URL`.
@Suite struct RealLokiTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    /// Every LogQL query of the committed dashboards and rules, with where it stands.
    private static func queries(service: String) throws -> [(place: String, query: String)] {
        let panels = try PanelQuery.committed(of: "loki").map { (place: $0.place, query: $0.expression) }
        let values = [
            ("$__auto", "5m"), ("$service", service), ("$request_id", "r-1"), ("$trace_id", trace),
        ]
        return panels.map { panel in
            (panel.place, values.reduce(panel.query) { $0.replacing($1.0, with: $1.1) })
        }
    }

    /// The rules' expressions by alert, from the committed file.
    private static func rules() throws -> [String: String] {
        let path = GenerateTests.repository + "/alerts/loki/martlet.rules.yml"
        let file = try ConfigurationFile.load(path: path, environment: [:])
        let rules = file.root.children("groups").flatMap { $0.children("rules") }
        return Dictionary(
            uniqueKeysWithValues: rules.map { ($0.string("alert", default: ""), $0.string("expr", default: "")) }
        )
    }

    @Test("Every LogQL query has an answer, and every rule fires for what it is for")
    func answers() async throws {
        guard let url = ProcessInfo.processInfo.environment["MARTLET_TEST_LOKI_URL"] else {
            return print("skipped: MARTLET_TEST_LOKI_URL is not set")
        }
        let loki = try LokiQuestions(url: url)
        let mark = UUID().uuidString.lowercased().prefix(8)
        let service = "panels-\(mark)"
        let metadata = ["trace_id": Self.trace, "request_id": "r-1"]
        try await loki.push(
            ["service_name": service, "level": "error"],
            [
                ("{\"msg\":\"card 4711 of [REDACTED:email] refused\",\"status\":503}", metadata),
                ("panic: runtime error", [:]), ("key AKIA\(String(repeating: "Q7", count: 8))", [:]),
            ]
        )
        try await loki.push(["service_name": "calm-\(mark)", "level": "info"], [("all is well", [:])])
        let queries = try Self.queries(service: service)
        #expect(queries.count >= 6)
        for (place, query) in queries {
            let isAnswered = try await Self.eventually { try await !loki.ask(query).isEmpty }
            #expect(isAnswered, "\(place) has no answer: \(query)")
        }
        try await checkRules(loki, service, calm: "calm-\(mark)")
    }

    private func checkRules(_ loki: LokiQuestions, _ service: String, calm: String) async throws {
        let rules = try Self.rules()
        #expect(rules.keys.sorted() == ["MartletLogsAbsent", "MartletProcessCrashed", "MartletSecretInLogs"])
        for name in ["MartletProcessCrashed", "MartletSecretInLogs"] {
            let found = try await loki.askNow(rules[name] ?? "").compactMap { $0["service_name"] }
            #expect(found.contains(service) && !found.contains(calm), "\(name): \(found)")
        }
        let absent = rules["MartletLogsAbsent"] ?? ""
        #expect(try await loki.askNow(absent) == [])
        #expect(try await loki.askNow(absent.replacing("=~\".+\"", with: "=\"nobody-\(service)\"")).count == 1)
    }

    /// A Loki may need a moment before a query sees everything.
    private static func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<50 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }
}
