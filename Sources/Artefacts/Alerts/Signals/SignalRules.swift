/// Golden signals: what services do, and the symptoms that are worth an alert without any SLO.
struct SignalRules {
    let blueprint: Blueprint

    var file: RuleFile {
        RuleFile(
            name: "martlet-signals",
            purpose: "Golden signals of services as their logs tell them.",
            groups: [
                RuleGroup("martlet-signals-recordings", interval: "1m", recordings: recordings),
                RuleGroup("martlet-signals-requests", interval: "1m", alerts: requestAlerts),
                RuleGroup("martlet-signals-containers", interval: "1m", alerts: containerAlerts),
            ]
        )
    }

    private var recordings: [RecordingRule] {
        [
            RecordingRule("service:martlet_requests:rate5m", "sum by (service) (rate(martlet_requests_total[5m]))"),
            RecordingRule(
                "service:martlet_request_errors:rate5m",
                "sum by (service) (rate(martlet_request_errors_total[5m]))"
            ),
            RecordingRule(
                "service:martlet_request_errors:ratio_rate5m",
                "service:martlet_request_errors:rate5m / (service:martlet_requests:rate5m > 0)"
            ),
            RecordingRule(
                "service:martlet_request_duration_seconds:p95_5m",
                """
                histogram_quantile(
                  0.95,
                  sum by (service, le) (rate(martlet_request_duration_seconds_bucket[5m]))
                ) >= 0
                """
            ),
            RecordingRule(
                "service:martlet_log_records:rate5m",
                "sum by (service) (rate(martlet_log_records_total[5m]))"
            ),
            RecordingRule(
                "service:martlet_error_records:rate5m",
                "sum by (service) (rate(martlet_log_records_total{level=~\"error|fatal\"}[5m]))"
            ),
        ]
    }

    /// What most of these runbooks begin with.
    static let lookAtLogs = Runbook.Step.logs(
        "What the service says:",
        "{service_name=\"SERVICE\", level=~\"error|fatal\"}"
    )

    static let callOwner =
        "Not mitigated within an hour, or users notice: call the service's owner; several services at "
        + "once: the incident lead."
}
