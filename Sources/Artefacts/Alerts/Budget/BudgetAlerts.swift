import Objectives

/// Alerts about SLOs as such: the budget is used up, the SLO has vanished.
struct BudgetAlerts {
    let catalogue: SLOCatalogue
    let blueprint: Blueprint

    private static let identity = SLOCatalogue.identity

    var alerts: [AlertRule] { [exhausted, absent] }

    private var exhausted: AlertRule {
        let shape = catalogue.shapes[0]
        let labels = Self.text(shape.sampleLabels)
        let days = Double(shape.period.nominalSeconds) / 86_400
        func inputs(bad: Int) -> [AlertScenario.Input] {
            [
                .init("martlet_slo_events_total{outcome=\"bad\", \(labels)}", "0+\(bad)x30"),
                .init("martlet_slo_events_total{outcome=\"good\", \(labels)}", "0+\(100 - bad)x30"),
                .init("martlet_slo_objective_ratio{\(labels)}", "0.8x30"),
                .init("martlet_slo_period_seconds{\(labels)}", "\(Node.decimal(days * 86_400))x30"),
            ]
        }
        var alert = AlertRule(
            "MartletErrorBudgetExhausted",
            .warning,
            expression: """
                slo:period_error_budget_remaining:ratio <= 0
                and on (\(Self.identity))
                slo:sli_bad:rate5m > 0
                """,
            delay: "5m",
            keepsFiring: "1h",
            labels: [.init("sloth_severity", .fixed("ticket"))],
            summary: "The error budget of the period is used up.",
            description: """
                The SLO \(label: "sloth_slo") of \(label: "sloth_service") has \(value: .percentage) of its period's \
                error budget left and goes on failing: the objective is being missed.
                """,
            dashboard: .sloDetail,
            runbook: Runbook(
                impact: "The promise to users is broken for this period. Every further error makes it worse.",
                diagnosis: [
                    .query("How much is left, for all SLOs:", "sort(slo:period_error_budget_remaining:ratio)"),
                    .query("When it went:", "max_over_time(slo:current_burn_rate:ratio[1d])"),
                    .logs("What fails now:", "{service_name=\"SERVICE\", level=~\"error|fatal\"}"),
                ],
                mitigation: [
                    "Stop what spends budget by choice: risky deployments, migrations, experiments.",
                    "Work on what failed most in this period before new features.",
                ],
                rollback: "Roll back the last change that raised the burn rate. A rolling period sheds old errors by "
                    + "itself; a calendar month begins anew.",
                escalation: "Tell the service's owner and whoever agreed on the objective; the error-budget policy "
                    + "decides on a freeze."
            ),
            scenarios: [
                AlertScenario(
                    "40% of events bad where 20% may be uses up twice the budget",
                    inputs(bad: 40),
                    [.quiet(at: "4m"), .fires(at: "10m", shape.sampleLabels, "-100%")]
                ),
                AlertScenario("10% of events bad leaves half", inputs(bad: 10), [.quiet(at: "10m")]),
            ]
        )
        alert.ownRunbook = catalogue.template(\.runbook)
        return alert
    }

    /// SLOs of one service, which must be there; those for every service appear with the service.
    private var absent: AlertRule {
        let named = blueprint.slos.isEmpty ? [] : catalogue.shapes.filter { !$0.isForEveryService }
        let selectors = named.map { "absent(slo:objective:ratio{\(Self.text($0.sampleLabels))})" }
        let vanished = "(slo:objective:ratio offset 30m unless on (\(Self.identity)) slo:objective:ratio)"
        let shape = catalogue.shapes[0]
        let labels = Self.text(shape.sampleLabels)
        let others = named.filter { $0.sampleLabels != shape.sampleLabels }.map { other in
            let labels = Self.text(other.sampleLabels)
            return AlertScenario.Input("martlet_slo_objective_ratio{\(labels)}", "0.99x180")
        }
        return AlertRule(
            "MartletSLOAbsent",
            .warning,
            expression: ([vanished] + selectors).joined(separator: "\nor\n"),
            delay: "10m",
            labels: [.init("sloth_severity", .fixed("ticket"))],
            summary: "No agent exports an SLO that there should be.",
            description: """
                The SLO \(label: "sloth_slo") of \(label: "sloth_service") has no series any more: its burn-rate alerts \
                cannot fire. No data is not good data.
                """,
            dashboard: .slo,
            runbook: Runbook(
                impact: "Nobody would be told if this service failed its objective.",
                diagnosis: [
                    .query("Which agents are scraped:", "up{job=\"\(Blueprint.job)\"}"),
                    .query("Which SLOs they export:", "count by (sloth_id, instance) (martlet_slo_objective_ratio)"),
                    .init("What the agent has in force:", "martlet validate"),
                ],
                mitigation: [
                    "Start the agent, or mend its scrape (`MartletDown` says more).",
                    "If the SLO was removed on purpose, `martlet generate alerts` makes rules without it; the alert ends "
                        + "by itself within half an hour.",
                ],
                rollback: "Bring back the configuration that had the SLO and send SIGHUP to the agent or restart it.",
                escalation: "If no agent of a cluster exports SLOs, treat it as an outage of monitoring: call the "
                    + "platform's owner."
            ),
            scenarios: [
                AlertScenario(
                    "an SLO whose series end is reported, until half an hour has forgotten it",
                    [.init("martlet_slo_objective_ratio{\(labels)}", "0.999x60 _x120")] + others,
                    [.quiet(at: "60m"), .fires(at: "80m", shape.sampleLabels)]
                        + (named.isEmpty || shape.isForEveryService ? [.quiet(at: "100m")] : [])
                ),
                AlertScenario(
                    "an SLO that is there is not reported",
                    [.init("martlet_slo_objective_ratio{\(labels)}", "0.999x120")] + others,
                    [.quiet(at: "90m")]
                ),
            ]
        )
    }

    private static func text(_ labels: [String: String]) -> String {
        labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ", ")
    }
}
