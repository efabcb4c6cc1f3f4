/// What dashboard-linter is to leave alone, and why: the file `.lint` beside the dashboards.
enum LinterExclusions {
    static let artefact = Artefact(
        path: "dashboards/.lint",
        text: document.yaml(comment: "For dashboard-linter. Made by `martlet generate dashboards`.")
    )

    /// Series that recording rules make have neither `job` nor `instance`: they are sums over all agents.
    private static let recorded = "sums over all agents, made by recording rules: they have neither job nor instance"

    private static let document: Node = [
        "exclusions": [
            "target-job-rule": [
                "reason": .text("slo:… and ALERTS: \(recorded)"), "entries": .list(dashboards),
            ],
            "target-instance-rule": [
                "reason": .text("slo:… and ALERTS: \(recorded)"), "entries": .list(dashboards),
            ],
        ]
    ]

    private static let dashboards: [Node] = ["Overview", "SLOs", "SLO detail"].map {
        ["dashboard": .text("Martlet / \($0)")]
    }
}
