extension SignalRules {
    var requestAlerts: [AlertRule] { [errors, latency, traffic, errorLogs] }

    private var errors: AlertRule {
        AlertRule(
            "MartletHighErrorRatio",
            .warning,
            expression: """
                service:martlet_request_errors:ratio_rate5m > 0.05
                and on (service)
                sum by (service) (increase(martlet_request_errors_total[5m])) >= 10
                """,
            delay: "5m",
            keepsFiring: "5m",
            summary: "A service answers many requests with errors.",
            description:
                "\(label: "service") answers \(value: .percentage) of its requests of the last 5 minutes with errors.",
            dashboard: .service,
            runbook: Runbook(
                impact: "Users of the service see failures. Services that call it may fail next.",
                diagnosis: [
                    .query(
                        "Which routes, methods and status classes:",
                        "topk(10, sum by (service, method, route, status_class) (rate(martlet_request_errors_total[5m])))"
                    ),
                    Self.lookAtLogs,
                    .logs("One failed request across services:", "{service_name=~\".+\"} | trace_id=\"TRACE_ID\""),
                ],
                mitigation: [
                    "Roll back the last deployment of the service or of what it calls.",
                    "If one route fails, turn that feature off.", "If a dependency fails, see its alerts first.",
                ],
                rollback: "Redeploy the last good image; the alert ends five minutes after the ratio is below 5%.",
                escalation: Self.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "a tenth of requests failing fires, and ends when they are answered again",
                    [
                        .init("martlet_requests_total{service=\"shop\"}", "0+100x60"),
                        .init("martlet_request_errors_total{service=\"shop\"}", "0+10x20 200x40"),
                    ],
                    [.quiet(at: "3m"), .fires(at: "15m", ["service": "shop"], "10%"), .quiet(at: "40m")]
                ),
                AlertScenario(
                    "few errors, or few in a hundred, do not fire",
                    [
                        .init("martlet_requests_total{service=\"quiet\"}", "0+1x30"),
                        .init("martlet_request_errors_total{service=\"quiet\"}", "0+1x30"),
                        .init("martlet_requests_total{service=\"busy\"}", "0+1000x30"),
                        .init("martlet_request_errors_total{service=\"busy\"}", "0+40x30"),
                    ],
                    [.quiet(at: "25m")]
                ),
            ]
        )
    }

    private var latency: AlertRule {
        AlertRule(
            "MartletHighLatency",
            .warning,
            expression: """
                service:martlet_request_duration_seconds:p95_5m > 0.5
                and on (service)
                service:martlet_request_duration_seconds:p95_5m
                  > 3 * avg_over_time(service:martlet_request_duration_seconds:p95_5m[1d] offset 30m)
                and on (service)
                service:martlet_requests:rate5m > 0.1
                """,
            delay: "10m",
            keepsFiring: "10m",
            summary: "A service is much slower than it was.",
            description: """
                One request in twenty to \(label: "service") takes longer than \(value: .duration), more than three \
                times as long as on average over the last day.
                """,
            dashboard: .service,
            runbook: Runbook(
                impact: "Users wait; callers run into their time limits and retry, which adds load.",
                diagnosis: [
                    .query(
                        "Which routes are slow:",
                        "topk(10, histogram_quantile(0.95, sum by (le, service, route) "
                            + "(rate(martlet_request_duration_seconds_bucket[5m]))))"
                    ),
                    .query("Whether a container is at its limits:", "sort_desc(martlet_saturation_ratio)"),
                    .logs("A slow request:", "{service_name=\"SERVICE\"} |= \"timed out\""),
                ],
                mitigation: [
                    "If a container is throttled or near its memory limit, raise the limit or scale out.",
                    "If a dependency is slow, shorten time limits to it and use its fallback.",
                ],
                rollback: "Roll back the last deployment or configuration change of the service or its dependency.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "from 50 ms to over a second fires, and ends when it is fast again",
                    Self.latencyInputs(fast: "0+60x60 3600x60 3660+60x90", slow: "0x60 0+60x60 3600x90"),
                    [.quiet(at: "60m"), .fires(at: "85m", ["service": "shop"], "2.425s"), .quiet(at: "150m")]
                ),
                AlertScenario(
                    "a service that was always slow does not fire",
                    Self.latencyInputs(fast: "0x120", slow: "0+60x120"),
                    [.quiet(at: "110m")]
                ),
            ]
        )
    }

    /// Requests that take less than 50 ms, and ones that take one to two and a half seconds.
    private static func latencyInputs(fast: String, slow: String) -> [AlertScenario.Input] {
        let name = "martlet_request_duration_seconds_bucket"
        return [
            .init("\(name){service=\"shop\", le=\"0.05\", of=\"fast\"}", fast),
            .init("\(name){service=\"shop\", le=\"1.0\", of=\"fast\"}", fast),
            .init("\(name){service=\"shop\", le=\"2.5\", of=\"fast\"}", fast),
            .init("\(name){service=\"shop\", le=\"2.5\", of=\"slow\"}", slow),
            .init("\(name){service=\"shop\", le=\"+Inf\", of=\"fast\"}", fast),
            .init("\(name){service=\"shop\", le=\"+Inf\", of=\"slow\"}", slow),
            .init("martlet_requests_total{service=\"shop\"}", "0+60x210"),
        ]
    }

    private var traffic: AlertRule {
        AlertRule(
            "MartletTrafficGone",
            .warning,
            expression: """
                (
                  avg_over_time(service:martlet_requests:rate5m[1h] offset 30m) > 0.1
                  unless on (service)
                  service:martlet_requests:rate5m > 0
                )
                """,
            delay: "10m",
            keepsFiring: "5m",
            summary: "A service that had traffic has none.",
            description: """
                \(label: "service") logged \(value: .number) requests a second an hour ago and none for at least 10 minutes.
                """,
            dashboard: .service,
            runbook: Runbook(
                impact:
                    "Either no user reaches the service, or its logs do not reach Martlet. Error ratios say nothing "
                    + "about a service without requests.",
                diagnosis: [
                    .init(
                        "Whether it runs and writes:",
                        "docker ps --filter name=SERVICE && docker logs --since 10m SERVICE"
                    ),
                    .query(
                        "Whether Martlet reads anything of it:",
                        "sum by (service, input) (rate(martlet_records_read_total[5m]))"
                    ),
                    .query(
                        "Whether those that call it fail:",
                        "sort_desc(service:martlet_request_errors:ratio_rate5m)"
                    ),
                ],
                mitigation: [
                    "If the container is gone or hangs, start it again.",
                    "If it runs without requests, look at what sends them: load balancer, DNS, the calling service.",
                    "If it writes and Martlet reads nothing, see `MartletInputDown`.",
                ],
                rollback: "Undo the last change of routing, DNS or deployment.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "traffic that ends fires, and a return ends it",
                    [.init("martlet_requests_total{service=\"shop\"}", "0+60x80 4800x40 4860+60x30")],
                    [
                        .quiet(at: "70m"), .fires(at: "97m", ["service": "shop"], "1"), .quiet(at: "145m"),
                    ]
                ),
                AlertScenario(
                    "a service that never had much does not fire",
                    [.init("martlet_requests_total{service=\"shop\"}", "0+1x70 70x60")],
                    [.quiet(at: "110m")]
                ),
            ]
        )
    }

    private var errorLogs: AlertRule {
        AlertRule(
            "MartletErrorLogs",
            .warning,
            expression: """
                service:martlet_error_records:rate5m > 0.2
                and on (service)
                service:martlet_error_records:rate5m
                  > 5 * avg_over_time(service:martlet_error_records:rate5m[1d] offset 30m)
                """,
            delay: "5m",
            keepsFiring: "10m",
            summary: "A service logs many more errors than it used to.",
            description:
                "\(label: "service") logs \(value: .number) errors a second, more than five times its average of the last day.",
            dashboard: .service,
            runbook: Runbook(
                impact: "Something in the service goes wrong that need not show as a failed request: jobs, queues, "
                    + "connections.",
                diagnosis: [
                    Self.lookAtLogs,
                    .logs(
                        "The most frequent messages:",
                        "topk(10, sum by (message) (count_over_time({service_name=\"SERVICE\", level=\"error\"} | json [30m])))"
                    ),
                ],
                mitigation: [
                    "If one message makes most of it, look for what changed where it is written.",
                    "If it is noise, mend the level in the service: an error that needs nobody is no error.",
                ],
                rollback: "Roll back the last deployment of the service.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "a burst of errors fires, and ends after it",
                    [.init("martlet_log_records_total{service=\"shop\", level=\"error\"}", "0x60 0+60x20 1200x60")],
                    [.quiet(at: "60m"), .fires(at: "75m", ["service": "shop"], "1"), .quiet(at: "130m")]
                ),
                AlertScenario(
                    "a service that always logs errors does not fire",
                    [.init("martlet_log_records_total{service=\"shop\", level=\"error\"}", "0+60x120")],
                    [.quiet(at: "110m")]
                ),
            ]
        )
    }
}
