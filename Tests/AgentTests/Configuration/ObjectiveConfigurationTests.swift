import Agent
import Settings
import Testing

/// `slos`, `filter` and `signals.errors` of a whole configuration.
@Suite struct ObjectiveConfigurationTests {
    private static func problems(_ text: String) -> [String] {
        do {
            _ = try AgentConfiguration.parse(text)
            return []
        } catch {
            return error.description.split(separator: "\n").map(String.init)
        }
    }

    @Test func `A mistake in an expression is shown at its own character`() {
        let text = """
            signals: {errors: 'status >= 500 or lvl == "x"'}
            filter:
              - {drop: route == /healthz}
              - {drop: 'message == ''a'' and status == x'}
            slos:
              - {name: a, service: s, objective: 99.9, sli: {bad: status >= "500"}}
            """
        let problems = Self.problems(text)
        #expect(problems.count == 4)
        #expect(problems.first?.hasPrefix("martlet.yaml:1:37: signals.errors: ") == true, "\(problems)")
        #expect(problems.dropFirst().first?.hasPrefix("martlet.yaml:3:21: filter[0].drop: ") == true, "\(problems)")
        #expect(problems.dropFirst(2).first?.hasPrefix("martlet.yaml:4:44: filter[1].drop: ") == true, "\(problems)")
        #expect(problems.last?.hasPrefix("martlet.yaml:6:65: slos[0].sli.bad: ") == true, "\(problems)")
    }

    @Test func `A filter rule must say what it drops, and nothing else`() {
        #expect(Self.problems("filter: [{keep: status == 1}]").count == 2)
        #expect(Self.problems("filter: [{drop: status == 1}]").isEmpty)
    }

    @Test func `A threshold of a latency SLO is a bucket, in its place`() throws {
        let configuration = try AgentConfiguration.parse(
            "slos: [{name: l, service: s, objective: 95, sli: {latency: {threshold: 300ms}}}]"
        )
        #expect(configuration.signals.bounds.contains(300_000_000))
        #expect(configuration.signals.bounds == configuration.signals.bounds.sorted())
        #expect(configuration.signals.bounds.count == 15)
    }

    @Test func `validate shows the arithmetic of every tier, and why one is left out`() throws {
        let configuration = try AgentConfiguration.parse(
            "slos: [{name: a, service: s, objective: 90, sli: {bad: status >= 500}}]"
        )
        let summary = configuration.summary(file: "m.yaml")
        #expect(summary.text.contains("s-a: 90% over 30d, budget 10%"))
        #expect(summary.text.contains("6 × 10% = 60% errors in 6h and 30m"))
        #expect(summary.text.contains("fast     left out: "))
        #expect(summary.text.contains("144% errors, which no outage exceeds"))
        #expect(summary.json.contains("\"sloth_id\":\"s-a\"") && summary.json.contains("\"factor\":null"))
    }

    @Test func `An Alertmanager's address is without the path of its API`() {
        #expect(Self.problems("outputs: {alertmanager: {url: \"http://a:9093/api/v2/alerts\"}}").count == 1)
        #expect(
            Self.problems(
                "outputs: {alertmanager: {url: \"http://a:9093\", resend: 5s}, webhook: {url: \"https://h/x\"}}"
            ).isEmpty
        )
        #expect(Self.problems("outputs: {webhook: {}}").count == 1)
    }
}
