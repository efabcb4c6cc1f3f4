import RecordPath
import Settings

/// The indicator of an OpenSLO document: a ratio of two counts, or a threshold that each event must meet.
struct OpenSLOIndicator {
    /// The `spec` of the indicator.
    let reader: ConfigurationReader
    /// The objective, which holds `op` and `value` of a threshold.
    let objective: ConfigurationReader
    let service: String

    func options(_ attributes: inout AttributeNames) -> SLIOptions? {
        if reader.keys.contains("ratioMetric") { return ratio(reader.child("ratioMetric"), &attributes) }
        if reader.keys.contains("thresholdMetric") { return threshold(reader.child("thresholdMetric"), &attributes) }
        reader.reportSelf("has neither ratioMetric nor thresholdMetric", "write {ratioMetric: {good: …, total: …}}")
        return nil
    }

    private func ratio(_ ratio: ConfigurationReader, _ attributes: inout AttributeNames) -> SLIOptions? {
        if ratio.keys.contains("raw") {
            ratio.report("raw", "a ratio made elsewhere cannot be read off log lines", "write good or bad, and total")
            return nil
        }
        let part = ratio.keys.contains("bad") ? "bad" : "good"
        guard ratio.keys.contains(part), ratio.keys.contains("total") else {
            ratio.reportSelf("is not complete", "write good or bad, and total")
            return nil
        }
        let counted = source(ratio.child(part), &attributes)
        let total = source(ratio.child("total"), &attributes)
        guard let counted, let total else { return nil }
        let indicator = Indicator(
            bad: part == "bad" ? counted.expression : nil,
            good: part == "good" ? counted.expression : nil,
            total: total.expression
        )
        return SLIOptions(indicator: indicator, latencyThreshold: counted.latencyThreshold)
    }

    /// The expression of a `metricSource`.
    private func source(
        _ metric: ConfigurationReader,
        _ attributes: inout AttributeNames
    ) -> QueryTranslation.Result? {
        let source = metric.child("metricSource")
        let type = source.string("type", default: "prometheus")
        let spec = source.child("spec")
        switch type.lowercased() {
        case "martlet":
            let expression = Expression(reading: "expression", of: spec, attributes: &attributes)
            if expression == nil, !spec.keys.contains("expression") {
                spec.reportSelf("has no expression", "write {expression: 'status >= 500'}")
            }
            return expression.map { QueryTranslation.Result(expression: $0) }
        case "prometheus":
            return QueryTranslation(reader: spec, service: service).expression("query", &attributes)
        default:
            source.report(
                "type",
                "\(MessageText.quoted(type)) cannot be read off log lines",
                "write martlet or prometheus"
            )
            return nil
        }
    }

    /// `op: lte`, `value: 0.3` of a field: each record that has the field is an event.
    private func threshold(_ metric: ConfigurationReader, _ attributes: inout AttributeNames) -> SLIOptions? {
        let source = metric.child("metricSource")
        let type = source.string("type", default: "prometheus").lowercased()
        guard type == "martlet" else {
            let advice = "write {type: martlet, spec: {field: latency}} to judge each request"
            source.report("type", "a threshold on \(MessageText.quoted(type)) judges no single event", advice)
            return nil
        }
        guard let field = source.child("spec").requiredString("field", "write latency, or attributes.NAME"),
            let value = objective.decimal("value")
        else {
            if !objective.keys.contains("value") { objective.reportSelf("has no value", "write {op: lte, value: 0.3}") }
            return nil
        }
        let signs = ["lte": ("<=", ">"), "lt": ("<", ">="), "gte": (">=", "<"), "gt": (">", "<=")]
        guard let (sign, opposite) = signs[objective.string("op", default: "lte")] else {
            objective.report("op", "is no comparison", "write lte, lt, gte or gt")
            return nil
        }
        if field == "latency", sign == "<=" { return latency(value, &attributes) }
        let text = field == "latency" ? "\(value)s" : "\(value)"
        guard let good = try? Expression("\(field) \(sign) \(text)", attributes: &attributes),
            let bad = try? Expression("\(field) \(opposite) \(text)", attributes: &attributes)
        else {
            let problem = "\(MessageText.quoted(field)) has no numbers"
            source.child("spec").report("field", problem, "write latency, or attributes.NAME")
            return nil
        }
        return SLIOptions(indicator: Indicator(bad: bad, good: good, total: nil), latencyThreshold: nil)
    }

    private func latency(_ seconds: ExactDecimal, _ attributes: inout AttributeNames) -> SLIOptions? {
        let nanoseconds = Int128(seconds.digits) * 1_000_000_000 / Int128(seconds.denominator)
        guard (1...86_400_000_000_000).contains(nanoseconds) else {
            objective.report("value", "no latency is held to that", "write seconds, such as 0.3")
            return nil
        }
        return SLIOptions(latencyAtMost: Int64(nanoseconds), total: nil, attributes: &attributes)
    }
}
