/// A choice at the top of a dashboard.
struct Variable: Sendable {
    enum Kind: Sendable {
        case datasource(Target.Source)
        /// `label_values(…)` of Prometheus.
        case values(String, many: Bool)
        /// Free text.
        case text
    }

    let name: String
    let label: String
    let kind: Kind

    static let prometheus = Variable(
        name: "prometheus_datasource",
        label: "Prometheus data source",
        kind: .datasource(.prometheus)
    )
    static let loki = Variable(name: "loki_datasource", label: "Loki data source", kind: .datasource(.loki))
    static let job = values("job", "Job", "label_values(martlet_build_info, job)")
    static let instance = values("instance", "Instance", "label_values(martlet_build_info{job=~\"$job\"}, instance)")
    static let service = values(
        "service",
        "Service",
        "label_values(martlet_log_records_total{job=~\"$job\", instance=~\"$instance\"}, service)"
    )
    static let route = values(
        "route",
        "Route",
        "label_values(martlet_requests_total{job=~\"$job\", instance=~\"$instance\", service=~\"$service\"}, route)"
    )
    static let sloService = values("service", "Service", "label_values(slo:objective:ratio, sloth_service)")
    static let slo = Variable(
        name: "slo",
        label: "SLO",
        kind: .values("label_values(slo:objective:ratio{sloth_service=~\"$service\"}, sloth_slo)", many: false)
    )

    /// Several values at once, or all.
    static func values(_ name: String, _ label: String, _ query: String) -> Variable {
        Variable(name: name, label: label, kind: .values(query, many: true))
    }

    var node: Node {
        switch kind {
        case .datasource(let source):
            [
                "name": .text(name), "label": .text(label), "type": "datasource", "query": .text(source.rawValue),
                "refresh": 1, "hide": 0, "multi": false, "includeAll": false, "regex": "", "options": [],
            ]
        case .values(let query, let many):
            .members(
                ("name", .text(name)),
                ("label", .text(label)),
                ("type", "query"),
                ("datasource", Target.Source.prometheus.node),
                ("query", .text(query)),
                ("definition", .text(query)),
                ("refresh", 2),
                ("sort", 1),
                ("hide", 0),
                ("multi", .flag(many)),
                ("includeAll", .flag(many)),
                ("allValue", many ? ".+" : nil),
                ("regex", ""),
                ("options", [])
            )
        case .text:
            [
                "name": .text(name), "label": .text(label), "type": "textbox", "query": "", "hide": 0, "options": [],
            ]
        }
    }
}
