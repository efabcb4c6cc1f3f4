import Artefacts
import Testing

/// LogQL of rules and panels by its grammar.
@Suite struct LogQLTests {
    @Test("Every LogQL query of dashboards and of the ruler follows the grammar")
    func ours() {
        let set = ArtefactSet(Blueprints.standard)
        let panels = set.pages.flatMap(\.panels).flatMap(\.targets).filter { $0.source == .loki }.map(\.expression)
        let queries = panels + set.lokiAlerts.map(\.expression)
        #expect(queries.count >= 9)
        for query in queries {
            #expect(throws: Never.self, "\(query)") {
                try LogQL.check(query.replacing("$__auto", with: "5m"))
            }
        }
    }

    @Test(
        "The checker takes what Loki takes",
        arguments: [
            "{a=\"b\"}", "{a=\"b\", c!~\"d|e\"} |= `x` != \"y\" | json | level=\"error\" and status >= 500",
            "sum by (a) (rate({a=\"b\"} | logfmt | duration > 10s [5m])) > 0.5",
            "topk(3, sum by (a) (count_over_time({a=~\".+\"} | json m=\"msg\" | label_format s=`{{.m}}` [1m])))",
            "absent_over_time({a=\"b\"}[15m])",
        ]
    )
    func takes(_ query: String) { #expect(throws: Never.self) { try LogQL.check(query) } }

    @Test(
        "The checker refuses what Loki refuses",
        arguments: [
            "{}", "{a}", "{a=b}", "{a=\"b\"", "rate({a=\"b\"})", "rate({a=\"b\"}[5])", "{a=\"b\"} |= x",
            "sum({a=\"b\"}[5m])",
            "{a=\"b\"} | json |", "topk(sum(rate({a=\"b\"}[1m])))", "{a=\"b\"} | label_format x", "{a=\"b\"} }",
        ]
    )
    func refuses(_ query: String) { #expect(throws: LogQL.Failure.self) { try LogQL.check(query) } }
}
