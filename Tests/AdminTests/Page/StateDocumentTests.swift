import Admin
import Testing

@Suite struct StateDocumentTests {
    private struct Source: MetricsSource, ReadinessSource {
        func readiness() -> Readiness { Readiness(problems: [.init(component: "outputs/loki", problem: "401")]) }
        func metrics() -> [MetricFamily] {
            [
                .counter("martlet_requests", help: "Requests.", [MetricSample(["route": "/a\"b\\c\nd,e=\"f\""], 3)]),
                .histogram(
                    "martlet_request_duration_seconds",
                    unit: "seconds",
                    help: "Latency.",
                    bounds: [0.5],
                    [HistogramSample(counts: [1, 2], sum: 1.25)]
                ),
                .gauge("martlet_slo_burn_rate", help: "Burn rate.", [MetricSample(.none, .number(.nan))]),
            ]
        }
    }

    private func state(_ target: String) -> String {
        let route = AdminRoute.state(metrics: Source(), readiness: Source()) { 1_700_000_000_250_999_999 }
        let response = route.answer(AdminRequest(method: "GET", target: target, headers: []))
        return String(decoding: response.body, as: UTF8.self)
    }

    @Test func theStateHoldsReadinessAndFamiliesWithNumbers() {
        #expect(
            state("/api/v1/state") == #"{"time":1.70000000025e+09,"ready":false,"#
                + #""problems":[{"component":"outputs/loki","problem":"401"}],"families":["#
                + #"{"name":"martlet_requests","kind":"counter","unit":null,"#
                + #""samples":[{"labels":{"route":"/a\"b\\c\nd,e=\"f\""},"value":3}]},"#
                + #"{"name":"martlet_request_duration_seconds","kind":"histogram","unit":"seconds","bounds":[0.5],"#
                + #""samples":[{"labels":{},"counts":[1,2],"sum":1.25}]},"#
                + #"{"name":"martlet_slo_burn_rate","kind":"gauge","unit":null,"#
                + #""samples":[{"labels":{},"value":null}]}]}"# + "\n"
        )
    }

    @Test func onlyTheFamiliesAskedForAreSent() {
        #expect(state("/api/v1/state?families=martlet_slo_burn_rate,x").contains("martlet_slo_burn_rate"))
        #expect(!state("/api/v1/state?families=martlet_slo_burn_rate,x").contains("martlet_requests"))
        #expect(state("/api/v1/state?families=").hasSuffix("\"families\":[]}\n"))
    }

    @Test(
        arguments: [
            [("a", "b")], [("a", ""), ("b", "c")], [("a", "x\"y\\z\n"), ("b", "\\"), ("c", ",d=\"e\"")], [],
        ] as [[(String, String)]]
    )
    func labelsComeBackAsTheyWereGiven(labels: [(String, String)]) {
        let pairs = LabelSet(labels.map { (name: $0.0, value: $0.1) }).pairs
        #expect(pairs.map(\.name) == labels.map(\.0))
        #expect(pairs.map(\.value) == labels.map(\.1))
    }
}
