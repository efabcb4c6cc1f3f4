extension SignalRules {
    var containerAlerts: [AlertRule] { [saturation, outOfMemory, restarting] }

    private var saturation: AlertRule {
        AlertRule(
            "MartletSaturated",
            .warning,
            expression: "max by (service) (martlet_saturation_ratio) > 0.9",
            delay: "10m",
            keepsFiring: "10m",
            summary: "A service is close to the limits of its containers.",
            description:
                "\(label: "service") uses \(value: .percentage) of the scarcest of its limits: CPU, throttling, memory or processes.",
            dashboard: .service,
            runbook: Runbook(
                impact: "Latency rises first; at the memory limit the kernel kills the container.",
                diagnosis: [
                    .query(
                        "Which limit of which container:",
                        "{__name__=~\"martlet_container_(cpu|cpu_throttled|memory|pids)_ratio\",service=\"SERVICE\"} > 0.8"
                    ),
                    .init("As the engine sees it:", "docker stats --no-stream"),
                ],
                mitigation: [
                    "Raise the limit (`docker update --memory 1g --memory-swap 1g CONTAINER`) or scale out.",
                    "If traffic grew, see where from before giving it more room.",
                ],
                rollback:
                    "Set the old limit again with `docker update`; roll back a deployment that raised consumption.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "95% of a limit for ten minutes fires, and ends when there is room",
                    [.init("martlet_saturation_ratio{service=\"shop\"}", "0.95x20 0.4x40")],
                    [.quiet(at: "9m"), .fires(at: "15m", ["service": "shop"], "95%"), .quiet(at: "40m")]
                ),
                AlertScenario(
                    "80% does not fire",
                    [.init("martlet_saturation_ratio{service=\"shop\"}", "0.8x30")],
                    [.quiet(at: "25m")]
                ),
            ]
        )
    }

    private var outOfMemory: AlertRule {
        AlertRule(
            "MartletContainerOutOfMemory",
            .warning,
            expression: "sum by (service, container) (increase(martlet_container_oom_kills_total[10m])) > 0",
            keepsFiring: "10m",
            summary: "The kernel killed a container for its memory.",
            description: "The container \(label: "container") of \(label: "service") was killed at its memory limit.",
            dashboard: .service,
            runbook: Runbook(
                impact:
                    "Requests in flight failed. Without a restart policy the service is gone; with one it may loop.",
                diagnosis: [
                    .init(
                        "Its limit, and how it ended:",
                        "docker inspect --format '{{.HostConfig.Memory}} {{.State.OOMKilled}} {{.State.ExitCode}}' CONTAINER"
                    ),
                    .query("How memory grew:", "martlet_container_memory_ratio{container=\"CONTAINER\"}"),
                ],
                mitigation: [
                    "Raise the memory limit if the service needs more in regular work.",
                    "If memory only grows, restart on a schedule until the leak is mended.",
                ],
                rollback: "Roll back the deployment with which consumption began to grow.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "one kill fires, and ends when there is no other",
                    [
                        .init("martlet_container_oom_kills_total{service=\"shop\", container=\"shop-1\"}", "0x5 1x60"),
                        .init("martlet_container_oom_kills_total{service=\"other\", container=\"other-1\"}", "3x65"),
                    ],
                    [
                        .quiet(at: "5m"), .fires(at: "8m", ["service": "shop", "container": "shop-1"]),
                        .quiet(at: "40m"),
                    ]
                )
            ]
        )
    }

    private var restarting: AlertRule {
        AlertRule(
            "MartletContainerRestarting",
            .warning,
            expression: "sum by (service, container) (increase(martlet_container_restarts_total[15m])) >= 3",
            delay: "1m",
            keepsFiring: "10m",
            summary: "A container restarts again and again.",
            description:
                "The container \(label: "container") of \(label: "service") restarted \(value: .number) times within 15 minutes.",
            dashboard: .service,
            runbook: Runbook(
                impact: "The service is up only in between; what it was doing is lost each time.",
                diagnosis: [
                    .init("How it ended:", "docker inspect --format '{{.State.ExitCode}} {{.State.Error}}' CONTAINER"),
                    .init("What it said last:", "docker logs --tail 50 CONTAINER"),
                ],
                mitigation: [
                    "Exit code 137 with OOM: see `MartletContainerOutOfMemory`. Another code: the last lines say why.",
                    "If it cannot reach something it needs at the start, mend that.",
                ],
                rollback: "Redeploy the last image that stayed up.",
                escalation: SignalRules.callOwner
            ),
            scenarios: [
                AlertScenario(
                    "a restart every two minutes fires, and ends when it stays up",
                    [
                        .init(
                            "martlet_container_restarts_total{service=\"shop\", container=\"shop-1\"}",
                            "0 1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 8x60"
                        )
                    ],
                    [
                        .quiet(at: "2m"), .fires(at: "16m", ["service": "shop", "container": "shop-1"], "7"),
                        .quiet(at: "60m"),
                    ]
                ),
                AlertScenario(
                    "a restart an hour does not fire",
                    [
                        .init(
                            "martlet_container_restarts_total{service=\"shop\", container=\"shop-1\"}",
                            "0x10 1x50 2x20"
                        )
                    ],
                    [.quiet(at: "20m"), .quiet(at: "65m")]
                ),
            ]
        )
    }
}
