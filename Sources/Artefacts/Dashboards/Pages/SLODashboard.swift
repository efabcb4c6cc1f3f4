/// All SLOs.
enum SLODashboard {
    static let dashboard = Dashboard(
        name: "slo",
        title: "SLOs",
        description: "Every SLO: objective, error budget, burn rate, and what they are computed of.",
        tags: ["slo"],
        variables: [.prometheus, .job, .instance, .sloService],
        rows: [Dashboard.Row("SLOs", [table]), Dashboard.Row("Over time", courses)],
        range: "now-24h"
    )

    private static let service = "sloth_service=~\"$service\""
    private static let identity = SLOCatalogue.identity

    private static let table = Panel.table(
        "SLOs, worst first",
        "Budget left counts the whole period. Exhaustion: when the budget is gone at the rate of the last hour. No events: no row value, never 100%.",
        [
            .column("slo:objective:ratio{\(service)}"),
            .column("slo:period_error_budget_remaining:ratio{\(service)}"),
            .column("slo:current_burn_rate:ratio{\(service)}"), .column(exhaustion(service)),
            .column(
                "sum by (\(identity)) (increase(martlet_slo_events_total{\(Scope.agent), \(service), outcome=\"bad\"}[1d]))"
            ),
            .column("sum by (\(identity)) (increase(martlet_slo_events_total{\(Scope.agent), \(service)}[1d]))"),
        ],
        [
            .label("sloth_service", "Service"),
            .label(
                "sloth_slo",
                "SLO",
                link:
                    "/d/martlet-slo-detail?var-service=${__data.fields.Service}&var-slo=${__value.raw}&${__url_time_range}"
            ),
            .value("A", "Objective", .ratio), .value("B", "Budget left", .ratio, .falling(0, 0.25)),
            .value("C", "Burn rate now", .none, .rising(1, 14.4)), .value("D", "Exhausted in", .duration),
            .value("E", "Bad events, 1d", .short), .value("F", "Events, 1d", .short),
        ]
    ).with {
        $0.height = 10
        $0.sort = ("Budget left", false)
    }

    /// Seconds until the budget is gone at the rate of the last hour; none is left: 0.
    static func exhaustion(_ scope: String) -> String {
        "clamp_min(slo:period_error_budget_remaining:ratio{\(scope)} * slo:time_period:days{\(scope)} * 86400"
            + " / on (\(identity)) (slo:sli_error:ratio_rate1h{\(scope)} / on (\(identity)) slo:error_budget:ratio{\(scope)} > 0), 0)"
    }

    private static let courses: [Panel] = [
        .course(
            "Budget left",
            .ratio,
            "The share of the period's error budget that is left. Below zero the objective is missed.",
            .query("slo:period_error_budget_remaining:ratio{\(service)}", "{{sloth_service}} {{sloth_slo}}")
        ).with {
            $0.width = 12
            $0.min = nil
            $0.thresholds = .falling(0, 0.25)
        },
        .course(
            "Burn rate",
            .none,
            "How many times as fast as allowed the budget goes. 1 uses it up exactly at the end of the period; 14.4 pages.",
            .query("slo:current_burn_rate:ratio{\(service)}", "{{sloth_service}} {{sloth_slo}}")
        ).with {
            $0.width = 12
            $0.isLogarithmic = true
            $0.min = nil
            $0.thresholds = .rising(1, 14.4)
            $0.showsThresholds = true
        },
        .course(
            "Events",
            .perSecond,
            "What ratios are taken of: a ratio of few events says little.",
            .query("slo:sli_total:rate5m{\(service)}", "{{sloth_service}} {{sloth_slo}}")
        ).with { $0.width = 12 },
        .states(
            "Alerts",
            "Which tier fired when.",
            .query(
                "max by (sloth_service, sloth_slo, burnrate_tier) (ALERTS{alertstate=\"firing\", sloth_id!=\"\", \(service)})",
                "{{sloth_service}} {{sloth_slo}} {{burnrate_tier}}"
            ),
            [.init(value: "1", text: "firing", colour: "red")]
        ).with { $0.width = 12 },
    ]
}
