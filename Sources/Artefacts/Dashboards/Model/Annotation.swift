/// Marks on every course of a dashboard.
struct Annotation: Sendable {
    let name: String
    let target: Target
    let title: String
    /// Labels in the text.
    let tags: String
    let colour: String

    var node: Node {
        .members(
            ("name", .text(name)),
            ("datasource", target.source.node),
            ("enable", true),
            ("hide", false),
            ("iconColor", .text(colour)),
            ("expr", .text(target.expression)),
            ("titleFormat", .text(title)),
            ("tagKeys", .text(tags)),
            ("step", target.source == .prometheus ? "60s" : nil),
            ("useValueForTime", target.source == .prometheus ? false : nil)
        )
    }

    /// What every dashboard of Grafana has.
    static let builtIn: Node = [
        "builtIn": 1, "datasource": ["type": "grafana", "uid": "-- Grafana --"], "enable": true, "hide": true,
        "iconColor": "rgba(0, 211, 255, 1)", "name": "Annotations & Alerts", "type": "dashboard",
    ]
}
