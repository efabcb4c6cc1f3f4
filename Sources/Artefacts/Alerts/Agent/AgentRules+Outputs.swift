import Settings

extension AgentRules {
    var outputAlerts: [AlertRule] { [outputDown, outputRefusing, deliveryLag] }
    var spoolAlerts: [AlertRule] { [spoolFilling, spoolOld] }

    private static let output = ["job": "martlet", "instance": "host-1", "output": "loki"]

    private var outputDown: AlertRule {
        AlertRule(
            "MartletOutputDown",
            .warning,
            expression: "max_over_time(martlet_output_up[5m]) == 0",
            delay: "5m",
            summary: "An output takes nothing.",
            description: "\(label: "output") has taken nothing from \(label: "instance") for 10 minutes; records wait.",
            dashboard: .instance,
            runbook: Runbook(
                impact:
                    "Logs at that output are late. Nothing is lost while the spool has room or sources keep their lines.",
                diagnosis: [
                    readiness,
                    .query("What it answers:", "sum by (output, code) (rate(martlet_output_requests_total[10m]))"),
                    .query("When it is tried again:", "martlet_output_retry_seconds > 0"), Self.ownLog,
                ],
                mitigation: [
                    "No connection: is the output up, do name and port resolve from this host, is a proxy in between?",
                    "401 or 403: renew the secret; the agent reads it at SIGHUP or restart.",
                    "429 or 503: the output is overloaded; the agent slows down by itself.",
                ],
                rollback: "Undo the last change of the output's address, certificate or secret.",
                escalation:
                    "Call the output's owner; call the owner of the logging platform when `MartletSpoolFilling` joins."
            ),
            scenarios: [
                AlertScenario(
                    "ten minutes down fire, an attempt that succeeds ends it",
                    [.init("martlet_output_up{\(Self.instance), output=\"loki\"}", "1x5 0x20 1x10")],
                    [.quiet(at: "12m"), .fires(at: "20m", Self.output), .quiet(at: "27m")]
                ),
                AlertScenario(
                    "failures in between do not fire",
                    [
                        .init(
                            "martlet_output_up{\(Self.instance), output=\"loki\"}",
                            "1 0 0 1 0 0 1 0 0 1 0 0 1 0 0 1 0 0 1"
                        )
                    ],
                    [.quiet(at: "17m")]
                ),
            ]
        )
    }

    private var outputRefusing: AlertRule {
        AlertRule(
            "MartletOutputRefusing",
            .warning,
            expression: """
                sum by (instance, output, code) (rate(martlet_output_requests_total{code=~"4..",code!~"408|409|429"}[10m]))
                > 0
                """,
            delay: "10m",
            keepsFiring: "10m",
            summary: "An output refuses requests as wrong.",
            description:
                "\(label: "output") answers \(value: .number) requests a second of \(label: "instance") with \(label: "code").",
            dashboard: .instance,
            runbook: Runbook(
                impact: "What is refused for its content goes to dead letters and is missing at the output.",
                diagnosis: [
                    Self.ownLog,
                    .query(
                        "How many records are concerned:",
                        "sum by (output, reason) (increase(martlet_records_dropped_total[1h]))"
                    ),
                ],
                mitigation: [
                    "400 of Loki: its limits (line size, labels, age); compare with `martlet explain` of such a line.",
                    "400 of OpenSearch: the mapping; `outputs.opensearch.bootstrap: true` puts ours.",
                    "401, 403: the secret or its rights.",
                ],
                rollback: "Undo the last change of limits, mapping or rights at the output.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "answers of 400 fire, and end with them",
                    [
                        .init(
                            "martlet_output_requests_total{\(Self.instance), output=\"loki\", code=\"400\"}",
                            "0+60x30 1800x40"
                        )
                    ],
                    [
                        .fires(at: "25m", ["instance": "host-1", "output": "loki", "code": "400"], "1"),
                        .quiet(at: "65m"),
                    ]
                ),
                AlertScenario(
                    "429 is not a refusal",
                    [
                        .init(
                            "martlet_output_requests_total{\(Self.instance), output=\"loki\", code=\"429\"}",
                            "0+60x30"
                        )
                    ],
                    [.quiet(at: "25m")]
                ),
            ]
        )
    }

    private var deliveryLag: AlertRule {
        let bucket = "martlet_delivery_lag_seconds_bucket{\(Self.instance), output=\"loki\""
        return AlertRule(
            "MartletDeliveryLag",
            .warning,
            expression: """
                histogram_quantile(
                  0.95,
                  sum by (instance, output, le) (rate(martlet_delivery_lag_seconds_bucket[5m]))
                ) > 60
                """,
            delay: "10m",
            keepsFiring: "5m",
            summary: "Logs arrive late.",
            description:
                "One record in twenty from \(label: "instance") reaches \(label: "output") later than \(value: .duration).",
            dashboard: .instance,
            runbook: Runbook(
                impact: "Whoever looks at logs or log-based alerts sees the past. Signals on `/metrics` are not late.",
                diagnosis: [
                    .query(
                        "Whether the output is slow:",
                        "histogram_quantile(0.95, sum by (output, le) (rate(martlet_output_request_duration_seconds_bucket[5m])))"
                    ),
                    .query(
                        "Whether the agent is at its limit:",
                        "rate(process_cpu_seconds_total{job=\"\(Blueprint.job)\"}[5m])"
                    ),
                    .query("What waits:", "martlet_records_in_flight"),
                ],
                mitigation: [
                    "After an outage it catches up by itself; watch that the lag falls.",
                    "If the output is slow, see its own health; larger `delivery.batch.bytes` cost it less.",
                    "If the agent is at its CPU limit, give it more.",
                ],
                rollback: "Undo the last change of `delivery` or of the agent's limits.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "minutes of lag fire, seconds end it",
                    [
                        .init("\(bucket), le=\"60.0\"}", "0x30 0+60x60"), .init("\(bucket), le=\"120.0\"}", "0+60x90"),
                        .init("\(bucket), le=\"+Inf\"}", "0+60x90"),
                    ],
                    [
                        .quiet(at: "5m"),
                        .fires(at: "20m", ["instance": "host-1", "output": "loki"], "1m 57s"), .quiet(at: "60m"),
                    ]
                )
            ]
        )
    }

    private var spoolFilling: AlertRule {
        let bytes = blueprint.spoolBytes
        return AlertRule(
            "MartletSpoolFilling",
            .warning,
            expression: "martlet_spool_bytes > \(bytes / 10 * 8)",
            delay: "5m",
            summary: "A spool is nearly full.",
            description: """
                \(value: .bytes)B wait on \(label: "instance") for \(label: "output"); the spool takes \
                \(SizeText.format(bytes)). When it is full, inputs wait or the oldest records go.
                """,
            dashboard: .instance,
            runbook: Runbook(
                impact: "With `when_full: wait` sources must keep their lines; with `drop_oldest` records are lost.",
                diagnosis: [
                    .query("How fast it grows:", "deriv(martlet_spool_bytes[30m])"), readiness,
                    .init("How much room the disk has:", "df -h /var/lib/martlet"),
                ],
                mitigation: [
                    "Bring the output back (`MartletOutputDown`).",
                    "Raise `delivery.spool.bytes` where the disk has room, and restart or send SIGHUP.",
                ],
                rollback: "Lower `delivery.spool.bytes` again once the spool is empty.",
                escalation:
                    "When it will be full before the output is back: decide with the service's owner which logs "
                    + "may be lost."
            ),
            scenarios: [
                AlertScenario(
                    "nine tenths fire, and an empty spool ends it",
                    [.init("martlet_spool_bytes{\(Self.instance), output=\"loki\"}", "0x5 \(bytes / 8 * 7)x10 0x10")],
                    [
                        .quiet(at: "9m"), .fires(at: "13m", Self.output, ByteText.humanised(bytes / 8 * 7)),
                        .quiet(at: "18m"),
                    ]
                ),
                AlertScenario(
                    "half full does not fire",
                    [.init("martlet_spool_bytes{\(Self.instance), output=\"loki\"}", "\(bytes / 2)x20")],
                    [.quiet(at: "15m")]
                ),
            ]
        )
    }

    private var spoolOld: AlertRule {
        AlertRule(
            "MartletSpoolOld",
            .warning,
            expression: "martlet_spool_oldest_seconds > 3600",
            delay: "5m",
            summary: "Records wait long in a spool.",
            description:
                "The oldest record that waits on \(label: "instance") for \(label: "output") is \(value: .duration) old.",
            dashboard: .instance,
            runbook: Runbook(
                impact:
                    "Logs of that time are at no output yet. Loki takes records that are over an hour behind only under "
                    + "a label of their own, which Martlet gives them.",
                diagnosis: [
                    .query("How much waits:", "martlet_spool_bytes"), readiness,
                    .query(
                        "What the output answers:",
                        "sum by (output, code) (rate(martlet_output_requests_total[10m]))"
                    ),
                ],
                mitigation: ["Bring the output back (`MartletOutputDown`); it catches up by itself."],
                rollback: "Undo the last change of the output.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "two hours fire, and a spool that moves ends it",
                    [.init("martlet_spool_oldest_seconds{\(Self.instance), output=\"loki\"}", "60x5 7200x10 5x10")],
                    [.quiet(at: "9m"), .fires(at: "13m", Self.output, "2h 0m 0s"), .quiet(at: "18m")]
                )
            ]
        )
    }
}
