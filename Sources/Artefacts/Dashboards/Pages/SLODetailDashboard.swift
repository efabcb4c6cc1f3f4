import Objectives

/// One SLO in depth.
enum SLODetailDashboard {
    static let dashboard = Dashboard(
        name: "slo-detail",
        title: "SLO detail",
        description:
            "One SLO: its budget over the period, the burn rate of each window against the alert tiers, and the events behind them.",
        tags: ["slo"],
        variables: [
            .prometheus, .job, .instance,
            Variable(
                name: "service",
                label: "Service",
                kind: .values("label_values(slo:objective:ratio, sloth_service)", many: false)
            ), .slo,
        ],
        rows: [
            Dashboard.Row("Budget", numbers + [budget]), Dashboard.Row("Burn rate", burn),
            Dashboard.Row("Events", events), Dashboard.Row("Each host's own view", hosts),
        ],
        range: "now-24h"
    )

    private static let identity = SLOCatalogue.identity

    private static let numbers: [Panel] = [
        .number("Objective", .ratio, "Share of events that must be good.", .now("slo:objective:ratio{\(Scope.slo)}")),
        .number(
            "Budget left",
            .ratio,
            "Of the period's error budget; below zero the objective is missed.",
            .now("slo:period_error_budget_remaining:ratio{\(Scope.slo)}")
        ).with { $0.thresholds = .falling(0, 0.25) },
        .number(
            "Burn rate now",
            .none,
            "Over five minutes; 1 uses up the budget exactly at the end of the period.",
            .now("slo:current_burn_rate:ratio{\(Scope.slo)}")
        ).with { $0.thresholds = .rising(1, 14.4) },
        .number(
            "Exhausted in",
            .duration,
            "When the budget is gone at the rate of the last hour. No data: nothing burns.",
            .now(SLODashboard.exhaustion(Scope.slo))
        ).with { $0.thresholds = .falling(86_400, 604_800) },
        .number(
            "Bad events",
            .short,
            "Within the range shown, beside all events.",
            .now("sum(increase(martlet_slo_events_total{\(Scope.agent), \(Scope.slo), outcome=\"bad\"}[$__range]))")
        ),
        .number(
            "Events",
            .short,
            "Within the range shown.",
            .now("sum(increase(martlet_slo_events_total{\(Scope.agent), \(Scope.slo)}[$__range]))")
        ),
    ]

    private static let budget = Panel.course(
        "Budget left over the period",
        .ratio,
        "The course of the budget over 30 days. A step down is an incident; it rises when old errors leave the period.",
        .query("slo:period_error_budget_remaining:ratio{\(Scope.slo)}", "{{sloth_slo}}")
    ).with {
        $0.width = 24
        $0.min = nil
        $0.range = "30d"
        $0.thresholds = .falling(0, 0.25)
        $0.showsThresholds = true
    }

    private static let windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"]

    private static let burn: [Panel] = [
        Panel(
            .timeseries,
            "Burn rate by window",
            "Logarithmic. Dashed: the factor of each alert tier; a tier fires when its long and its short window are above its line.",
            windows.map { window in
                .query(
                    "slo:sli_error:ratio_rate\(window){\(Scope.slo)} / on (\(identity)) slo:error_budget:ratio{\(Scope.slo)}",
                    window
                )
            } + [
                .query(
                    "slo:alert_threshold:ratio{\(Scope.slo)} / on (\(identity)) group_left () slo:error_budget:ratio{\(Scope.slo)}",
                    "tier {{burnrate_tier}}"
                )
            ]
        ).with {
            $0.unit = .none
            $0.width = 16
            $0.height = 10
            $0.isLogarithmic = true
            $0.dashed = "tier"
        },
        .states(
            "Alerts",
            "Which tier fired when.",
            .query(
                "max by (burnrate_tier) (ALERTS{alertstate=\"firing\", \(Scope.slo), burnrate_tier!=\"\"})",
                "{{burnrate_tier}}"
            ),
            [.init(value: "1", text: "firing", colour: "red")]
        ).with { $0.height = 10 },
    ]

    private static let events: [Panel] = [
        .course(
            "Good and bad events",
            .perSecond,
            "What every ratio here is made of.",
            .query("slo:sli_bad:rate5m{\(Scope.slo)}", "bad"),
            .query("slo:sli_total:rate5m{\(Scope.slo)}", "all")
        ).with { $0.width = 12 },
        .course(
            "Error ratio",
            .ratio,
            "Share of bad events over 5 minutes and over an hour, with the budget that a whole period has.",
            .query("slo:sli_error:ratio_rate5m{\(Scope.slo)}", "5m"),
            .query("slo:sli_error:ratio_rate1h{\(Scope.slo)}", "1h"),
            .query("slo:error_budget:ratio{\(Scope.slo)}", "budget")
        ).with {
            $0.width = 12
            $0.dashed = "budget"
        },
    ]

    private static let hosts: [Panel] = [
        .course(
            "Burn rate over an hour, by host",
            .none,
            "As each agent sees the events it read itself. The fleet's rate is the one above, not a mean of these.",
            .query(
                "max by (instance) (martlet_slo_burn_rate{\(Scope.agent), \(Scope.slo), window=\"1h\"})",
                "{{instance}}"
            )
        ).with { $0.width = 12 },
        .course(
            "Share of each window observed",
            .ratio,
            "Below 1 the agent has not run long enough to know the whole window.",
            .query(
                "min by (window) (martlet_slo_window_coverage_ratio{\(Scope.agent), \(Scope.slo)})",
                "{{window}}"
            )
        ).with {
            $0.width = 12
            $0.max = 1
        },
    ]
}
