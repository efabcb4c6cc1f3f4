import Objectives
import RecordPath
import Settings
import Testing

@Suite struct SlothDocumentTests {
    private static func document(_ error: String, _ total: String) -> String {
        """
        version: "prometheus/v1"
        service: "myservice"
        labels: {owner: myteam, tier: "2"}
        slos:
          - name: "requests-availability"
            objective: 99.95
            description: "Common SLO."
            labels: {tier: "1"}
            sli:
              events:
                error_query: '\(error)'
                total_query: '\(total)'
            alerting:
              name: MyServiceHighErrorRate
              annotations: {summary: "High error rate", runbook: "https://example.com/r"}
              page_alert: {labels: {severity: pageteam}}
              ticket_alert: {disable: true}
        """
    }

    private static let total = #"sum(rate(http_request_duration_seconds_count{job="myservice"}[{{.window}}]))"#

    @Test func `Sloth's own example is read`() throws {
        let error = #"sum(rate(http_request_duration_seconds_count{job="myservice",code=~"(5..|429)"}[{{.window}}]))"#
        let read = ReadSLOs.document(Self.document(error, Self.total))
        #expect(read.messages == [])
        let slo = try #require(read.slos.first)
        #expect(slo.slothID == "myservice-requests-availability")
        #expect(slo.objective.description == "99.95" && slo.period == .standard)
        #expect(slo.labels == [SLO.Label(name: "owner", value: "myteam"), SLO.Label(name: "tier", value: "1")])
        #expect(slo.runbook == "https://example.com/r")
        #expect(
            slo.counting == ["status > 0 and (status == 429 or status >= 500 and status <= 599)", nil, "status > 0"]
        )
        #expect(slo.tiers.rules.map(\.tier) == [.fast, .medium])
    }

    @Test func `Latency is what is left of all requests without the fast ones`() throws {
        let error = """
            (sum(rate(http_request_duration_seconds_count{job="myservice"}[{{.window}}])) - \
            sum(rate(http_request_duration_seconds_bucket{job="myservice",le="0.3"}[{{.window}}])))
            """
        let read = ReadSLOs.document(Self.document(error, Self.total))
        #expect(read.messages == [])
        let slo = try #require(read.slos.first)
        #expect(slo.indicator.bad?.text == "status > 0 and not (status > 0 and latency <= 300000000ns)")
        #expect(slo.latencyThreshold == 300_000_000)
    }

    @Test(
        "Matchers become conditions",
        arguments: [
            (#"code!~"2..|3.."#, "(status >= 100 and status <= 199 or status >= 400 and status <= 599)"),
            (#"status="503"#, "(status == 503)"), (#"status_class="5xx"#, "(status >= 500 and status <= 599)"),
            (#"method="GET"#, "method == \"GET\""), (#"route!="/healthz"#, "not (route == \"/healthz\")"),
            (#"handler=~"/api/.+"#, "route =~ \"^(?:/api/.+)$\""),
        ]
    )
    func matchers(matcher: String, condition: String) throws {
        let query = "sum(rate(http_requests_total{\(matcher)\"}[{{.window}}])) or on() vector(0)"
        let read = ReadSLOs.document(Self.document(query, Self.total))
        #expect(read.messages == [])
        #expect(read.slos.first?.indicator.bad?.text == "status > 0 and \(condition)")
    }

    @Test func `Log records are counted by level`() {
        let query = #"sum(rate(martlet_log_records_total{service="myservice",level=~"error|fatal"}[{{.window}}]))"#
        let total = #"sum(rate(martlet_log_records_total{service="myservice"}[{{.window}}]))"#
        let read = ReadSLOs.document(Self.document(query, total))
        #expect(read.messages == [])
        #expect(read.slos.first?.indicator.bad?.text == "level in [\"error\", \"fatal\"]")
    }

    @Test(
        "A query that no log line answers is refused with what to do",
        arguments: [
            ("1 - avg(up)", "cannot be read off log lines"), ("sum(rate(", "cannot be read off log lines"),
            ("sum(rate(node_cpu_seconds_total[5m]))", "does not count requests"),
            ("sum(rate(http_requests_total{pod=\"a\"}[5m]))", "no log line shows the label `pod`"),
            ("sum(rate(http_requests_total{job=\"other\"}[5m]))", "selects another service than myservice"),
            ("sum(rate(http_requests_total{code=~\"9..\"}[5m]))", "no status matches"),
            ("sum(rate(http_requests_total{code=~\"(\"}[5m]))", "no end"),
            ("sum by (route) (rate(http_requests_total[5m]))", "cannot be read off log lines"),
            ("sum(rate(x_request_seconds_bucket{le=\"+Inf\"}[5m]))", "is no bound"),
            (String(repeating: "(", count: 500), "cannot be read off log lines"),
        ]
    )
    func refused(query: String, message: String) {
        let read = ReadSLOs.document(Self.document(query, Self.total))
        #expect(read.slos.isEmpty)
        #expect(read.messages.count == 1)
        #expect(read.messages.first?.contains(message) == true, "\(read.messages)")
        #expect(read.messages.first?.hasPrefix("f.yaml:11:") == true, "\(read.messages)")
    }

    @Test func `Raw queries and plugins are refused`() {
        let text =
            "version: prometheus/v1\nservice: s\nslos: [{name: a, objective: 99, sli: {raw: {error_ratio_query: x}}}]\n"
        #expect(ReadSLOs.document(text).messages.first?.contains("sli.raw: cannot be read off log lines") == true)
    }
}
