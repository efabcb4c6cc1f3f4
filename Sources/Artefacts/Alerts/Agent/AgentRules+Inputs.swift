extension AgentRules {
    var inputAlerts: [AlertRule] { [inputDown, inputGap] }

    private var inputDown: AlertRule {
        AlertRule(
            "MartletInputDown",
            .warning,
            expression: "martlet_input_up == 0",
            delay: "5m",
            summary: "An input has lost its source.",
            description:
                "The input \(label: "input") of \(label: "instance") is not attached to its source: nothing of it is read.",
            dashboard: .instance,
            runbook: Runbook(
                impact: "Logs of that source are late, and lost where the source does not keep them.",
                diagnosis: [
                    readiness,
                    .init(
                        "Whether the engine answers:",
                        "curl -s --unix-socket /var/run/docker.sock http://localhost/_ping"
                    ),
                    .init("Whether the journal can be read:", "journalctl -n 1 --no-pager"),
                ],
                mitigation: [
                    "Permission denied: add the agent's user to the group `docker` or `systemd-journal`.",
                    "The engine or journald is down: start it; the input attaches by itself.",
                ],
                rollback: "Undo the change of permissions, socket path or mount that preceded it.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "five minutes without the source fire, and its return ends it",
                    [.init("martlet_input_up{\(Self.instance), input=\"docker\"}", "1x5 0x10 1x10")],
                    [
                        .quiet(at: "9m"),
                        .fires(at: "12m", ["job": "martlet", "instance": "host-1", "input": "docker"]),
                        .quiet(at: "18m"),
                    ]
                )
            ]
        )
    }

    private var inputGap: AlertRule {
        AlertRule(
            "MartletInputGap",
            .warning,
            expression: "sum by (instance, input, reason) (increase(martlet_input_gaps_total[15m])) > 0",
            keepsFiring: "15m",
            summary: "A source lost lines before they could be read.",
            description: """
                The input \(label: "input") of \(label: "instance") found a gap (\(label: "reason")): lines that its \
                source no longer held when Martlet came for them.
                """,
            dashboard: .instance,
            runbook: Runbook(
                impact: "Some lines are in no output, and counts of that time are too low. What was lost is not known.",
                diagnosis: [
                    .query(
                        "Which inputs, and why:",
                        "sum by (instance, input, reason) (increase(martlet_input_gaps_total[1d]))"
                    ),
                    .init(
                        "How much the engine keeps:",
                        "docker inspect --format '{{json .HostConfig.LogConfig}}' CONTAINER"
                    ),
                    .init("How much the journal keeps:", "journalctl --disk-usage"),
                ],
                mitigation: [
                    "Let the source keep more: `max-size` and `max-file` of json-file, `SystemMaxUse` of journald.",
                    "If Martlet was behind, see `MartletDeliveryLag` and `MartletSpoolFilling`.",
                ],
                rollback: "Undo a change that made the source keep less.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "one gap fires, and ends when there is no other",
                    [
                        .init(
                            "martlet_input_gaps_total{\(Self.instance), input=\"docker\", reason=\"rotated\"}",
                            "0x5 1x60"
                        )
                    ],
                    [
                        .quiet(at: "5m"),
                        .fires(at: "10m", ["instance": "host-1", "input": "docker", "reason": "rotated"]),
                        .quiet(at: "50m"),
                    ]
                )
            ]
        )
    }
}
