extension AgentRules {
    var recordAlerts: [AlertRule] { [dropped, redactionFailing, conservation, uncertain, clock, seriesLimited] }

    private var dropped: AlertRule {
        AlertRule(
            "MartletRecordsDropped",
            .warning,
            expression: """
                sum by (instance, output, reason) (
                  increase(martlet_records_dropped_total{reason!~"redaction_rule|redaction_failed|filter"}[10m])
                ) > 0
                """,
            keepsFiring: "15m",
            summary: "Martlet drops records that it should deliver.",
            description:
                "\(label: "instance") dropped \(value: .number) records for \(label: "output") within 10 minutes: \(label: "reason").",
            dashboard: .instance,
            runbook: Runbook(
                impact: "These records are missing at that output. Signals and SLOs have counted them.",
                diagnosis: [
                    .query(
                        "How many, where and why:",
                        "sum by (output, reason) (increase(martlet_records_dropped_total[1h]))"
                    ),
                    Self.ownLog,
                    .query(
                        "What the output answers:",
                        "sum by (output, code) (rate(martlet_output_requests_total[10m]))"
                    ),
                ],
                mitigation: [
                    "Refused by the output (4xx): the own log has the first answer; mend limits or mappings there.",
                    "Spool full with `when_full: drop_oldest`: give it room, or bring the output back.",
                ],
                rollback: "Undo the last change of the output's limits or of `delivery`.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "refused records fire, and it ends when they are taken again",
                    [
                        .init(
                            "martlet_records_dropped_total{\(Self.instance), output=\"loki\", reason=\"rejected\"}",
                            "0x5 0+60x10 600x60"
                        )
                    ],
                    [
                        .quiet(at: "5m"),
                        .fires(at: "16m", ["instance": "host-1", "output": "loki", "reason": "rejected"], "600"),
                        .quiet(at: "60m"),
                    ]
                ),
                AlertScenario(
                    "records that a rule drops do not fire",
                    [
                        .init(
                            "martlet_records_dropped_total{\(Self.instance), output=\"loki\", reason=\"redaction_rule\"}",
                            "0+60x30"
                        )
                    ],
                    [.quiet(at: "20m")]
                ),
            ]
        )
    }

    private var redactionFailing: AlertRule {
        AlertRule(
            "MartletRedactionFailing",
            .critical,
            expression: """
                max by (instance) (
                  sum by (instance, output) (increase(martlet_records_dropped_total{reason="redaction_failed"}[10m]))
                ) > 0
                """,
            keepsFiring: "15m",
            summary: "Redaction fails, and records are withheld.",
            description:
                "\(label: "instance") withheld \(value: .number) records within 10 minutes because they could not be redacted.",
            dashboard: .privacy,
            runbook: Runbook(
                impact: "Nothing secret leaves the host, but those records reach no output either.",
                diagnosis: [
                    .query(
                        "On which hosts, and how many:",
                        "sum by (instance) (increase(martlet_records_dropped_total{reason=\"redaction_failed\"}[1h]))"
                    ),
                    Self.ownLog,
                    .init(
                        "What becomes of a suspicious line:",
                        "docker logs --tail 20 CONTAINER 2>&1 | martlet explain --service SERVICE"
                    ),
                ],
                mitigation: [
                    "If a rule of `redact.rules` was added lately, take it out and report the line's form.",
                    "Never turn redaction off to let the records pass.",
                ],
                rollback: "Go back to the last version and `redact` section with which nothing was withheld.",
                escalation:
                    "At once: call the owner of the logging platform and tell whoever answers for data protection."
            ),
            scenarios: [
                AlertScenario(
                    "withheld records fire, and it ends when redaction works again",
                    [
                        .init(
                            "martlet_records_dropped_total{\(Self.instance), output=\"loki\", reason=\"redaction_failed\"}",
                            "0x5 0+1x10 10x60"
                        )
                    ],
                    [.quiet(at: "5m"), .fires(at: "16m", ["instance": "host-1"], "10"), .quiet(at: "60m")]
                )
            ]
        )
    }

    private var conservation: AlertRule {
        AlertRule(
            "MartletConservationBroken",
            .critical,
            expression: "martlet_conservation_error != 0",
            delay: "5m",
            summary: "Martlet cannot account for every record.",
            description: """
                Of the records that \(label: "instance") read for \(label: "output"), \(value: .number) are neither \
                shipped, nor dropped for a reason, nor in flight.
                """,
            dashboard: .instance,
            runbook: Runbook(
                impact: "Records are lost or counted twice without a trace: a fault of Martlet itself.",
                diagnosis: [
                    .query("The terms:", "{__name__=~\"martlet_records_(shipped|dropped|in_flight).*\"}"), Self.ownLog,
                    .init("Keep what is needed to find it:", "tar czf martlet-data.tgz /var/lib/martlet"),
                ],
                mitigation: [
                    "Restart the agent: it begins again at its last checkpoint and reads what was not settled."
                ],
                rollback: "Go back to the version before, with its data directory.",
                escalation: "Report it with the archive of the data directory and the version; call the owner of the "
                    + "logging platform."
            ),
            scenarios: [
                AlertScenario(
                    "an error that stays fires, and a true account ends it",
                    [.init("martlet_conservation_error{\(Self.instance), output=\"loki\"}", "0x5 12x10 0x10")],
                    [
                        .quiet(at: "8m"),
                        .fires(at: "13m", ["job": "martlet", "instance": "host-1", "output": "loki"], "12"),
                        .quiet(at: "18m"),
                    ]
                )
            ]
        )
    }

    private var uncertain: AlertRule {
        AlertRule(
            "MartletUncertainRecords",
            .info,
            expression: "sum by (instance, output) (increase(martlet_output_uncertain_records_total[30m])) > 0",
            keepsFiring: "30m",
            summary: "Some records may stand twice at an output.",
            description: """
                \(label: "instance") sent \(value: .number) records to \(label: "output") again without being able to \
                read back whether the first attempt had arrived.
                """,
            dashboard: .instance,
            runbook: Runbook(
                impact: "Queries at that output may count a few records twice. Signals and SLOs do not.",
                diagnosis: [
                    .query(
                        "How many:",
                        "sum by (instance, output) (increase(martlet_output_uncertain_records_total[1d]))"
                    ),
                    .query(
                        "Whether requests time out:",
                        "sum by (output, code) (rate(martlet_output_requests_total[30m]))"
                    ),
                ],
                mitigation: [
                    "Let the agent's user read at the output, so that it can look before it sends again.",
                    "Raise `delivery.timeout.request` if the output is slow but well.",
                ],
                rollback: "Nothing to undo.",
                escalation: "None."
            ),
            scenarios: [
                AlertScenario(
                    "records sent again fire, and it ends when there are no others",
                    [.init("martlet_output_uncertain_records_total{\(Self.instance), output=\"loki\"}", "0x5 40x120")],
                    [
                        .quiet(at: "5m"), .fires(at: "10m", ["instance": "host-1", "output": "loki"], "40"),
                        .quiet(at: "100m"),
                    ]
                )
            ]
        )
    }

    private var clock: AlertRule {
        AlertRule(
            "MartletClockWrong",
            .warning,
            expression: """
                sum by (instance, service) (rate(martlet_timestamps_replaced_total[10m]))
                > 0.05 * sum by (instance, service) (rate(martlet_log_records_total[10m]))
                """,
            delay: "5m",
            keepsFiring: "15m",
            summary: "A service writes times that cannot be true.",
            description:
                "\(value: .number) lines a second of \(label: "service") on \(label: "instance") bear a time far from now; the source's was taken.",
            dashboard: .instance,
            runbook: Runbook(
                impact:
                    "Lines stand at the time at which they were read. If it is the host's clock, everything on it is "
                    + "off.",
                diagnosis: [
                    .query(
                        "Which services, and why:",
                        "sum by (service, reason) (rate(martlet_timestamps_replaced_total[10m]))"
                    ),
                    .init(
                        "Whether the host's clock is right:",
                        "timedatectl show --property=NTPSynchronized --property=TimeUSec"
                    ),
                    .init("What the service writes:", "docker logs --tail 5 CONTAINER | martlet explain"),
                ],
                mitigation: [
                    "Set the clock: `systemctl restart systemd-timesyncd` or chrony.",
                    "If only one service is concerned, mend the time in its logger: a unit, a time zone.",
                ],
                rollback: "Roll back the deployment that changed the service's logger.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "every line with a wrong time fires, and right ones end it",
                    [
                        .init(
                            "martlet_timestamps_replaced_total{\(Self.instance), service=\"shop\", reason=\"future\"}",
                            "0+60x20 1200x60"
                        ),
                        .init(
                            "martlet_log_records_total{\(Self.instance), service=\"shop\", level=\"info\"}",
                            "0+60x80"
                        ),
                    ],
                    [.fires(at: "15m", ["instance": "host-1", "service": "shop"], "1"), .quiet(at: "60m")]
                ),
                AlertScenario(
                    "one line in a hundred does not fire",
                    [
                        .init(
                            "martlet_timestamps_replaced_total{\(Self.instance), service=\"shop\", reason=\"year\"}",
                            "0+6x30"
                        ),
                        .init(
                            "martlet_log_records_total{\(Self.instance), service=\"shop\", level=\"info\"}",
                            "0+600x30"
                        ),
                    ],
                    [.quiet(at: "25m")]
                ),
            ]
        )
    }

    private var seriesLimited: AlertRule {
        AlertRule(
            "MartletSeriesLimited",
            .info,
            expression: "sum by (instance, metric) (increase(martlet_series_limited_total[30m])) > 0",
            keepsFiring: "30m",
            summary: "A metric has more series than allowed.",
            description:
                "\(label: "metric") on \(label: "instance") counted \(value: .number) observations under `__other__` within 30 minutes.",
            dashboard: .instance,
            runbook: Runbook(
                impact: "Routes or services beyond the budget share one series: totals are right, the split is not.",
                diagnosis: [
                    .query(
                        "Which services have most routes:",
                        "topk(10, count by (service) (count by (service, route) (martlet_requests_total)))"
                    ),
                    .query(
                        "How much is counted together:",
                        "sum by (service) (rate(martlet_requests_total{route=\"__other__\"}[30m]))"
                    ),
                ],
                mitigation: [
                    "Give templates for routes with names in them: `signals.routes: [\"/users/{name}\"]`.",
                    "Raise `signals.max_series` if the routes are real and Prometheus has room.",
                ],
                rollback: "Nothing to undo.",
                escalation: "None."
            ),
            scenarios: [
                AlertScenario(
                    "observations over the budget fire, and it ends when there are no others",
                    [
                        .init(
                            "martlet_series_limited_total{\(Self.instance), metric=\"martlet_requests\"}",
                            "0+30x40 1200x120"
                        )
                    ],
                    [
                        .fires(at: "35m", ["instance": "host-1", "metric": "martlet_requests"], "900"),
                        .quiet(at: "110m"),
                    ]
                )
            ]
        )
    }
}
