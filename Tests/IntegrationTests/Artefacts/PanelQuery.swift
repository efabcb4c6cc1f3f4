import Foundation

/// An expression of a committed dashboard; that of PromQL with its variables filled in.
struct PanelQuery {
    /// `overview / Traffic / A`.
    let place: String
    let expression: String

    /// All of them that a data source answers.
    static func committed(of source: String = "prometheus") throws -> [PanelQuery] {
        let folder = GenerateTests.repository + "/dashboards"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
            .sorted()
        return try names.flatMap { name in
            let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            let root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
            return queries(root, String(name.dropLast(5)), source)
        }
    }

    private static func queries(_ root: [String: Any], _ dashboard: String, _ wanted: String) -> [PanelQuery] {
        (root["panels"] as? [[String: Any]] ?? []).flatMap { panel in
            (panel["targets"] as? [[String: Any]] ?? []).compactMap { target in
                let source = (target["datasource"] as? [String: String])?["type"]
                guard source == wanted, let expression = target["expr"] as? String else { return nil }
                let place = "\(dashboard) / \(panel["title"] ?? "") / \(target["refId"] ?? "")"
                return PanelQuery(place: place, expression: wanted == "loki" ? expression : filled(expression))
            }
        }
    }

    private static func filled(_ expression: String) -> String {
        let values = [
            ("$__rate_interval", "10s"), ("$__range", "1h"), ("$job", ".+"), ("$instance", ".+"), ("$service", ".+"),
            ("$route", ".+"), ("$slo", "availability"),
        ]
        return values.reduce(expression) { $0.replacing($1.0, with: $1.1) }
    }
}
