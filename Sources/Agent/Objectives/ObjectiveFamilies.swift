import Admin
import Objectives

/// The series of SPEC 6 about SLOs.
struct ObjectiveFamilies {
    let standings: [ObjectiveKeeper.Standing]
    let tellings: [(sink: String, counts: AlertDesk.Tellings)]

    /// All families; those of burn rates are this host's view, which must not be averaged over hosts.
    var families: [MetricFamily] { events + definitions + windows + budgets + alerts }

    private typealias Standing = ObjectiveKeeper.Standing

    private var events: [MetricFamily] {
        [
            .counter(
                "martlet_slo_events",
                help: "Events that count for the SLO, good and bad; what rules add up over hosts.",
                standings.flatMap { standing in
                    [
                        MetricSample(Self.labels(standing, ("outcome", "good")), .count(standing.reading.good)),
                        MetricSample(Self.labels(standing, ("outcome", "bad")), .count(standing.reading.bad)),
                    ]
                }
            ),
            .counter(
                "martlet_slo_late_events",
                help: "Events that came so late that no page could come of them.",
                standings.map { standing in
                    MetricSample(
                        LabelSet([("sloth_id", standing.reading.slothID)]),
                        .count(standing.reading.lateEvents)
                    )
                }
            ),
        ]
    }

    private var definitions: [MetricFamily] {
        [
            .gauge(
                "martlet_slo_objective_ratio",
                unit: "ratio",
                help: "The share of events that must be good.",
                standings.map { standing in
                    let share = standing.slo.budget.share
                    let good = Double(share.denominator - share.numerator) / Double(share.denominator)
                    return MetricSample(Self.labels(standing), .number(good))
                }
            ),
            .gauge(
                "martlet_slo_period_seconds",
                unit: "seconds",
                help: "The time over which the objective must hold; a calendar month counts as 30 days.",
                standings.map { MetricSample(Self.labels($0), .integer($0.slo.period.nominalSeconds)) }
            ),
            .info(
                "martlet_slo",
                help: "SLOs of this agent with the labels of their configuration.",
                standings.map { standing in
                    LabelSet(Self.identity(standing) + standing.slo.labels.map { ($0.name, $0.value) })
                }
            ),
        ]
    }

    private var windows: [MetricFamily] {
        [
            .gauge(
                "martlet_slo_burn_rate",
                help: "How many times faster than allowed the budget goes, as this host sees it; never average it.",
                byWindow { $0.burnRate }
            ),
            .gauge(
                "martlet_slo_error_ratio",
                unit: "ratio",
                help: "Bad events of all, as this host sees it; absent where there are none.",
                byWindow { $0.errorRatio }
            ),
            .gauge(
                "martlet_slo_window_coverage_ratio",
                unit: "ratio",
                help: "The share of the window that was observed.",
                byWindow { $0.coverage }
            ),
        ]
    }

    private func byWindow(_ value: (ObjectiveReading.Window) -> Double?) -> [MetricSample] {
        standings.flatMap { standing in
            standing.reading.windows.compactMap { window in
                value(window).map { MetricSample(Self.labels(standing, ("window", window.label)), .number($0)) }
            }
        }
    }

    private var budgets: [MetricFamily] {
        [
            .gauge(
                "martlet_slo_error_budget_remaining_ratio",
                unit: "ratio",
                help: "The share of the period's budget that is left; below zero once it is overspent.",
                standings.compactMap { standing in
                    standing.reading.budgetRemaining.map { MetricSample(Self.labels(standing), .number($0)) }
                }
            ),
            .gauge(
                "martlet_slo_error_budget_exhaustion_seconds",
                unit: "seconds",
                help: "Until the budget is gone if things go on as in the last hour; +Inf where it does not shrink.",
                standings.compactMap { standing in
                    standing.reading.exhaustionSeconds.map { MetricSample(Self.labels(standing), .number($0)) }
                }
            ),
        ]
    }

    private var alerts: [MetricFamily] {
        [
            .gauge(
                "martlet_slo_alert_active",
                help: "Whether the burn-rate alert of the tier fires or is held.",
                standings.flatMap { standing in
                    standing.reading.alerts.map { alert in
                        MetricSample(
                            Self.labels(standing, ("tier", alert.tier.rawValue)),
                            .integer(alert.isActive ? 1 : 0)
                        )
                    }
                }
            ),
            .counter(
                "martlet_alert_notifications",
                help: "Alerts told to Alertmanager or webhook, by what became of it.",
                tellings.flatMap { sink, counts in
                    [("taken", counts.taken), ("refused", counts.refused), ("failed", counts.failed)].map {
                        MetricSample(LabelSet([("output", sink), ("outcome", $0.0)]), .count($0.1))
                    }
                }
            ),
        ]
    }

    // MARK: Labels

    private static func identity(_ standing: Standing) -> [(name: String, value: String)] {
        [
            ("sloth_id", standing.reading.slothID), ("sloth_service", standing.reading.service),
            ("sloth_slo", standing.reading.name),
        ]
    }

    private static func labels(_ standing: Standing, _ more: (name: String, value: String)...) -> LabelSet {
        LabelSet(identity(standing) + more)
    }
}
