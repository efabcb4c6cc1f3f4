import Objectives
import Outputs
import Settings

/// The alert of one tier as others hear of it: labels and texts are those of the generated Prometheus rules.
struct BurnAlert {
    let slo: SLO
    let service: String
    let tier: Tier
    /// `agent.labels`, which a Prometheus would add as external labels.
    let agentLabels: [Alert.Pair]

    /// What tells it from other alerts.
    var labels: [Alert.Pair] {
        let own = [
            Alert.Pair(
                "alertname",
                "MartletErrorBudgetBurn" + tier.rawValue.prefix(1).uppercased() + tier.rawValue.dropFirst()
            ),
            Alert.Pair("severity", tier.severity == .page ? "critical" : "warning"),
            Alert.Pair("sloth_severity", tier.severity.rawValue), Alert.Pair("burnrate_tier", tier.rawValue),
            Alert.Pair("long", tier.long.label(in: slo.period)), Alert.Pair("short", tier.short.label(in: slo.period)),
            Alert.Pair("sloth_id", slo.slothID(for: service)), Alert.Pair("sloth_service", service),
            Alert.Pair("sloth_slo", slo.name),
        ]
        let others = slo.labels.map { Alert.Pair($0.name, $0.value) } + agentLabels
        return others.reduce(into: own) { labels, label in
            if !labels.contains(where: { $0.name == label.name }), !label.value.isEmpty { labels.append(label) }
        }
    }

    /// What people read; `reading` is how the SLO stands now.
    func annotations(_ reading: ObjectiveReading?) -> [Alert.Pair] {
        var texts = [Alert.Pair("summary", summary), Alert.Pair("description", description(reading))]
        if let runbook = slo.runbook { texts.append(Alert.Pair("runbook_url", runbook)) }
        return texts
    }

    private var summary: String {
        switch tier {
        case .fast: "The error budget burns so fast that it will be gone within days."
        case .medium: "The error budget burns fast."
        case .slow: "The error budget burns faster than it should."
        case .trickle: "The error budget trickles away."
        }
    }

    private func description(_ reading: ObjectiveReading?) -> String {
        let long = tier.long.label(in: slo.period)
        let short = tier.short.label(in: slo.period)
        let burn = reading?.windows.first { $0.window == tier.long }?.burnRate
        let times = burn.map { "\(Self.rounded($0)) times" } ?? "faster"
        var text =
            "The SLO \(slo.name) of \(service) burns its error budget \(times) as fast as it may over \(long), and has for \(short)."
        if let left = reading?.budgetRemaining { text += " Left of the period's budget: \(Self.rounded(left * 100))%." }
        return text + " This tier speaks when \(tier.budgetPercent)% of a budget goes within \(long)."
    }

    /// Three significant digits at most, without an exponent.
    static func rounded(_ value: Double) -> String {
        let magnitude = value.magnitude
        let digits = magnitude >= 100 ? 1.0 : magnitude >= 10 ? 10 : 100
        let scaled = (value * digits).rounded()
        guard scaled.isFinite, scaled.magnitude < 1e15 else { return "\(value)" }
        let whole = scaled / digits
        return whole == whole.rounded() ? "\(Int64(whole))" : "\(whole)"
    }
}
