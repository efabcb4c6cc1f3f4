import Artefacts
import Testing

/// When the alerts of Loki's ruler fire, when they do not, and when they resolve.
@Suite struct LokiRuleTests {
    private typealias Line = LogQLEvaluation.Line

    private func rule(_ name: String) throws -> AlertRule {
        try #require(ArtefactSet(Blueprints.standard).lokiAlerts.first { $0.name == name })
    }

    /// The services that an alert fires for at each minute; the ruler evaluates once a minute.
    private func firing(_ rule: AlertRule, _ lines: [Line], minutes: ClosedRange<Int>) throws -> [Int: [String]] {
        let delay = try #require(Int(rule.delay?.dropLast() ?? "0"))
        var since: [[String: String]: Int] = [:]
        var firing: [Int: [String]] = [:]
        for minute in minutes {
            let active = try LogQLEvaluation.evaluate(rule.expression, over: lines, at: Double(minute))
            since = active.reduce(into: [:]) { $0[$1.key] = since[$1.key] ?? minute }
            let services = since.filter { minute - $0.value >= delay }.map { $0.key["service_name"] ?? "" }
            if !services.isEmpty { firing[minute] = services.sorted() }
        }
        return firing
    }

    private func line(_ minute: Double, _ service: String, _ text: String) -> Line {
        Line(labels: ["service_name": service, "level": "error"], minute: minute, text: text)
    }

    @Test("MartletLogsAbsent fires 20 minutes after the last line of all services, and resolves with the next one")
    func logsAbsent() throws {
        let rule = try rule("MartletLogsAbsent")
        let lines = (0...20).map { line(Double($0), $0 < 10 ? "shop" : "api", "alive") } + [line(49.5, "shop", "back")]
        let firing = try firing(rule, lines, minutes: 0...60)
        #expect(firing.keys.sorted() == Array(40...49))
        #expect(try self.firing(rule, (0...60).map { line(Double($0), "shop", "alive") }, minutes: 15...60) == [:])
    }

    @Test("MartletProcessCrashed fires at once for the service that crashed, and resolves after five minutes")
    func crashed() throws {
        let rule = try rule("MartletProcessCrashed")
        let deaths = [
            "panic: runtime error: index out of range", "App/main.swift:3: Fatal error: no cart",
            "Segmentation fault (core dumped)", "java.lang.OutOfMemoryError: Java heap space",
        ]
        for death in deaths {
            let lines = [line(2.5, "api", death), line(3, "shop", "don't panic, it is only an error")]
            let firing = try firing(rule, lines, minutes: 0...20)
            #expect(firing == Dictionary(uniqueKeysWithValues: (3...7).map { ($0, ["api"]) }), "\(death)")
        }
    }

    @Test("MartletSecretInLogs fires for what redaction should have taken out, and not for its marks")
    func secretLeft() throws {
        let rule = try rule("MartletSecretInLogs")
        let secrets = [
            "key AKIA\(String(repeating: "Q7", count: 8))", "-----BEGIN RSA PRIVATE KEY-----",
            "paid with sk_live_\(String(repeating: "a1", count: 10))",
        ]
        for secret in secrets {
            let lines = [line(1, "api", secret), line(1, "shop", "key [REDACTED:aws-access-key], AKIA, sk_live_")]
            let firing = try firing(rule, lines, minutes: 0...10)
            #expect(firing == Dictionary(uniqueKeysWithValues: (1...5).map { ($0, ["api"]) }), "\(secret)")
        }
    }

    @Test("Every rule of the ruler has a test here")
    func all() {
        let names = ArtefactSet(Blueprints.standard).lokiAlerts.map(\.name)
        #expect(names == ["MartletLogsAbsent", "MartletProcessCrashed", "MartletSecretInLogs"])
    }

    @Test("The evaluation does what Loki documents")
    func evaluation() throws {
        let lines = [line(1, "a", "x"), line(2, "a", "y"), line(2, "b", "x"), line(9, "b", "z")]
        let evaluate = { (query: String) in try LogQLEvaluation.evaluate(query, over: lines, at: 6) }
        #expect(try evaluate("count_over_time({service_name=\"a\"}[5m])").values.sorted() == [1], "open to the left")
        #expect(
            try evaluate("sum by (service_name) (count_over_time({level=~\"err.*\"} |= \"x\" [6m]))") == [
                ["service_name": "a"]: 1, ["service_name": "b"]: 1,
            ]
        )
        #expect(try evaluate("sum(count_over_time({level=\"error\"} !~ \"[yz]\" [6m])) > 2") == [:])
        #expect(try evaluate("absent_over_time({service_name=\"c\"}[5m])") == [[:]: 1])
        #expect(try evaluate("absent_over_time({service_name=\"b\"}[5m])") == [:])
        #expect(throws: LogQL.Failure.self) { try evaluate("topk(1, count_over_time({a=\"b\"}[5m]))") }
    }
}
