import Artefacts
import Foundation

/// A dashboard as Grafana and its linter see it: the file.
struct DashboardFile {
    let path: String
    let root: [String: Any]

    /// The dashboards of a configuration.
    static func all(_ blueprint: Blueprint = Blueprints.standard) throws -> [DashboardFile] {
        try ArtefactSet(blueprint).files(.dashboards).filter { $0.path.hasSuffix(".json") }.map { file in
            let object = try JSONSerialization.jsonObject(with: Data(file.text.utf8))
            return DashboardFile(path: file.path, root: object as? [String: Any] ?? [:])
        }
    }

    var uid: String { root["uid"] as? String ?? "" }
    var title: String { root["title"] as? String ?? "" }

    /// Without headlines.
    var panels: [[String: Any]] { list(root, "panels").filter { $0["type"] as? String != "row" } }
    var variables: [[String: Any]] { list(root["templating"] as? [String: Any] ?? [:], "list") }
    var annotations: [[String: Any]] { list(root["annotations"] as? [String: Any] ?? [:], "list") }

    /// Title of the panel and target.
    func targets(_ type: String) -> [(panel: String, target: [String: Any])] {
        panels.flatMap { panel in
            list(panel, "targets").filter { datasource($0)["type"] == type }.map {
                (panel["title"] as? String ?? "", $0)
            }
        }
    }

    func list(_ object: [String: Any], _ key: String) -> [[String: Any]] { object[key] as? [[String: Any]] ?? [] }

    func datasource(_ object: [String: Any]) -> [String: String] { object["datasource"] as? [String: String] ?? [:] }
}
