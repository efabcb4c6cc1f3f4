/// All services at a glance, the worst first.
enum OverviewDashboard {
    static let dashboard = Dashboard(
        name: "overview",
        title: "Overview",
        description: "All services: the four golden signals, error budgets and alerts, the worst first.",
        tags: ["services"],
        variables: [.prometheus, .job, .instance, .service],
        rows: [Dashboard.Row("Now", numbers + [services]), Dashboard.Row("Golden signals", courses)]
    )

    private static let numbers: [Panel] = [
        .number(
            "Services",
            .none,
            "Services that wrote at least one line within the last five minutes.",
            .now("count(sum by (service) (increase(martlet_log_records_total{\(Scope.service)}[5m])) > 0)")
        ),
        .number(
            "Requests",
            .requestsPerSecond,
            "Requests a second of all services.",
            .now("sum(rate(martlet_requests_total{\(Scope.service)}[$__rate_interval]))")
        ),
        .number(
            "Error ratio",
            .ratio,
            "Share of requests answered with an error. Stands beside the traffic it is taken of.",
            .now(
                "sum(rate(martlet_request_errors_total{\(Scope.service)}[$__rate_interval])) / "
                    + "(sum(rate(martlet_requests_total{\(Scope.service)}[$__rate_interval])) > 0)"
            )
        ).with { $0.thresholds = .rising(0.01, 0.05) },
        .number(
            "Latency p95",
            .seconds,
            "19 of 20 requests take at most so long.",
            .now(Scope.latency("0.95", Scope.service, by: ""))
        ).with { $0.thresholds = .rising(0.5, 2.5) },
        .number(
            "Least budget left",
            .ratio,
            "What is left of the error budget of the SLO that is worst off; below zero its objective is missed.",
            .now("min(slo:period_error_budget_remaining:ratio)")
        ).with { $0.thresholds = .falling(0, 0.25) },
        .number(
            "Alerts firing",
            .none,
            "Alerts of Martlet's rules without the heartbeat. No data: no rule is loaded.",
            .now("count(ALERTS{alertname=~\"Martlet.+\", alertstate=\"firing\"}) - 1")
        ).with { $0.thresholds = .rising(1, 3) },
    ]

    private static let services = Panel.table(
        "Services, worst first",
        "One row for each service. Budget left is that of its worst SLO; saturation the scarcest limit of its containers.",
        [
            .column(Scope.rate("martlet_requests_total", Scope.service, by: "service")),
            .column(Scope.errorRatio(Scope.service, by: "service")),
            .column(Scope.latency("0.95", Scope.service, by: "service")),
            .column("max by (service) (martlet_saturation_ratio{\(Scope.service)})"),
            .column(bySLO("min", "slo:period_error_budget_remaining:ratio{sloth_service=~\"$service\"}")),
            .column(bySLO("max", "slo:current_burn_rate:ratio{sloth_service=~\"$service\"}")),
            .column(
                "count by (service) (label_replace("
                    + "ALERTS{alertstate=\"firing\", sloth_service=~\"$service\"}"
                    + ", \"service\", \"$1\", \"sloth_service\", \"(.+)\")"
                    + " or ALERTS{alertstate=\"firing\", service=~\"$service\", sloth_service=\"\"})"
            ),
        ],
        [
            .label("service", "Service", link: "/d/martlet-service?var-service=${__value.raw}&${__url_time_range}"),
            .value("A", "Requests", .requestsPerSecond),
            .value("B", "Error ratio", .ratio, .rising(0.01, 0.05)),
            .value("C", "Latency p95", .seconds, .rising(0.5, 2.5)),
            .value("D", "Saturation", .ratio, .rising(0.75, 0.9)),
            .value("E", "Budget left", .ratio, .falling(0, 0.25)),
            .value("F", "Burn rate", .none, .rising(1, 14.4)),
            .value("G", "Alerts", .none, .rising(1, 3)),
        ]
    ).with {
        $0.height = 10
        $0.sort = ("Budget left", false)
    }

    /// A series of SLOs by their service.
    private static func bySLO(_ aggregation: String, _ series: String) -> String {
        "\(aggregation) by (service) (label_replace(\(series), \"service\", \"$1\", \"sloth_service\", \"(.+)\"))"
    }

    private static let courses: [Panel] = [
        .course(
            "Traffic",
            .requestsPerSecond,
            "Requests a second by service.",
            .query(Scope.rate("martlet_requests_total", Scope.service, by: "service"), "{{service}}")
        ).with { $0.width = 12 },
        .course(
            "Errors",
            .ratio,
            "Share of requests answered with an error, by service. A gap means no requests.",
            .query(Scope.errorRatio(Scope.service, by: "service"), "{{service}}")
        ).with {
            $0.width = 12
            $0.thresholds = .rising(0.01, 0.05)
        },
        .course(
            "Latency p95",
            .seconds,
            "19 of 20 requests take at most so long, by service.",
            .query(Scope.latency("0.95", Scope.service, by: "service"), "{{service}}")
        ).with { $0.width = 12 },
        .course(
            "Saturation",
            .ratio,
            "The scarcest of CPU, throttling, memory and processes, of the limit or else of the host.",
            .query("max by (service) (martlet_saturation_ratio{\(Scope.service)})", "{{service}}")
        ).with {
            $0.width = 12
            $0.thresholds = .rising(0.75, 0.9)
            $0.showsThresholds = true
        },
    ]
}
