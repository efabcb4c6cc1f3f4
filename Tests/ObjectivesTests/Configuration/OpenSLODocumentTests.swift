import Objectives
import RecordPath
import Settings
import Testing

@Suite struct OpenSLODocumentTests {
    private static func document(
        window: String = "[{duration: 4w, isRolling: true}]",
        extra: String = "budgetingMethod: Occurrences",
        objectives: String = "[{target: 0.995}]"
    ) -> String {
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata:
          name: web-availability
          displayName: Web
          labels: {team: web, many: [a, b]}
        spec:
          service: web
          indicator:
            metadata: {name: web-ratio}
            spec:
              ratioMetric:
                counter: true
                good:
                  metricSource: {type: Prometheus, spec: {query: 'sum(rate(http_requests_total{code!~"5.."}[5m]))'}}
                total:
                  metricSource: {type: martlet, spec: {expression: 'status > 0'}}
          timeWindow: \(window)
          \(extra)
          objectives: \(objectives)
          alertPolicies: [{kind: AlertPolicy}]
        """
    }

    @Test func `A ratio is read from either kind of source`() throws {
        let read = ReadSLOs.document(Self.document())
        #expect(read.messages == [])
        let slo = try #require(read.slos.first)
        #expect(slo.slothID == "web-web-availability" && slo.objective.description == "99.5")
        #expect(slo.period == .rolling(seconds: 28 * 86_400))
        #expect(slo.labels == [SLO.Label(name: "team", value: "web")])
        #expect(slo.counting == [nil, "status > 0 and (status >= 100 and status <= 499)", "status > 0"])
    }

    @Test func `Several objectives are several SLOs`() {
        let read = ReadSLOs.document(Self.document(objectives: "[{target: 0.99}, {targetPercent: 99.9}]"))
        #expect(read.messages == [])
        #expect(read.slos.map(\.name) == ["web-availability", "web-availability-2"])
        #expect(read.slos.map(\.objective.description) == ["99", "99.9"])
    }

    @Test func `A calendar month in UTC is kept`() {
        let month = "[{duration: 1M, isRolling: false, calendar: {startTime: '2026-01-01 00:00:00', timeZone: UTC}}]"
        #expect(ReadSLOs.document(Self.document(window: month)).slos.first?.period == .calendarMonth)
    }

    @Test func `An indicator may stand in another document`() throws {
        let text = """
            apiVersion: openslo/v1
            kind: SLI
            metadata: {name: fast}
            spec:
              thresholdMetric: {metricSource: {type: martlet, spec: {field: latency}}}
            ---
            apiVersion: openslo/v1
            kind: Service
            metadata: {name: web}
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: fast}
            spec:
              service: web
              indicatorRef: fast
              objectives: [{op: lte, value: 0.3, target: 0.95}]
            """
        let read = ReadSLOs.document(text)
        #expect(read.messages == [])
        let slo = try #require(read.slos.first)
        #expect(slo.latencyThreshold == 300_000_000 && slo.objective.description == "95")
        #expect(slo.period == .standard)
    }

    @Test(
        "What cannot be kept is refused with what to write",
        arguments: [
            (document(window: "[{duration: 1M, isRolling: true}]"), "is no rolling period"),
            (document(window: "[{duration: 1Q, isRolling: false}]"), "is no calendar period"),
            (
                document(
                    window: "[{duration: 1M, calendar: {timeZone: Europe/Berlin, startTime: '2026-01-01 00:00:00'}}]"
                ),
                "write UTC"
            ),
            (
                document(window: "[{duration: 1M, calendar: {timeZone: UTC, startTime: '2026-01-15 00:00:00'}}]"),
                "not the first of a month"
            ),
            (document(extra: "budgetingMethod: Timeslices"), "write Occurrences"),
            (document(objectives: "[{target: 1.5}]"), "has no objective that leaves a budget"),
            (document(objectives: "[{target: 1}]"), "has no objective that leaves a budget"),
            (document().replacing("type: martlet", with: "type: Datadog"), "`Datadog` cannot be read off log lines"),
            (
                document().replacing("kind: SLO", with: "kind: SLO\nnothing: 1").replacing("good:", with: "raw:"),
                "cannot be read off log lines"
            ),
            (document().replacing("openslo/v1", with: "openslo/v2alpha"), "no document with SLOs that Martlet knows"),
        ]
    )
    func refused(text: String, message: String) {
        let read = ReadSLOs.document(text)
        #expect(read.slos.isEmpty)
        #expect(read.messages.count == 1, "\(read.messages)")
        #expect(read.messages.first?.contains(message) == true, "\(read.messages)")
    }
}

extension String {
    /// The text with the first occurrence of another replaced.
    fileprivate func replacing(_ text: String, with other: String) -> String {
        guard let range = firstRange(of: text) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
