/// Whether containers are ready for production.
enum ReadinessDashboard {
    static let dashboard = Dashboard(
        name: "readiness",
        title: "Readiness",
        description:
            "The production-readiness audit of this fleet's containers, and of services whose lines come from elsewhere: "
            + "go or no-go, and what to mend.",
        tags: ["readiness"],
        variables: [.prometheus, .job, .instance],
        rows: [Dashboard.Row("Go or no-go", numbers + [verdicts]), Dashboard.Row("Findings", findings)],
        range: "now-24h"
    )

    private static let series = "martlet_readiness_findings"

    private static let numbers: [Panel] = [
        .number(
            "Containers audited",
            .none,
            "Containers with a result.",
            .now("count(count by (instance, container) (\(series){\(Scope.agent)}))")
        ),
        .number(
            "No-go",
            .none,
            "Containers with a finding of severity high or critical.",
            .now(
                "sum(sum by (instance, container) (\(series){\(Scope.agent), severity=~\"critical|high\"}) > bool 0)"
            )
        ).with { $0.thresholds = .rising(1, 1) },
        .number(
            "Findings",
            .none,
            "Of all severities.",
            .now("sum(\(series){\(Scope.agent)})")
        ),
    ]

    private static let verdicts = Panel.table(
        "Containers, worst first",
        "No-go: a finding of severity high or critical. `martlet audit` says how to mend each.",
        [
            .column("sum by (instance, container) (\(series){\(Scope.agent), severity=~\"critical|high\"})"),
            .column("sum by (instance, container) (\(series){\(Scope.agent)})"),
        ],
        [
            .label("container", "Container"), .label("instance", "Host"),
            .value("A", "High and critical", .none, .rising(1, 1)), .value("B", "All findings", .none),
        ]
    ).with {
        $0.sort = ("High and critical", true)
        $0.height = 10
    }

    private static let findings: [Panel] = [
        .table(
            "Findings",
            "By check and severity, with the number of containers that have it.",
            [.column("count by (check, severity) (\(series){\(Scope.agent)} > 0)")],
            [.label("check", "Check"), .label("severity", "Severity"), .value("A", "Containers", .none)]
        ).with {
            $0.width = 12
            $0.sort = ("Containers", true)
        },
        .course(
            "Findings over time",
            .none,
            "By severity. A deployment that adds some shows here.",
            .query("sum by (severity) (\(series){\(Scope.agent)})", "{{severity}}")
        ).with {
            $0.width = 12
            $0.isStacked = true
        },
    ]
}
