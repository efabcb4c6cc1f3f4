/// Logs, and the way from an id to all its lines.
enum LogsDashboard {
    static let dashboard = Dashboard(
        name: "logs",
        title: "Logs",
        description: "Log volume, errors by the shape of their message, and every line of a request or a trace.",
        tags: ["logs"],
        variables: [
            .prometheus, .loki, .job, .instance, .service,
            Variable(name: "request_id", label: "Request id", kind: .text),
            Variable(name: "trace_id", label: "Trace id", kind: .text),
        ],
        rows: [
            Dashboard.Row("Volume", volume), Dashboard.Row("Errors", errors), Dashboard.Row("One request", pivots),
            Dashboard.Row("Lines", [lines]),
        ],
        range: "now-1h"
    )

    private static let volume: [Panel] = [
        .course(
            "Lines by level",
            .perSecond,
            "Lines a second that Martlet read, dropped ones included.",
            .query(Scope.rate("martlet_log_records_total", Scope.service, by: "level"), "{{level}}")
        ).with { $0.isStacked = true },
        .course(
            "Lines by service",
            .perSecond,
            "Lines a second that Martlet read.",
            .query(Scope.rate("martlet_log_records_total", Scope.service, by: "service"), "{{service}}")
        ).with { $0.isStacked = true },
        .course(
            "Lines at Loki",
            .short,
            "Lines in the interval that Loki holds; the rest was dropped, filtered, or is on its way.",
            .logs("sum by (service_name) (count_over_time({service_name=~\"$service\"} [$__auto]))", "{{service_name}}")
        ),
    ]

    /// Numbers and ids become `#`, so that messages which differ in them only are one.
    private static let shape =
        "label_format shape=`{{ regexReplaceAll \"[0-9a-fA-F-]{8,}|[0-9]+\" .message \"#\" }}`"

    private static let errors: [Panel] = [
        .course(
            "Errors by message shape",
            .short,
            "The ten most frequent shapes of error messages: numbers and ids in them are replaced by #.",
            .logs(
                "topk(10, sum by (service_name, shape) (count_over_time("
                    + "{service_name=~\"$service\", level=~\"error|fatal\"}"
                    + " | json message=\"msg\" | message!=\"\" | \(shape) [$__auto])))",
                "{{service_name}}: {{shape}}"
            )
        ).with { $0.width = 24 },
        .course(
            "Errors by service",
            .perSecond,
            "Lines of level error and fatal a second.",
            .query(
                Scope.rate(
                    "martlet_log_records_total",
                    Scope.service + ", level=~\"error|fatal\"",
                    by: "service"
                ),
                "{{service}}"
            )
        ).with { $0.width = 12 },
        .course(
            "Broken trace context",
            .perSecond,
            "Lines whose ids are invalid or change within one request.",
            .query(Scope.rate("martlet_trace_context_breaks_total", Scope.service, by: "reason"), "{{reason}}")
        ).with { $0.width = 12 },
    ]

    private static let pivots: [Panel] = [
        .lines(
            "Lines of the request id",
            "Every line of all services with the request id above; put one there or click it in a line's details.",
            .logs("{service_name=~\".+\"} | request_id=`$request_id` | request_id!=``")
        ).with {
            $0.width = 12
            $0.height = 10
        },
        .lines(
            "Lines of the trace id",
            "Every line of all services with the trace id above.",
            .logs("{service_name=~\".+\"} | trace_id=`$trace_id` | trace_id!=``")
        ).with {
            $0.width = 12
            $0.height = 10
        },
    ]

    private static let lines = Panel.lines(
        "Errors",
        "Lines of level error and fatal, redacted. Open one for its ids.",
        .logs("{service_name=~\"$service\", level=~\"error|fatal\"}")
    )
}
