/// What was redacted: counts, never a value.
enum PrivacyDashboard {
    static let dashboard = Dashboard(
        name: "privacy",
        title: "Privacy",
        description:
            "What Martlet takes out of logs before they leave the host. Counts only: no value is kept anywhere.",
        tags: ["privacy"],
        variables: [.prometheus, .loki, .job, .instance, .service],
        rows: [Dashboard.Row("Redactions", numbers + courses), Dashboard.Row("Services", services)],
        range: "now-24h"
    )

    private static let redactions = "martlet_redactions_total"
    private static let withheld =
        "martlet_records_dropped_total{\(Scope.agent), reason=~\"redaction_failed|redaction_rule\"}"

    private static let numbers: [Panel] = [
        .number(
            "Redactions",
            .short,
            "Values taken out within the range shown.",
            .now("sum(increase(\(redactions){\(Scope.agent)}[$__range]))")
        ).with { $0.width = 6 },
        .number(
            "Redactions a line",
            .none,
            "Values taken out for each line read. A rise means that a service began to log more than it should.",
            .now(
                "sum(rate(\(redactions){\(Scope.agent)}[$__rate_interval])) / "
                    + "(sum(rate(martlet_log_records_total{\(Scope.agent)}[$__rate_interval])) > 0)"
            )
        ).with { $0.width = 6 },
        .number(
            "Detectors with findings",
            .none,
            "Kinds of personal data and secrets that were seen within the range shown.",
            .now("count(sum by (detector) (increase(\(redactions){\(Scope.agent)}[$__range])) > 0)")
        ).with { $0.width = 6 },
        .number(
            "Records withheld",
            .short,
            "Records that a rule drops, or that could not be redacted: the latter reach no output and raise an alert.",
            .now("sum(increase(\(withheld)[$__range]))")
        ).with {
            $0.width = 6
            $0.thresholds = .rising(1, 100)
        },
    ]

    private static let courses: [Panel] = [
        .course(
            "By detector",
            .perSecond,
            "Values a second, by what they were recognised as.",
            .query(Scope.rate(redactions, Scope.agent, by: "detector"), "{{detector}}")
        ).with {
            $0.width = 12
            $0.isStacked = true
        },
        .course(
            "By action",
            .perSecond,
            "What became of them: a tag, a mask, a keyed hash, a field or a record dropped.",
            .query(Scope.rate(redactions, Scope.agent, by: "action"), "{{action}}")
        ).with { $0.width = 12 },
        .table(
            "Detectors",
            "Values taken out within the range shown, and how many a second there are now.",
            [
                .column("sum by (detector, action) (increase(\(redactions){\(Scope.agent)}[$__range]))"),
                .column(
                    "sum by (detector, action) (rate(\(redactions){\(Scope.agent)}[$__rate_interval]))"
                ),
            ],
            [
                .label("detector", "Detector"), .label("action", "Action"), .value("A", "In range", .short),
                .value("B", "Per second now", .perSecond),
            ]
        ).with {
            $0.width = 12
            $0.sort = ("In range", true)
        },
        .course(
            "By host",
            .perSecond,
            "Values a second, by agent.",
            .query(Scope.rate(redactions, Scope.agent, by: "instance"), "{{instance}}")
        ).with { $0.width = 12 },
    ]

    private static let services: [Panel] = [
        .course(
            "Redacted lines by service",
            .short,
            "Lines at Loki that hold a redaction mark, by service: who logs what should not be logged.",
            .logs(
                "sum by (service_name) (count_over_time({service_name=~\"$service\"} |= `[REDACTED` [$__auto]))",
                "{{service_name}}"
            )
        ).with { $0.width = 12 },
        .course(
            "Withheld records",
            .perSecond,
            "Records a second that no output got because of redaction, by reason.",
            .query("sum by (reason) (rate(\(withheld)[$__rate_interval]))", "{{reason}}")
        ).with { $0.width = 12 },
    ]
}
