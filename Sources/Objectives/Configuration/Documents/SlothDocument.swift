import RecordPath
import Settings

/// A Sloth document, `version: "prometheus/v1"`, as far as its queries can be read off log lines.
///
/// Tiers are Martlet's own; what only names and decorates Sloth's alerts is left out.
struct SlothDocument {
    private let reader: ConfigurationReader

    init(_ reader: ConfigurationReader) { self.reader = reader }

    func slos(attributes: inout AttributeNames) -> [SLOSet.Found] {
        guard let service = reader.requiredString("service", "write the service's name") else { return [] }
        guard SLOName.isService(service) else {
            reader.report(
                "service",
                "\(MessageText.quoted(service)) is no name of a service",
                "use letters, digits and - _ ."
            )
            return []
        }
        let labels = SLO.labels(reader, "labels")
        return reader.children("slos").map { item in
            SLOSet.Found(slo(item, service, labels, &attributes), item)
        }
    }

    private func slo(
        _ item: ConfigurationReader,
        _ service: String,
        _ common: [SLO.Label],
        _ attributes: inout AttributeNames
    ) -> SLO? {
        let own = SLO.labels(item, "labels")
        let labels = common.filter { label in !own.contains { $0.name == label.name } } + own
        let alerting = item.child("alerting")
        let annotations = alerting.pairs("annotations")
        let runbook = annotations.first { $0.key == "runbook" || $0.key == "runbook_url" }?.value
        let common = ForeignSLO(reader: item, service: service, labels: labels, runbook: runbook)
        guard let sli = sli(item.child("sli"), service, &attributes) else { return nil }
        var slo = common.slo(objective: item.decimal("objective"), period: .standard, sli: sli)
        slo?.alert.disabled = Set(
            Tier.allCases.filter { alerting.child("\($0.severity.rawValue)_alert").bool("disable", default: false) }
        )
        return slo
    }

    private func sli(
        _ sli: ConfigurationReader,
        _ service: String,
        _ attributes: inout AttributeNames
    ) -> SLIOptions? {
        for key in ["raw", "plugin"] where sli.keys.contains(key) {
            sli.report(key, "cannot be read off log lines", "write `events` with error_query and total_query")
            return nil
        }
        let events = sli.child("events")
        guard events.isPresent else {
            sli.reportSelf("has no events", "write {events: {error_query: …, total_query: …}}")
            return nil
        }
        let queries = QueryTranslation(reader: events, service: service)
        let bad = queries.expression("error_query", &attributes)
        let total = queries.expression("total_query", &attributes)
        guard let bad, let total else { return nil }
        let indicator = Indicator(bad: bad.expression, good: nil, total: total.expression)
        return SLIOptions(indicator: indicator, latencyThreshold: bad.latencyThreshold)
    }
}
