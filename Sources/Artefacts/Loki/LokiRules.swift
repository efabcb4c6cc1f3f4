/// Rules for Loki's ruler: what only the lines themselves tell.
///
/// Ratios over days belong to Prometheus.
struct LokiRules {
    let blueprint: Blueprint

    var artefact: Artefact {
        let rules = alerts.map { alert in
            Node.members(
                ("alert", .text(alert.name)),
                ("expr", .text(alert.expression)),
                ("for", alert.delay.map { .text($0) }),
                ("labels", ["severity": .text(alert.severity.rawValue)]),
                (
                    "annotations",
                    [
                        "summary": .text(alert.summary), "description": .text(alert.description.template),
                        "runbook_url": .text(blueprint.places.runbook(alert.name)),
                        "dashboard_url": .text(alert.dashboard.message(blueprint.places).template),
                    ]
                )
            )
        }
        let document: Node = ["groups": [["name": "martlet-logs", "interval": "1m", "rules": .list(rules)]]]
        let comment =
            "Loki's ruler: put this in the tenant's folder of rules, or `lokitool rules load`.\n\n"
            + "Made by `martlet generate alerts`."
        return Artefact(path: "alerts/loki/martlet.rules.yml", text: document.yaml(comment: comment))
    }

    var alerts: [AlertRule] { [logsAbsent, panic, secretLeft] }

    private var logsAbsent: AlertRule {
        AlertRule(
            "MartletLogsAbsent",
            .critical,
            expression: "absent_over_time({service_name=~\".+\"}[15m])",
            delay: "5m",
            summary: "No log line of any service reaches Loki.",
            description: "Loki has got no line from Martlet for 15 minutes.",
            dashboard: .agent,
            runbook: Runbook(
                impact: "Whoever looks for a cause in Loki finds nothing newer than 15 minutes.",
                diagnosis: [
                    .query("Whether agents are up:", "up{job=\"\(Blueprint.job)\"}"),
                    .query("Whether they deliver:", "sum by (output, code) (rate(martlet_output_requests_total[5m]))"),
                    .logs("What came last:", "{service_name=~\".+\"}"),
                ],
                mitigation: [
                    "Agents down: `MartletDown`. Output down: `MartletOutputDown`.",
                    "Agents deliver and Loki shows nothing: Loki's ingesters or the tenant (`outputs.loki.tenant`).",
                ],
                rollback: "Undo the last change of Loki's limits or of `outputs.loki`.",
                escalation: AgentRules.callPlatform
            ),
            scenarios: []
        )
    }

    private var panic: AlertRule {
        AlertRule(
            "MartletProcessCrashed",
            .warning,
            expression: """
                sum by (service_name) (
                  count_over_time(
                    {service_name=~".+"} |~ "panic: |Fatal error: |Segmentation fault|OutOfMemoryError|core dumped" [5m]
                  )
                ) > 0
                """,
            summary: "A service writes that it crashed.",
            description: "\(label: "service_name") wrote \(value: .number) lines within 5 minutes that end a process.",
            dashboard: DashboardLink(
                uid: "martlet-logs",
                variables: [.init(name: "service", label: "service_name")]
            ),
            runbook: Runbook(
                impact: "What the process was doing is lost; without a restart policy the service is gone.",
                diagnosis: [
                    .logs("The lines around it:", "{service_name=\"SERVICE\"} |~ \"panic: |Fatal error: \""),
                    .init("How the container fares:", "docker ps --all --filter name=SERVICE"),
                ],
                mitigation: ["Restart the service; give it more memory where that ran out."],
                rollback: "Redeploy the last image that did not crash.",
                escalation: SignalRules.callOwner
            ),
            scenarios: []
        )
    }

    private var secretLeft: AlertRule {
        AlertRule(
            "MartletSecretInLogs",
            .critical,
            expression: """
                sum by (service_name) (
                  count_over_time(
                    {service_name=~".+"} |~ "-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|sk_live_[0-9a-zA-Z]{16}" [5m]
                  )
                ) > 0
                """,
            summary: "A secret stands in Loki.",
            description:
                "\(value: .number) lines of \(label: "service_name") at Loki look like keys that redaction should have taken out.",
            dashboard: .privacy,
            runbook: Runbook(
                impact: "Whoever can read Loki can read the secret. Treat it as disclosed.",
                diagnosis: [
                    .query(
                        "Whether the lines came through Martlet:",
                        "sum by (instance) (rate(martlet_records_shipped_total{output=\"loki\"}[5m]))"
                    ),
                    .init("What the policy makes of such a line:", "martlet explain --service SERVICE < line.txt"),
                ],
                mitigation: [
                    "Replace the secret at once.", "Delete the lines with Loki's delete API.",
                    "If an allow list or `-secrets` in `redact` let it pass, mend that.",
                ],
                rollback: "Put back the last `redact` section under which it was taken out.",
                escalation: "At once: whoever answers for the secret, and for data protection."
            ),
            scenarios: []
        )
    }
}
