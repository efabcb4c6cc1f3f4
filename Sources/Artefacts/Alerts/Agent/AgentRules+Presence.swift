extension AgentRules {
    var presenceAlerts: [AlertRule] { [down, instanceDown, heartbeat] }

    private var down: AlertRule {
        AlertRule(
            "MartletDown",
            .critical,
            expression: "absent(up{job=\"\(Blueprint.job)\"} == 1)",
            delay: "5m",
            summary: "Prometheus reaches no Martlet at all.",
            description:
                "No agent of the job `\(Blueprint.job)` answers: no log is known to be shipped, and no SLO alert can fire.",
            dashboard: .agent,
            runbook: Runbook(
                impact: "Golden signals, SLOs and their alerts are blind. Logs wait at their sources, as far as those "
                    + "keep them.",
                diagnosis: [
                    .query("What Prometheus knows of the job:", "up{job=\"\(Blueprint.job)\"}"),
                    .init("Whether agents run:", "systemctl status martlet; docker ps --filter ancestor=martlet"),
                    .init("Whether one answers on its host:", "curl -s http://\(blueprint.listen)/healthz"),
                ],
                mitigation: [
                    "If the job is missing, mend Prometheus' scrape configuration; it must be called `\(Blueprint.job)`.",
                    "If agents do not start, `martlet validate` tells every mistake in the configuration.",
                ],
                rollback: "Go back to the last version and configuration of Martlet that ran; positions are kept, "
                    + "so nothing is read twice.",
                escalation:
                    "At once: call the owner of the logging platform. SLO alerts are blind until this is mended."
            ),
            scenarios: [
                AlertScenario(
                    "no agent up for five minutes fires, and one that comes back ends it",
                    [.init("up{\(Self.instance)}", "1x10 0x20 1x20")],
                    [.quiet(at: "10m"), .fires(at: "20m"), .quiet(at: "32m")]
                ),
                AlertScenario(
                    "one of two agents is enough",
                    [
                        .init("up{\(Self.instance)}", "0x30"),
                        .init("up{job=\"martlet\", instance=\"host-2\"}", "1x30"),
                    ],
                    [.quiet(at: "20m")]
                ),
            ]
        )
    }

    private var instanceDown: AlertRule {
        AlertRule(
            "MartletInstanceDown",
            .warning,
            expression: "up{job=\"\(Blueprint.job)\"} == 0",
            delay: "5m",
            summary: "A Martlet does not answer.",
            description:
                "The agent \(label: "instance") has not answered for 5 minutes: the logs of its host are not shipped.",
            dashboard: .instance,
            runbook: Runbook(
                impact: "Logs of one host are late; what its containers rotate away meanwhile may be lost.",
                diagnosis: [
                    .init(
                        "On that host, whether it runs:",
                        "systemctl status martlet; docker ps --filter ancestor=martlet"
                    ),
                    .init("Whether it answers there:", "curl -s http://\(blueprint.listen)/healthz"), Self.ownLog,
                ],
                mitigation: [
                    "Start it again; it goes on where it stopped.",
                    "If it answers on the host but not to Prometheus, mend the network, TLS or token of the scrape.",
                ],
                rollback: "If it fails since an update, go back to the version before.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "five minutes without an answer fire, an answer ends it",
                    [.init("up{\(Self.instance)}", "1x5 0x10 1x10")],
                    [
                        .quiet(at: "9m"), .fires(at: "12m", ["job": "martlet", "instance": "host-1"]),
                        .quiet(at: "18m"),
                    ]
                )
            ]
        )
    }

    private var heartbeat: AlertRule {
        AlertRule(
            "MartletHeartbeat",
            .none,
            expression: "vector(1)",
            summary: "Alerting works.",
            description:
                "This always fires. Let a dead man's switch tell when it ends: then no other alert would arrive either.",
            dashboard: .overview,
            runbook: Runbook(
                impact: "When this one is missing, nobody hears of any other.",
                diagnosis: [
                    .init(
                        "Whether Prometheus evaluates rules:",
                        "curl -s \"$PROMETHEUS_URL/api/v1/rules?type=alert\" | head -c 500"
                    ),
                    .init("Whether Alertmanager has it:", "amtool alert query alertname=MartletHeartbeat"),
                ],
                mitigation: ["Bring up Prometheus or Alertmanager, whichever does not answer."],
                rollback: "Undo the last change of Prometheus' or Alertmanager's configuration.",
                escalation: "At once: call the owner of the monitoring."
            ),
            scenarios: [AlertScenario("it always fires", [], [.fires(at: "1m"), .fires(at: "60m")])]
        )
    }
}
