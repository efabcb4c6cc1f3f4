/// A dashboard of Grafana in its classic form.
package struct Dashboard: Sendable {
    /// The name of its file, and the end of its uid.
    package let name: String
    let title: String
    let description: String
    var tags: [String] = []
    var variables: [Variable]
    var annotations: [Annotation] = []
    package let rows: [Row]
    var range = "now-6h"

    /// Panels under a headline.
    package struct Row: Sendable {
        package let title: String
        package let panels: [Panel]

        init(_ title: String, _ panels: [Panel]) {
            self.title = title
            self.panels = panels
        }
    }

    /// What links lead to; never changed.
    package var uid: String { "martlet-\(name)" }

    /// Every panel.
    package var panels: [Panel] { rows.flatMap(\.panels) }

    var artefact: Artefact { Artefact(path: "dashboards/\(name).json", text: node.json) }

    private var node: Node {
        [
            "uid": .text(uid), "title": .text("Martlet / \(title)"), "description": .text(description),
            "tags": .texts(["martlet"] + tags), "schemaVersion": 39, "version": 1, "editable": false,
            "graphTooltip": 1, "timezone": "browser", "refresh": "1m", "time": ["from": .text(range), "to": "now"],
            "timepicker": [:], "templating": ["list": .list(variables.map(\.node))],
            "annotations": ["list": .list([Annotation.builtIn] + annotations.map(\.node))], "links": [Self.link],
            "panels": .list(panelNodes),
        ]
    }

    /// To the other dashboards, with time and variables.
    private static let link: Node = [
        "title": "Martlet", "type": "dashboards", "tags": ["martlet"], "asDropdown": true, "includeVars": true,
        "keepTime": true, "targetBlank": false, "icon": "external link", "tooltip": "", "url": "",
    ]

    /// Left to right, a new line where the next panel does not fit.
    private var panelNodes: [Node] {
        var nodes: [Node] = []
        var y = 0
        for row in rows {
            nodes.append(Self.headline(row.title, id: nodes.count + 1, y: y))
            y += 1
            var x = 0
            var height = 0
            for panel in row.panels {
                if x + panel.width > 24 {
                    y += height
                    (x, height) = (0, 0)
                }
                nodes.append(panel.node(id: nodes.count + 1, x: x, y: y))
                x += panel.width
                height = max(height, panel.height)
            }
            y += height
        }
        return nodes
    }

    private static func headline(_ title: String, id: Int, y: Int) -> Node {
        [
            "id": .integer(id), "type": "row", "title": .text(title), "collapsed": false,
            "gridPos": ["h": 1, "w": 24, "x": 0, "y": .integer(y)], "panels": [],
        ]
    }
}
