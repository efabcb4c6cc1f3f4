extension Panel {
    /// The panel as Grafana takes it.
    func node(id: Int, x: Int, y: Int) -> Node {
        .members(
            ("id", .integer(id)),
            ("type", .text(kind.rawValue)),
            ("title", .text(title)),
            ("description", .text(description)),
            ("gridPos", ["h": .integer(height), "w": .integer(width), "x": .integer(x), "y": .integer(y)]),
            ("datasource", (targets.first?.source ?? .prometheus).node),
            ("fieldConfig", ["defaults": defaults, "overrides": .list(overrides)]),
            ("options", options),
            ("timeFrom", range.map { .text($0) }),
            ("transformations", transformations),
            ("links", linkNodes),
            ("targets", .list(targets.enumerated().map { $0.element.node($0.offset) }))
        )
    }

    private var defaults: Node {
        .members(
            ("unit", .text(unit.rawValue)),
            ("noValue", "no data"),
            ("min", min.map { .number($0) }),
            ("max", max.map { .number($0) }),
            ("thresholds", thresholds.node),
            ("color", ["mode": kind == .timeseries ? "palette-classic" : "thresholds"]),
            ("mappings", words.isEmpty ? nil : mappings),
            ("custom", custom)
        )
    }

    private var mappings: Node {
        let options = words.enumerated().map { index, word in
            Node.Member(
                word.value,
                ["text": .text(word.text), "color": .text(word.colour), "index": .integer(index)]
            )
        }
        return [["type": "value", "options": .object(options)]]
    }

    private var custom: Node? {
        switch kind {
        case .timeseries:
            .members(
                ("drawStyle", "line"),
                ("lineWidth", 1),
                ("fillOpacity", isStacked ? 30 : 10),
                ("showPoints", "never"),
                // Gaps stay gaps: no data is not zero.
                ("spanNulls", false),
                ("stacking", ["mode": isStacked ? "normal" : "none", "group": "A"]),
                ("scaleDistribution", isLogarithmic ? ["type": "log", "log": 10] : ["type": "linear"]),
                ("thresholdsStyle", ["mode": showsThresholds ? "dashed" : "off"])
            )
        case .table: ["align": "auto", "filterable": true]
        case .states: ["fillOpacity": 80, "lineWidth": 0]
        case .stat, .heatmap, .logs: nil
        }
    }

    private var overrides: [Node] {
        var overrides = columns.compactMap(\.override)
        if let dashed {
            let style: Node = ["fill": "dash", "dash": [8, 8]]
            overrides.append([
                "matcher": ["id": "byRegexp", "options": .text("/^\(dashed)/")],
                "properties": [
                    ["id": "custom.lineStyle", "value": style], ["id": "custom.fillOpacity", "value": 0],
                ],
            ])
        }
        return overrides
    }

    private var options: Node {
        switch kind {
        case .timeseries:
            let calculations: Node = ["lastNotNull", "max"]
            return [
                "legend": [
                    "displayMode": "table", "placement": "bottom", "showLegend": true, "calcs": calculations,
                ],
                "tooltip": ["mode": "multi", "sort": "desc"],
            ]
        case .stat:
            return [
                "colorMode": "value", "graphMode": "none", "justifyMode": "auto", "orientation": "auto",
                "textMode": "auto", "reduceOptions": ["calcs": ["lastNotNull"], "fields": "", "values": false],
            ]
        case .table:
            var sorting: [Node] = []
            if let sort { sorting.append(["displayName": .text(sort.column), "desc": .flag(sort.descending)]) }
            return ["showHeader": true, "cellHeight": "sm", "sortBy": .list(sorting)]
        case .states:
            return [
                "mergeValues": true, "showValue": "auto", "alignValue": "left", "rowHeight": 0.9,
                "legend": ["displayMode": "list", "placement": "bottom", "showLegend": true],
                "tooltip": ["mode": "single", "sort": "none"],
            ]
        case .heatmap:
            return [
                "calculate": false, "cellGap": 1, "showValue": "never", "legend": ["show": true],
                "color": ["mode": "scheme", "scheme": "Oranges", "exponent": 0.5, "steps": 64, "reverse": false],
                "yAxis": ["axisPlacement": "left", "unit": "s"], "tooltip": ["mode": "single", "yHistogram": false],
                "exemplars": ["color": "rgba(255,0,255,0.7)"], "filterValues": ["le": 0.000001],
                "rowsFrame": ["layout": "auto"],
            ]
        case .logs:
            return [
                "showTime": true, "showLabels": false, "showCommonLabels": false, "wrapLogMessage": true,
                "prettifyLogMessage": false, "enableLogDetails": true, "dedupStrategy": "none",
                "sortOrder": "Descending",
            ]
        }
    }

    /// A table's targets become one table with the columns in their order and nothing else.
    private var transformations: Node? {
        guard kind == .table else { return nil }
        let order = columns.enumerated().map { Node.Member($0.element.field, .integer($0.offset)) }
        let names = columns.map { Node.Member($0.field, .text($0.title)) }
        return [
            ["id": "merge", "options": [:]],
            [
                "id": "organize",
                "options": [
                    "excludeByName": ["Time": true], "indexByName": .object(order), "renameByName": .object(names),
                ],
            ],
        ]
    }

    private var linkNodes: Node? {
        guard !links.isEmpty else { return nil }
        return .list(
            links.map { ["title": .text($0.title), "url": .text($0.address), "targetBlank": false] }
        )
    }
}
