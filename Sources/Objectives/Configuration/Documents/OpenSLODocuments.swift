import RecordPath
import Settings

/// OpenSLO v1, as far as it can be read off log lines: kinds SLO and SLI, ratios and latency thresholds, counted by
/// occurrence, over rolling periods or calendar months.
///
/// Metric sources are `type: prometheus` with a query over request counters, or `type: martlet` with `expression`.
/// Alert policies are left out: every SLO has Martlet's tiers.
struct OpenSLODocuments {
    /// The indicators that stand in documents of their own, by name.
    private let indicators: [String: ConfigurationReader]

    init(_ readers: [ConfigurationReader]) {
        var indicators: [String: ConfigurationReader] = [:]
        for reader in readers where reader.string("kind", default: "") == "SLI" {
            indicators[reader.child("metadata").string("name", default: "")] = reader.child("spec")
        }
        self.indicators = indicators
    }

    /// The SLOs of a document: one for each objective.
    func slos(of reader: ConfigurationReader, attributes: inout AttributeNames) -> [SLOSet.Found] {
        guard reader.string("kind", default: "") == "SLO" else { return [] }
        let spec = reader.child("spec")
        guard let service = spec.requiredString("service", "write the service's name") else { return [] }
        guard SLOName.isService(service) else {
            spec.report(
                "service",
                "\(MessageText.quoted(service)) is no name of a service",
                "use letters, digits and - _ ."
            )
            return []
        }
        guard isCountedByOccurrence(spec), let period = OpenSLOWindow(spec).period,
            let indicator = indicator(of: spec)
        else { return [] }
        let objectives = spec.children("objectives")
        if objectives.isEmpty { spec.report("objectives", "is missing", "write [{target: 0.999}]") }
        return objectives.enumerated().map { index, objective in
            let suffix = index == 0 ? "" : "-\(index + 1)"
            let common = ForeignSLO(
                reader: objective,
                service: service,
                labels: labels(reader),
                runbook: nil,
                nameReader: reader.child("metadata"),
                suffix: suffix
            )
            let source = OpenSLOIndicator(reader: indicator, objective: objective, service: service)
            let slo = source.options(&attributes).flatMap {
                common.slo(objective: Self.percent(objective), period: period, sli: $0)
            }
            return SLOSet.Found(slo, objective)
        }
    }

    private func isCountedByOccurrence(_ spec: ConfigurationReader) -> Bool {
        let method = spec.string("budgetingMethod", default: "Occurrences")
        if method == "Occurrences" { return true }
        spec.report("budgetingMethod", "\(MessageText.quoted(method)) is not supported", "write Occurrences")
        return false
    }

    private func indicator(of spec: ConfigurationReader) -> ConfigurationReader? {
        if spec.keys.contains("indicator") { return spec.child("indicator").child("spec") }
        guard let name = spec.optionalString("indicatorRef") else {
            spec.reportSelf("has no indicator", "write `indicator`, or `indicatorRef` with the name of an SLI")
            return nil
        }
        if let indicator = indicators[name] { return indicator }
        spec.report("indicatorRef", "there is no SLI \(MessageText.quoted(name))", "add its document to `slo_files`")
        return nil
    }

    /// Labels with one value; OpenSLO also has lists, which no series can carry.
    private func labels(_ reader: ConfigurationReader) -> [SLO.Label] {
        let labels = reader.child("metadata").child("labels")
        return labels.keys.compactMap { key in
            guard SLOName.isLabel(key), let value = labels.node(key)?.scalar?.text else { return nil }
            return SLO.Label(name: key, value: value)
        }
    }

    /// `target: 0.999` or `targetPercent: 99.9`, in percent.
    private static func percent(_ objective: ConfigurationReader) -> ExactDecimal? {
        if objective.keys.contains("targetPercent") { return objective.decimal("targetPercent") }
        guard let target = objective.decimal("target"), target < ExactDecimal(digits: 1) else { return nil }
        return ExactDecimal(digits: target.digits * 100, scale: target.scale)
    }
}
