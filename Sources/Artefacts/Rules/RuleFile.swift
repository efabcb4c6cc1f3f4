/// A file of rules for Prometheus.
package struct RuleFile: Sendable {
    /// `martlet-slo`, without the ending.
    package let name: String
    /// What the file is for, as a comment.
    package let purpose: String
    package let groups: [RuleGroup]

    package var alerts: [AlertRule] { groups.flatMap(\.alerts) }
    package var recordings: [RecordingRule] { groups.flatMap(\.recordings) }

    func artefact(_ places: Places) -> Artefact {
        let comment = "\(purpose)\n\nMade by `martlet generate alerts`; change the configuration, not this file."
        return Artefact(
            path: "alerts/prometheus/\(name).rules.yml",
            text: Node.members(("groups", .list(groups.map { $0.node(places) }))).yaml(comment: comment)
        )
    }

    /// One file of unit tests for each alert.
    func tests(_ places: Places) -> [Artefact] {
        alerts.filter { !$0.scenarios.isEmpty }.map { alert in
            let node: Node = [
                "rule_files": [.text("../\(name).rules.yml")],
                "evaluation_interval": .text(alert.testInterval),
                "tests": .list(alert.scenarios.map { RuleTest(alert: alert, scenario: $0, places: places).node }),
            ]
            let comment =
                "When \(alert.name) fires, when it does not, and when it is over: promtool test rules.\n\n"
                + "Made by `martlet generate alerts`."
            return Artefact(path: "alerts/prometheus/tests/\(alert.name).yml", text: node.yaml(comment: comment))
        }
    }
}
