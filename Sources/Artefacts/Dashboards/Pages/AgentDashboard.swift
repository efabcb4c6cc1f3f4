/// The agents themselves.
struct AgentDashboard {
    let blueprint: Blueprint

    var dashboard: Dashboard {
        Dashboard(
            name: "agent",
            title: "Agents",
            description: "Martlet itself: what it reads, ships and drops, how late it is, and what it costs.",
            tags: ["agent"],
            variables: [.prometheus, .job, .instance],
            rows: [
                Dashboard.Row("Now", Self.numbers), Dashboard.Row("Records", Self.records),
                Dashboard.Row("Outputs", Self.outputs + spool), Dashboard.Row("Inputs", Self.inputs),
                Dashboard.Row("Process", process),
            ],
            range: "now-3h"
        )
    }

    private static let agent = Scope.agent

    private static func rate(_ series: String, by labels: String) -> String {
        Scope.rate(series, agent, by: labels)
    }

    private static let numbers: [Panel] = [
        .number("Agents up", .none, "Agents that answer Prometheus.", .now("sum(up{\(agent)})")),
        .number(
            "Lines read",
            .perSecond,
            "Records a second, after framing and joining.",
            .now("sum(rate(martlet_records_read_total{\(agent)}[$__rate_interval]))")
        ),
        .number(
            "In flight",
            .short,
            "Records read that are neither shipped nor dropped yet, of the output that has most.",
            .now("max(martlet_records_in_flight{\(agent)})")
        ),
        .number(
            "Outputs down",
            .none,
            "Outputs whose last attempt failed.",
            .now("count(martlet_output_up{\(agent)}) - sum(martlet_output_up{\(agent)})")
        ).with { $0.thresholds = .rising(1, 1) },
        .number(
            "Unaccounted records",
            .none,
            "read - shipped - dropped - in flight; anything but 0 is a fault of Martlet.",
            .now("sum(abs(martlet_conservation_error{\(agent)}))")
        ).with { $0.thresholds = .rising(1, 1) },
        .number(
            "CPU",
            .ratio,
            "Of one core, all agents together.",
            .now("sum(rate(process_cpu_seconds_total{\(agent)}[$__rate_interval]))")
        ),
    ]

    private static let records: [Panel] = [
        .course(
            "Read",
            .perSecond,
            "Records a second by input.",
            .query(rate("martlet_records_read_total", by: "input"), "{{input}}")
        ),
        .course(
            "Shipped",
            .perSecond,
            "Records a second that each output has acknowledged; should equal what is read.",
            .query(rate("martlet_records_shipped_total", by: "output"), "{{output}}")
        ),
        .course(
            "Dropped",
            .perSecond,
            "Records a second that will never reach an output, by reason. Filters and rules are meant; the rest is loss.",
            .query(rate("martlet_records_dropped_total", by: "output, reason"), "{{output}} {{reason}}")
        ),
        .course(
            "In flight",
            .short,
            "Records that are neither shipped nor dropped yet. A steady rise means an output is too slow.",
            .query("sum by (output) (martlet_records_in_flight{\(agent)})", "{{output}}")
        ),
        .course(
            "Unaccounted records",
            .none,
            "read - shipped - dropped - in flight. Zero, always.",
            .query("sum by (instance, output) (martlet_conservation_error{\(agent)})", "{{instance}} {{output}}")
        ).with { $0.min = nil },
        .course(
            "Formats",
            .perSecond,
            "Records a second by the format they were recognised as.",
            .query(rate("martlet_records_parsed_total", by: "format"), "{{format}}")
        ).with { $0.isStacked = true },
    ]

    private static let outputs: [Panel] = [
        .course(
            "Delivery lag",
            .seconds,
            "From a line's time to its acknowledgement: half and 95% of records.",
            .query(quantile("0.5", "martlet_delivery_lag_seconds_bucket"), "p50 {{output}}"),
            .query(quantile("0.95", "martlet_delivery_lag_seconds_bucket"), "p95 {{output}}")
        ),
        .course(
            "Requests by answer",
            .requestsPerSecond,
            "429 and 5xx are tried again; other 4xx are refusals.",
            .query(rate("martlet_output_requests_total", by: "output, code"), "{{output}} {{code}}")
        ),
        .course(
            "Request duration p95",
            .seconds,
            "How long outputs take to answer.",
            .query(quantile("0.95", "martlet_output_request_duration_seconds_bucket"), "{{output}}")
        ),
        .course(
            "Bytes sent",
            .bytesPerSecond,
            "Request bodies as compressed.",
            .query(rate("martlet_output_bytes_total", by: "output, encoding"), "{{output}} {{encoding}}")
        ),
        .states(
            "Breaker",
            "Open: the output failed several times in a row and is only probed.",
            .query("max by (instance, output) (martlet_output_breaker_open{\(agent)})", "{{instance}} {{output}}"),
            [
                .init(value: "0", text: "closed", colour: "green"), .init(value: "1", text: "open", colour: "red"),
            ]
        ),
        .course(
            "Next attempt in",
            .seconds,
            "After a failure, with full jitter; 0 while the output takes what it is given.",
            .query("max by (instance, output) (martlet_output_retry_seconds{\(agent)})", "{{instance}} {{output}}")
        ),
        .course(
            "Records that may stand twice",
            .perSecond,
            "Sent again where it could not be read back whether the first attempt had arrived.",
            .query(rate("martlet_output_uncertain_records_total", by: "output"), "{{output}}")
        ),
    ]

    private static func quantile(_ quantile: String, _ series: String) -> String {
        "histogram_quantile(\(quantile), \(rate(series, by: "output, le")))"
    }

    private var spool: [Panel] {
        [
            .course(
                "Spool",
                .bytes,
                "What waits on disk. The line is where the alert speaks.",
                .query("sum by (instance, output) (martlet_spool_bytes{\(Self.agent)})", "{{instance}} {{output}}")
            ).with {
                let bytes = Double(blueprint.spoolBytes)
                $0.thresholds = .rising(bytes * 0.8, bytes)
                $0.showsThresholds = true
            },
            .course(
                "Oldest record in the spool",
                .seconds,
                "How long the first in line has waited.",
                .query(
                    "max by (instance, output) (martlet_spool_oldest_seconds{\(Self.agent)})",
                    "{{instance}} {{output}}"
                )
            ),
        ]
    }

    private static let inputs: [Panel] = [
        .states(
            "Inputs",
            "Whether each input is attached to its source.",
            .query("min by (instance, input) (martlet_input_up{\(agent)})", "{{instance}} {{input}}"),
            [
                .init(value: "0", text: "down", colour: "red"), .init(value: "1", text: "up", colour: "green"),
            ]
        ),
        .course(
            "Gaps",
            .none,
            "Times within an hour that a source lost lines before they could be read.",
            .query(
                "sum by (input, reason) (increase(martlet_input_gaps_total{\(agent)}[1h]))",
                "{{input}} {{reason}}"
            )
        ),
        .course(
            "Times replaced and lines cut",
            .perSecond,
            "Impossible times that were replaced by the source's, and lines longer than Martlet reads.",
            .query(rate("martlet_timestamps_replaced_total", by: "reason"), "time: {{reason}}"),
            .query(rate("martlet_records_truncated_total", by: "service"), "cut: {{service}}")
        ),
    ]

    private var process: [Panel] {
        [
            .course(
                "Memory",
                .bytes,
                "Resident. The agent's limit for what is in flight is part of it.",
                .query("process_resident_memory_bytes{\(Self.agent)}", "{{instance}}")
            ),
            .course(
                "CPU",
                .ratio,
                "Of one core.",
                .query(
                    "sum by (instance) (rate(process_cpu_seconds_total{\(Self.agent)}[$__rate_interval]))",
                    "{{instance}}"
                )
            ),
            .course(
                "Open files",
                .short,
                "File descriptors, and how many there may be.",
                .query("process_open_fds{\(Self.agent)}", "{{instance}}"),
                .query("process_max_fds{\(Self.agent)}", "limit {{instance}}")
            ).with {
                $0.isLogarithmic = true
                $0.dashed = "limit"
                $0.min = nil
            },
            .course(
                "Series over the budget",
                .perSecond,
                "Observations counted under `__other__` because of `signals.max_series`.",
                .query(Self.rate("martlet_series_limited_total", by: "metric"), "{{metric}}")
            ),
            .table(
                "Versions and configurations",
                "What runs where. Different hashes are different configurations.",
                [
                    .column("max by (instance, version, commit) (martlet_build_info{\(Self.agent)})"),
                    .column("max by (instance, hash) (martlet_config_hash_info{\(Self.agent)})"),
                    .column("time() - max by (instance) (process_start_time_seconds{\(Self.agent)})"),
                ],
                [
                    .label("instance", "Host"), .label("version", "Version"), .label("commit", "Commit"),
                    .label("hash", "Configuration"), .value("C", "Running for", .duration),
                ]
            ).with { $0.width = 16 },
        ]
    }
}
