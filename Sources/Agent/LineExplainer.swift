import Objectives
import Outputs
import RecordPath
import Settings

/// `martlet explain`: lines in, explanations out, as text or JSON.
package struct LineExplainer: ~Copyable {
    private var explainer: Explainer
    private let service: String?
    private let stream: String
    private let slos: SLOSet

    /// Makes an explainer; `service` and `stream` stand in for what the input would have known.
    package init(_ configuration: AgentConfiguration, service: String?, stream: String) {
        var plan = RecordPlan(configuration)
        plan.replacesTimes = false
        let labels: [(name: String, source: LokiPlan.Source)] = [("level", .level), ("host", .host)]
        explainer = Explainer(
            plan,
            loki: LokiPlan(encoding: .protobuf, labels: labels, structuredMetadata: true, host: HostName.current),
            documents: .shown(configuration)
        )
        self.service = service
        self.stream = stream
        slos = configuration.slos
    }

    /// One line, explained as one JSON object.
    package mutating func json(_ line: [UInt8]) -> String { Self.json(explain(line), slos) }

    /// One line, explained for people.
    package mutating func text(_ line: [UInt8]) -> String { Self.text(explain(line), slos) }

    private mutating func explain(_ line: [UInt8]) -> Explanation {
        let source = SourceStream(
            .init(input: "stdin", key: "explain", declaredService: service, stream: stream)
        )
        return explainer.explain(line, of: source, time: WallClock.now())
    }

    // MARK: JSON

    static func json(_ explanation: Explanation, _ slos: SLOSet) -> String {
        let redactions = explanation.redactions.map {
            "{\"detector\":\(quoted($0.detector)),\"field\":\(quoted($0.field)),\"action\":\(quoted($0.action))}"
        }
        let kept = explanation.lookAlikes.map {
            "{\"detector\":\(quoted($0.detector)),\"field\":\(quoted($0.field)),\"text\":\(quoted($0.text)),"
                + "\"reason\":\(quoted($0.reason))}"
        }
        if let reason = explanation.dropped, reason != Explanation.filtered {
            return "{\"dropped\":\(quoted(reason)),\"redactions\":[\(redactions.joined(separator: ","))]}"
        }
        let record = fields(explanation).map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",")
        let signals =
            explanation.status == nil
            ? "{\"request\":false,\"error\":false}" : "{\"request\":true,\"error\":\(explanation.isError)}"
        let outcomes = outcomes(explanation, slos).map {
            "{\"sloth_id\":\(quoted($0.name)),\"outcome\":\"\($0.value)\"}"
        }
        let known =
            "{\"format\":\(quoted(explanation.format)),\"record\":{\(record)},"
            + "\"redactions\":[\(redactions.joined(separator: ","))],\"kept\":[\(kept.joined(separator: ","))],\"signals\":\(signals),"
            + "\"slos\":[\(outcomes.joined(separator: ","))],"
        if let reason = explanation.dropped { return known + "\"dropped\":\(quoted(reason))}" }
        return known
            + "\"loki\":{\"labels\":\(object(explanation.lokiLabels)),\"metadata\":\(object(explanation.lokiMetadata)),"
            + "\"line\":\(quoted(explanation.line))},\"opensearch\":\(explanation.document)}"
    }

    /// The ids of the SLOs that count the record, and `good` or `bad`.
    private static func outcomes(_ explanation: Explanation, _ slos: SLOSet) -> [Explanation.Pair] {
        explanation.outcomes.map { outcome in
            let id = slos.slos[outcome.objective].slothID(for: explanation.service)
            return (name: id, value: outcome.isBad ? "bad" : "good")
        }
    }

    private static func fields(_ explanation: Explanation) -> [(name: String, value: String)] {
        let all: [(String, String?)] = [
            ("timestamp", quoted(CivilDate.rfc3339(nanoseconds: explanation.timestamp))),
            ("level", explanation.level.isEmpty ? nil : quoted(explanation.level)),
            ("message", quoted(explanation.message)), ("service", quoted(explanation.service)),
            ("trace_id", explanation.traceID.map(quoted)), ("span_id", explanation.spanID.map(quoted)),
            ("request_id", explanation.requestID.map(quoted)), ("method", explanation.method.map(quoted)),
            ("route", explanation.route.map(quoted)), ("status", explanation.status.map { "\($0)" }),
            ("latency_seconds", explanation.latencySeconds.map { "\($0)" }),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }

    private static func object(_ pairs: [Explanation.Pair]) -> String {
        "{" + pairs.map { "\(quoted($0.name)):\(quoted($0.value))" }.joined(separator: ",") + "}"
    }

    static func quoted(_ text: String) -> String {
        var arena = Arena(capacity: text.utf8.count + 2)
        arena.appendQuoted(text)
        return String(decoding: arena.bytes, as: UTF8.self)
    }

    // MARK: Text

    static func text(_ explanation: Explanation, _ slos: SLOSet) -> String {
        var lines: [String] = []
        if let reason = explanation.dropped { lines.append("dropped      \(reason)") }
        if explanation.dropped == nil || explanation.dropped == Explanation.filtered {
            lines.append("format       \(explanation.format)")
            for (name, value) in fields(explanation) { lines.append(pad(name) + value) }
        }
        for (id, outcome) in outcomes(explanation, slos) { lines.append("slo          \(id): \(outcome)") }
        for redaction in explanation.redactions {
            lines.append("redacted     \(redaction.detector) in \(redaction.field): \(redaction.action)")
        }
        for kept in explanation.lookAlikes {
            lines.append("left         \(kept.detector) in \(kept.field): \(quoted(kept.text)), \(kept.reason)")
        }
        if explanation.dropped == nil {
            lines.append(
                "loki labels  " + explanation.lokiLabels.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", ")
            )
            lines.append(
                "metadata     " + explanation.lokiMetadata.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ", ")
            )
            lines.append("line         " + explanation.line)
            lines.append("opensearch   " + explanation.document)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func pad(_ name: String) -> String {
        "  " + name + String(repeating: " ", count: max(1, 17 - name.count))
    }
}
