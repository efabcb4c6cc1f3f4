/// One service in depth.
enum ServiceDashboard {
    static let dashboard = Dashboard(
        name: "service",
        title: "Service",
        description: "The four golden signals of a service, by route and by status class, down to its logs.",
        tags: ["services"],
        variables: [.prometheus, .loki, .job, .instance, .service, .route],
        annotations: [deployments, restarts],
        rows: [
            Dashboard.Row("Golden signals", traffic + latency + [saturation]), Dashboard.Row("By route", routes),
            Dashboard.Row("Containers and ids", containers), Dashboard.Row("Logs", logs),
        ],
        range: "now-3h"
    )

    /// A container that was not there is a deployment or a restart of the engine.
    private static let deployments = Annotation(
        name: "New containers",
        target: .query(
            "count by (service, container) (martlet_container_memory_ratio{\(Scope.service)}"
                + " unless on (service, container) martlet_container_memory_ratio{\(Scope.service)} offset 2m)",
            ""
        ),
        title: "New container {{container}}",
        tags: "service,container",
        colour: "blue"
    )

    private static let restarts = Annotation(
        name: "Restarts",
        target: .query(
            "sum by (service, container) (increase(martlet_container_restarts_total{\(Scope.service)}[2m])) > 0",
            ""
        ),
        title: "{{container}} restarted",
        tags: "service,container",
        colour: "orange"
    )

    private static let traffic: [Panel] = [
        .course(
            "Traffic by status class",
            .requestsPerSecond,
            "Requests a second; 5xx at the bottom is what users see as failures.",
            .query(Scope.rate("martlet_requests_total", Scope.route, by: "status_class"), "{{status_class}}")
        ).with { $0.isStacked = true },
        .course(
            "Error ratio",
            .ratio,
            "Share of requests that count as errors by `signals.errors`; read it with the traffic beside it.",
            .query(Scope.errorRatio(Scope.route, by: "service"), "{{service}}")
        ).with {
            $0.thresholds = .rising(0.01, 0.05)
            $0.showsThresholds = true
        },
        .course(
            "Requests and errors",
            .requestsPerSecond,
            "The two numbers that the error ratio is made of.",
            .query(Scope.rate("martlet_requests_total", Scope.route, by: "service"), "{{service}} requests"),
            .query(Scope.rate("martlet_request_errors_total", Scope.route, by: "service"), "{{service}} errors")
        ),
    ]

    private static let latency: [Panel] = [
        .course(
            "Latency",
            .seconds,
            "Half, 95% and 99% of requests take at most so long. Points are single requests: click one for its trace.",
            .exemplified(Scope.latency("0.5", Scope.route, by: ""), "p50"),
            .exemplified(Scope.latency("0.95", Scope.route, by: ""), "p95"),
            .exemplified(Scope.latency("0.99", Scope.route, by: ""), "p99")
        ),
        .heatmap(
            "Latency distribution",
            "How many requests took how long. Two bands are two kinds of requests, which a quantile hides.",
            .buckets(Scope.rate("martlet_request_duration_seconds_bucket", Scope.route, by: "le"))
        ),
    ]

    private static let saturation = Panel.course(
        "Saturation",
        .ratio,
        "CPU, throttling, memory and processes of the containers, each of its limit or else of the host.",
        .query("max by (container) (martlet_container_cpu_ratio{\(Scope.service)})", "cpu {{container}}"),
        .query(
            "max by (container) (martlet_container_cpu_throttled_ratio{\(Scope.service)})",
            "throttled {{container}}"
        ),
        .query("max by (container) (martlet_container_memory_ratio{\(Scope.service)})", "memory {{container}}"),
        .query("max by (container) (martlet_container_pids_ratio{\(Scope.service)})", "pids {{container}}")
    ).with {
        $0.thresholds = .rising(0.75, 0.9)
        $0.showsThresholds = true
    }

    private static let routes: [Panel] = [
        .table(
            "Routes, worst first",
            "One row for each method and route. Ids in paths are replaced by templates.",
            [
                .column(Scope.rate("martlet_requests_total", Scope.route, by: "service, method, route")),
                .column(Scope.errorRatio(Scope.route, by: "service, method, route")),
                .column(Scope.latency("0.95", Scope.route, by: "service, method, route")),
            ],
            [
                .label("service", "Service"), .label("method", "Method"), .label("route", "Route"),
                .value("A", "Requests", .requestsPerSecond),
                .value("B", "Error ratio", .ratio, .rising(0.01, 0.05)),
                .value("C", "Latency p95", .seconds, .rising(0.5, 2.5)),
            ]
        ).with { $0.sort = ("Error ratio", true) },
        .course(
            "Traffic by route",
            .requestsPerSecond,
            "The ten busiest routes.",
            .query("topk(10, \(Scope.rate("martlet_requests_total", Scope.route, by: "route")))", "{{route}}")
        ),
        .course(
            "Errors by route",
            .requestsPerSecond,
            "The ten routes with most errors a second.",
            .query("topk(10, \(Scope.rate("martlet_request_errors_total", Scope.route, by: "route")))", "{{route}}")
        ),
        .course(
            "Latency p95 by route",
            .seconds,
            "The ten slowest routes.",
            .query("topk(10, \(Scope.latency("0.95", Scope.route, by: "route")))", "{{route}}")
        ),
    ]

    private static let containers: [Panel] = [
        .course(
            "Restarts and out-of-memory kills",
            .none,
            "Per hour, by container. Anything above zero has a reason worth knowing.",
            .query(
                "sum by (container) (increase(martlet_container_restarts_total{\(Scope.service)}[1h]))",
                "restarts {{container}}"
            ),
            .query(
                "sum by (container) (increase(martlet_container_oom_kills_total{\(Scope.service)}[1h]))",
                "out of memory {{container}}"
            )
        ),
        .course(
            "Lines with ids",
            .ratio,
            "Share of lines with a trace id, only a request id, or neither: what a search by id will not find.",
            .query(
                "sum by (kind) (rate(martlet_records_correlated_total{\(Scope.service)}[$__rate_interval])) / on () "
                    + "group_left () sum(rate(martlet_records_correlated_total{\(Scope.service)}[$__rate_interval]))",
                "{{kind}}"
            )
        ).with {
            $0.isStacked = true
            $0.max = 1
        },
    ]

    private static let logs: [Panel] = [
        .course(
            "Lines by level",
            .perSecond,
            "Lines a second.",
            .query(Scope.rate("martlet_log_records_total", Scope.service, by: "level"), "{{level}}")
        ).with {
            $0.width = 24
            $0.height = 6
            $0.isStacked = true
        },
        .lines(
            "Logs",
            "The service's lines, redacted. Open one for its ids and the link to its trace.",
            .logs("{service_name=~\"$service\"}")
        ),
    ]
}
