/// A column of a table: the value of one of its targets, or a label.
struct Column: Sendable {
    /// As Grafana calls it before it is renamed: a label, or `Value #A`.
    let field: String
    let title: String
    var unit: Unit?
    var thresholds: Thresholds?
    /// Where a click leads.
    var link: String?

    /// A label.
    static func label(_ name: String, _ title: String, link: String? = nil) -> Column {
        Column(field: name, title: title, link: link)
    }

    /// The value of the target with this letter.
    static func value(_ letter: String, _ title: String, _ unit: Unit, _ thresholds: Thresholds? = nil) -> Column {
        Column(field: "Value #\(letter)", title: title, unit: unit, thresholds: thresholds)
    }

    /// What of it differs from the panel's defaults.
    var override: Node? {
        var properties: [Node] = []
        if let unit { properties.append(["id": "unit", "value": .text(unit.rawValue)]) }
        if let thresholds {
            properties.append(["id": "thresholds", "value": thresholds.node])
            properties.append(["id": "custom.cellOptions", "value": ["type": "color-text"]])
        }
        if let link {
            let links: Node = [["title": "Open", "url": .text(link), "targetBlank": false]]
            properties.append(["id": "links", "value": links])
        }
        guard !properties.isEmpty else { return nil }
        return ["matcher": ["id": "byName", "options": .text(title)], "properties": .list(properties)]
    }
}
