import Objectives
import Settings

/// The four burn-rate alerts.
struct BurnAlerts {
    let catalogue: SLOCatalogue
    let blueprint: Blueprint

    private static let identity = SLOCatalogue.identity

    var alerts: [AlertRule] { Tier.allCases.flatMap(alerts) }

    /// The alert of a tier; one for each hold where SLOs differ in it, told apart by the label `hold`.
    private func alerts(_ tier: Tier) -> [AlertRule] {
        let holds = catalogue.groups { $0.factor(tier) == nil ? nil : $0.alert.hold(tier) }
        return holds.enumerated().map { index, group in
            var alert = AlertRule(
                "MartletErrorBudgetBurn\(Self.capitalised(tier))",
                tier.severity == .page ? .critical : .warning,
                expression: expression(tier, selectors: group.selectors),
                keepsFiring: group.value == 0 ? nil : DurationText.format(.milliseconds(group.value)),
                labels: Self.labels(tier) + userLabels,
                summary: Self.summary(tier),
                description: description(tier),
                dashboard: .sloDetail,
                runbook: Self.runbook(tier),
                // The unit tests are those of the first SLO that has the tier; promtool sees all alerts of a name.
                scenarios: index == 0 ? scenarios(tier) : []
            )
            if tier.needsCoverage { alert.testInterval = "5m" }
            alert.ownRunbook = catalogue.template(\.runbook)
            if holds.count > 1 { alert.labels.append(.init("hold", .fixed("\(alert.keepsFiring ?? "0s")"))) }
            return alert
        }
    }

    private static func capitalised(_ tier: Tier) -> String {
        tier.rawValue.prefix(1).uppercased() + tier.rawValue.dropFirst()
    }

    private static func labels(_ tier: Tier) -> [AlertRule.Label] {
        [
            .init("sloth_severity", .fixed(tier.severity.rawValue)), .init("burnrate_tier", .fixed(tier.rawValue)),
            .init("long", .fixed(tier.long.label(in: .standard))),
            .init("short", .fixed(tier.short.label(in: .standard))),
        ]
    }

    /// The labels that SLOs of the configuration have.
    private var userLabels: [AlertRule.Label] {
        var names: [String] = []
        for label in catalogue.shapes.flatMap(\.labels) where !names.contains(label.name) { names.append(label.name) }
        return names.compactMap { name in
            catalogue.template { shape in shape.labels.first { $0.name == name }?.value }.map { .init(name, $0) }
        }
    }

    // MARK: When

    private func expression(_ tier: Tier, selectors: [String]) -> String {
        let long = tier.long.label(in: .standard)
        let short = tier.short.label(in: .standard)
        let threshold = "slo:alert_threshold:ratio{burnrate_tier=\"\(tier.rawValue)\"}"
        let ratios = selectors.map { "slo:sli_error:ratio_rate\(long)\($0)" }.joined(separator: " or ")
        var conditions = [
            "\(selectors.count == 1 ? ratios : "(\(ratios))") / on (\(Self.identity)) slo:error_budget:ratio",
            "slo:sli_error:ratio_rate\(long) > on (\(Self.identity)) \(threshold)",
            "slo:sli_error:ratio_rate\(short) > on (\(Self.identity)) \(threshold)",
            minimumBad(tier),
        ]
        if tier.needsCoverage, let seconds = tier.long.seconds {
            // It must have been observed half a window ago: a day's ratio that two hours made would speak too soon.
            conditions.append("present_over_time(slo:sli_total:rate5m[1h] offset \(seconds / 7_200)h)")
        }
        return conditions.map { "(\n\(PromQL.indented($0))\n)" }.joined(separator: "\nand on (\(Self.identity))\n")
    }

    /// Guards on bad events, never on traffic: a total outage of a quiet service must not be hidden.
    private func minimumBad(_ tier: Tier) -> String {
        let window = tier.long.label(in: .standard)
        let expression = catalogue.expression({ $0.alert.minimumBad }) { minimum, selector in
            if tier.severity == .ticket {
                return "sum_over_time(slo:sli_bad:rate5m\(selector)[\(window):5m]) * 300 >= \(minimum)"
            }
            let inner = selector.dropFirst().dropLast()
            let matchers = "{outcome=\"bad\"\(inner.isEmpty ? "" : ",\(inner)")}"
            return "sum by (\(Self.identity)) (increase(martlet_slo_events_total\(matchers)[\(window)])) >= \(minimum)"
        }
        return expression ?? "vector(1)"
    }

    // MARK: What it says

    private static func summary(_ tier: Tier) -> String {
        switch tier {
        case .fast: "The error budget burns so fast that it will be gone within days."
        case .medium: "The error budget burns fast."
        case .slow: "The error budget burns faster than it should."
        case .trickle: "The error budget trickles away."
        }
    }

    private func description(_ tier: Tier) -> Message {
        let long = tier.long.label(in: .standard)
        let short = tier.short.label(in: .standard)
        return """
            The SLO \(label: "sloth_slo") of \(label: "sloth_service") burns its error budget \(value: .number) times \
            as fast as it may over \(long), and has for \(short). Left of the period's budget: \
            \(query: "slo:period_error_budget_remaining:ratio{sloth_id=\"%s\"}", label: "sloth_id", .percentage). \
            This tier speaks when \(Int(tier.budgetPercent))% of a budget goes within \(long).
            """
    }

    private static func runbook(_ tier: Tier) -> Runbook {
        let long = tier.long.label(in: .standard)
        return Runbook(
            impact: "Users get errors or slow answers more often than was promised. "
                + (tier.severity == .page
                    ? "At this rate the budget of the period is gone before the next working day."
                    : "Nobody needs to be woken, but the budget will not last for the period."),
            diagnosis: [
                .query(
                    "Which SLOs burn, and how fast:",
                    "sort_desc(slo:sli_error:ratio_rate\(long) / on (\(identity)) slo:error_budget:ratio)"
                ),
                .query(
                    "Which routes answer with errors:",
                    "topk(10, sum by (service, route, status_class) (rate(martlet_request_errors_total[5m])))"
                ),
                .logs("What the service says:", "{service_name=\"SERVICE\", level=~\"error|fatal\"}"),
                .query("What was deployed or restarted lately:", "changes(martlet_container_restarts_total[1h]) > 0"),
            ],
            mitigation: [
                "If it began with a deployment, roll that back first and look for the cause afterwards.",
                "If one dependency fails, take it out of the way: feature flag, fallback, fewer retries.",
                "If load is the cause, shed or scale; check saturation on the service's dashboard.",
            ],
            rollback: "Redeploy the last good image (`docker inspect --format '{{.Config.Image}}' CONTAINER` tells the "
                + "running one). The alert ends when the short window is clean.",
            escalation: tier.severity == .page
                ? "Not mitigated within 30 minutes, or more than one service: call the incident lead and the service's "
                    + "owner (label `team`, where the SLO has one)."
                : "Put it before the service's owner with the graph; freeze risky changes while the budget is short."
        )
    }
}
