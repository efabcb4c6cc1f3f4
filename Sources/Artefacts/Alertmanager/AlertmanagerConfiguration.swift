import Objectives

/// Alertmanager's part: who hears of what, and which alerts are silent because a louder one says the same.
enum AlertmanagerConfiguration {
    static let artefact = Artefact(
        path: "alerts/alertmanager/inhibit.yml",
        text: document.yaml(comment: comment)
    )

    private static let comment = """
        Alertmanager: routes by severity, and inhibition, so that one incident is one page.

        Complete as it stands: add integrations to the receivers, or take routes and inhibit_rules over into your own file.
        Made by `martlet generate alerts`.
        """

    private static let document: Node = [
        "route": [
            "receiver": "martlet-ticket", "group_by": ["alertname", "cluster", "service", "sloth_service"],
            "group_wait": "30s", "group_interval": "5m", "repeat_interval": "12h",
            "routes": [
                // The heartbeat must reach its dead man's switch again and again.
                [
                    "receiver": "martlet-heartbeat", "matchers": ["alertname = MartletHeartbeat"], "group_wait": "0s",
                    "group_interval": "1m", "repeat_interval": "1m",
                ],
                [
                    "receiver": "martlet-page", "matchers": ["severity = critical"], "group_wait": "10s",
                    "repeat_interval": "4h",
                ],
                ["receiver": "martlet-none", "matchers": ["severity = info"]],
            ],
        ],
        "receivers": [
            ["name": "martlet-page"], ["name": "martlet-ticket"], ["name": "martlet-heartbeat"],
            ["name": "martlet-none"],
        ],
        "inhibit_rules": .list(tiers + others),
    ]

    /// A tier silences the slower ones of the same SLO.
    private static var tiers: [Node] {
        zip(Tier.allCases, Tier.allCases.indices).dropLast().map { tier, index in
            let slower = Tier.allCases[(index + 1)...].map(\.rawValue).joined(separator: "|")
            return inhibition(
                "burnrate_tier = \(tier.rawValue)",
                "burnrate_tier =~ \"\(slower)\"",
                equal: ["sloth_id", "cluster"]
            )
        }
    }

    private static let others: [Node] = [
        // A budget that burns fast is known to run out.
        inhibition(
            "burnrate_tier =~ \"fast|medium\"",
            "alertname = MartletErrorBudgetExhausted",
            equal: ["sloth_id", "cluster"]
        ),
        // Without any agent there are no series: these would only repeat it.
        inhibition(
            "alertname = MartletDown",
            "alertname =~ \"MartletInstanceDown|MartletSLOAbsent|MartletTrafficGone\"",
            equal: ["cluster"]
        ),
        // An output that is down explains what waits for it.
        inhibition(
            "alertname = MartletOutputDown",
            "alertname =~ \"MartletDeliveryLag|MartletSpoolOld\"",
            equal: ["instance", "output", "cluster"]
        ),
        // The same alert, louder.
        inhibition("severity = critical", "severity =~ \"warning|info\"", equal: ["alertname", "instance", "service"]),
    ]

    private static func inhibition(_ source: String, _ target: String, equal: [String]) -> Node {
        ["source_matchers": [.text(source)], "target_matchers": [.text(target)], "equal": .texts(equal)]
    }
}
