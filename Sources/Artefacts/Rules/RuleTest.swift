/// A scenario in the form of `promtool test rules`.
struct RuleTest {
    let alert: AlertRule
    let scenario: AlertScenario
    let places: Places

    var node: Node {
        [
            "name": .text(scenario.name), "interval": "1m",
            "input_series": .list(
                scenario.inputs.map { ["series": .text($0.series), "values": .text($0.values)] }
            ),
            "alert_rule_test": .list(scenario.checks.map(check)),
        ]
    }

    private func check(_ check: AlertScenario.Check) -> Node {
        .members(
            ("eval_time", .text(check.moment)),
            ("alertname", .text(alert.name)),
            ("exp_alerts", check.firing.isEmpty ? [] : .list(check.firing.map(expected)))
        )
    }

    private func expected(_ firing: AlertScenario.Firing) -> Node {
        var labels = firing.labels.sorted { $0.key < $1.key }.map { Node.Member($0.key, .text($0.value)) }
        for label in alert.allLabels {
            let value = label.value.rendered(labels: firing.labels)
            if !value.isEmpty { labels.append(Node.Member(label.name, .text(value))) }
        }
        let link = alert.dashboard.message(places)
        return [
            "exp_labels": .object(labels),
            "exp_annotations": [
                "summary": .text(alert.summary),
                "description": .text(alert.description.rendered(labels: firing.labels, values: firing.values)),
                "runbook_url": .text(alert.runbookAddress(places).rendered(labels: firing.labels)),
                "dashboard_url": .text(link.rendered(labels: firing.labels, values: [])),
            ],
        ]
    }
}
