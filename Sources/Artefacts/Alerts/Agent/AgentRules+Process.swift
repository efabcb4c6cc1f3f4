import Settings

extension AgentRules {
    var processAlerts: [AlertRule] { [memory, files, restarts, configurations] }

    private static let labels = ["job": "martlet", "instance": "host-1"]

    private var memory: AlertRule {
        // The limit is for the whole process; what thousands of latency series take may come on top.
        let limit = blueprint.memoryBytes * 2
        return AlertRule(
            "MartletMemoryHigh",
            .warning,
            expression: "process_resident_memory_bytes{job=\"\(Blueprint.job)\"} > \(limit)",
            delay: "10m",
            summary: "A Martlet uses more memory than it should.",
            description: """
                \(label: "instance") uses \(value: .bytes)B of memory; with `agent.memory_limit` \
                \(SizeText.format(blueprint.memoryBytes)) it should stay below \(SizeText.format(limit)).
                """,
            dashboard: .instance,
            runbook: Runbook(
                impact: "At its container's limit the kernel kills the agent; it goes on from its last checkpoint.",
                diagnosis: [
                    .query(
                        "Since when it grows:",
                        "deriv(process_resident_memory_bytes{job=\"\(Blueprint.job)\"}[1h])"
                    ),
                    .query("How many series it keeps:", "count by (instance) ({__name__=~\"martlet_.+\"})"),
                    Self.ownLog,
                ],
                mitigation: [
                    "Restart it; nothing is lost.",
                    "Lower `agent.memory_limit` or `signals.max_series` if the host needs the room.",
                ],
                rollback: "Go back to the version before if it began with an update.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "four times the limit fires, and a restart ends it",
                    [.init("process_resident_memory_bytes{\(Self.instance)}", "\(limit * 2)x20 30000000x10")],
                    [
                        .quiet(at: "5m"), .fires(at: "15m", Self.labels, ByteText.humanised(limit * 2)),
                        .quiet(at: "25m"),
                    ]
                ),
                AlertScenario(
                    "the memory limit itself does not fire",
                    [.init("process_resident_memory_bytes{\(Self.instance)}", "\(blueprint.memoryBytes)x30")],
                    [.quiet(at: "25m")]
                ),
            ]
        )
    }

    private var files: AlertRule {
        AlertRule(
            "MartletFilesRunningOut",
            .warning,
            expression: """
                process_open_fds{job="\(Blueprint.job)"} / process_max_fds{job="\(Blueprint.job)"} > 0.8
                """,
            delay: "5m",
            summary: "A Martlet has nearly as many files open as it may.",
            description: "\(label: "instance") has \(value: .percentage) of its file descriptors open.",
            dashboard: .instance,
            runbook: Runbook(
                impact: "At the limit new containers and files are not read, and no new connection is made.",
                diagnosis: [
                    .init(
                        "What they are:",
                        "ls -l /proc/$(pgrep -o martlet)/fd | awk '{print $NF}' | sort | uniq -c | sort -rn | head"
                    ),
                    .query("How many there are:", "process_open_fds{job=\"\(Blueprint.job)\"}"),
                ],
                mitigation: ["Raise `LimitNOFILE=` of the unit or `ulimits.nofile` of the container, and restart it."],
                rollback: "Nothing to undo.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "nine tenths fire, and fewer end it",
                    [
                        .init("process_open_fds{\(Self.instance)}", "900x10 100x10"),
                        .init("process_max_fds{\(Self.instance)}", "1000x20"),
                    ],
                    [.quiet(at: "3m"), .fires(at: "8m", Self.labels, "90%"), .quiet(at: "13m")]
                )
            ]
        )
    }

    private var restarts: AlertRule {
        AlertRule(
            "MartletRestarting",
            .warning,
            expression: "changes(process_start_time_seconds{job=\"\(Blueprint.job)\"}[30m]) > 2",
            keepsFiring: "15m",
            summary: "A Martlet restarts again and again.",
            description: "\(label: "instance") started \(value: .number) times within 30 minutes.",
            dashboard: .instance,
            runbook: Runbook(
                impact: "Logs are late; each start reads on from the last checkpoint.",
                diagnosis: [
                    Self.ownLog, .init("Whether the configuration is valid:", "martlet validate"),
                    .init("Whether the kernel killed it:", "journalctl -k --since -1h | grep -i 'killed process'"),
                ],
                mitigation: [
                    "Killed for memory: raise the container's limit to twice `agent.memory_limit`.",
                    "Exit 78: the configuration; exit 75: another agent has the data directory.",
                ],
                rollback: "Go back to the last version and configuration that stayed up.",
                escalation: Self.callPlatform
            ),
            scenarios: [
                AlertScenario(
                    "three starts fire, and half an hour without ends it",
                    [.init("process_start_time_seconds{\(Self.instance)}", "1x5 2x5 3x5 4x90")],
                    [.quiet(at: "11m"), .fires(at: "20m", Self.labels, "3"), .quiet(at: "80m")]
                )
            ]
        )
    }

    private var configurations: AlertRule {
        AlertRule(
            "MartletConfigurationsDiffer",
            .info,
            expression: "count(count by (hash) (martlet_config_hash_info{job=\"\(Blueprint.job)\"})) > 1",
            delay: "1h",
            summary: "Agents run with different configurations.",
            description: "\(value: .number) different configurations are in force.",
            dashboard: .agent,
            runbook: Runbook(
                impact: "Redaction, SLOs or outputs may differ between hosts. Ignore it where that is meant.",
                diagnosis: [.query("Who has which:", "count by (hash, instance) (martlet_config_hash_info)")],
                mitigation: ["Finish or undo the rollout; a reload that was refused is in the agent's own log."],
                rollback: "Put the old file back where it was changed and reload.",
                escalation: "None."
            ),
            scenarios: [
                AlertScenario(
                    "two configurations for over an hour fire, one ends it",
                    [
                        .init("martlet_config_hash_info{\(Self.instance), hash=\"a\"}", "1x90 _x90"),
                        .init("martlet_config_hash_info{job=\"martlet\", instance=\"host-2\", hash=\"b\"}", "1x180"),
                    ],
                    [.quiet(at: "30m"), .fires(at: "80m", [:], "2"), .quiet(at: "120m")]
                )
            ]
        )
    }
}
