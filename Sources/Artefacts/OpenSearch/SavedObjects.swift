/// What OpenSearch Dashboards imports: the index pattern, searches, charts, and two dashboards made of them.
///
/// One object a line, with fixed ids so that an import replaces what was there. Nested documents are JSON in strings.
struct SavedObjects {
    let blueprint: Blueprint

    var artefacts: [Artefact] {
        [
            file("overview", title: "Martlet / Logs and requests", Self.overview),
            file("privacy", title: "Martlet / Privacy", Self.privacy),
        ]
    }

    /// A chart or a list of documents.
    struct Visual {
        enum Form {
            /// A course over time, split by a field; nil: one line.
            case course(split: String?)
            /// The most frequent values of a field.
            case ranking(field: String)
            /// Documents with these columns.
            case documents(columns: [String])
        }

        let id: String
        let title: String
        let form: Form
        /// In OpenSearch Dashboards' query language.
        let query: String
    }

    private static let overview = [
        Visual(id: "lines", title: "Lines by level", form: .course(split: "log.level"), query: ""),
        Visual(
            id: "status",
            title: "Requests by status",
            form: .course(split: "http.response.status_code"),
            query: "http.response.status_code: *"
        ),
        Visual(id: "services", title: "Lines by service", form: .ranking(field: "service.name"), query: ""),
        Visual(
            id: "routes",
            title: "Failing routes",
            form: .ranking(field: "url.path"),
            query: "http.response.status_code >= 500"
        ),
        Visual(
            id: "errors",
            title: "Errors",
            form: .documents(columns: ["service.name", "message", "trace.id", "http.request.id"]),
            query: "log.level: (error or fatal)"
        ),
    ]

    private static let privacy = [
        Visual(
            id: "redacted",
            title: "Redacted lines by service",
            form: .course(split: "service.name"),
            query: "message: \"REDACTED\""
        ),
        Visual(
            id: "redacted-services",
            title: "Services with redacted lines",
            form: .ranking(field: "service.name"),
            query: "message: \"REDACTED\""
        ),
        Visual(
            id: "redacted-documents",
            title: "Redacted lines",
            form: .documents(columns: ["service.name", "message"]),
            query: "message: \"REDACTED\""
        ),
    ]

    private static let pattern = "martlet-logs"

    private func file(_ name: String, title: String, _ visuals: [Visual]) -> Artefact {
        let objects = [indexPattern] + visuals.map(Self.object) + [Self.dashboard(name, title, visuals)]
        let summary: Node = [
            "exportedCount": .integer(objects.count), "missingRefCount": 0, "missingReferences": [],
        ]
        let lines = (objects + [summary]).map { $0.compactJSON + "\n" }
        return Artefact(path: "dashboards/opensearch/\(name).ndjson", text: lines.joined())
    }

    private var indexPattern: Node {
        [
            "type": "index-pattern", "id": .text(Self.pattern),
            "attributes": ["title": .text("\(blueprint.dataStream)*"), "timeFieldName": "@timestamp"],
            "references": [], "migrationVersion": ["index-pattern": "7.6.0"],
        ]
    }

    private static func source(_ query: String) -> Node {
        let search: Node = [
            "query": ["language": "kuery", "query": .text(query)], "filter": [],
            "indexRefName": "kibanaSavedObjectMeta.searchSourceJSON.index",
        ]
        return ["searchSourceJSON": .text(search.compactJSON)]
    }

    private static let indexReference: Node = [
        ["name": "kibanaSavedObjectMeta.searchSourceJSON.index", "type": "index-pattern", "id": .text(pattern)]
    ]

    private static func object(_ visual: Visual) -> Node {
        if case .documents(let columns) = visual.form {
            return [
                "type": "search", "id": .text("martlet-\(visual.id)"),
                "attributes": [
                    "title": .text("Martlet: \(visual.title)"), "description": "", "hits": 0, "version": 1,
                    "columns": .texts(columns), "sort": [["@timestamp", "desc"]],
                    "kibanaSavedObjectMeta": source(visual.query),
                ],
                "references": indexReference, "migrationVersion": ["search": "7.9.3"],
            ]
        }
        return [
            "type": "visualization", "id": .text("martlet-\(visual.id)"),
            "attributes": [
                "title": .text("Martlet: \(visual.title)"), "description": "", "version": 1, "uiStateJSON": "{}",
                "visState": .text(state(visual).compactJSON), "kibanaSavedObjectMeta": source(visual.query),
            ],
            "references": indexReference, "migrationVersion": ["visualization": "7.10.0"],
        ]
    }

    private static func state(_ visual: Visual) -> Node {
        let count: Node = ["id": "1", "enabled": true, "type": "count", "schema": "metric", "params": [:]]
        var aggregations = [count]
        switch visual.form {
        case .course(let split):
            aggregations.append([
                "id": "2", "enabled": true, "type": "date_histogram", "schema": "segment",
                "params": ["field": "@timestamp", "interval": "auto", "min_doc_count": 1],
            ])
            if let split { aggregations.append(terms(split, schema: "group")) }
        case .ranking(let field): aggregations.append(terms(field, schema: "bucket"))
        case .documents: break
        }
        let type = if case .ranking = visual.form { "table" } else { "line" }
        return [
            "title": .text("Martlet: \(visual.title)"), "type": .text(type),
            "params": ["type": .text(type), "addLegend": true, "addTooltip": true, "legendPosition": "right"],
            "aggs": .list(aggregations),
        ]
    }

    private static func terms(_ field: String, schema: String) -> Node {
        [
            "id": "3", "enabled": true, "type": "terms", "schema": .text(schema),
            "params": ["field": .text(field), "orderBy": "1", "order": "desc", "size": 10],
        ]
    }

    private static func dashboard(_ name: String, _ title: String, _ visuals: [Visual]) -> Node {
        var panels: [Node] = []
        var references: [Node] = []
        var y = 0
        var x = 0
        for (index, visual) in visuals.enumerated() {
            let isList = if case .documents = visual.form { true } else { false }
            let width = isList ? 48 : 24
            if x + width > 48 { (x, y) = (0, y + 15) }
            panels.append([
                "version": "2.7.0", "panelIndex": .text("\(index)"), "panelRefName": .text("panel_\(index)"),
                "embeddableConfig": [:],
                "gridData": [
                    "x": .integer(x), "y": .integer(y), "w": .integer(width), "h": 15, "i": .text("\(index)"),
                ],
            ])
            references.append([
                "name": .text("panel_\(index)"), "type": isList ? "search" : "visualization",
                "id": .text("martlet-\(visual.id)"),
            ])
            x += width
        }
        let source: Node = ["query": ["language": "kuery", "query": ""], "filter": []]
        return [
            "type": "dashboard", "id": .text("martlet-\(name)"),
            "attributes": [
                "title": .text(title), "description": "Made by martlet generate dashboards.", "hits": 0, "version": 1,
                "timeRestore": true, "timeFrom": "now-1h", "timeTo": "now",
                "panelsJSON": .text(Node.list(panels).compactJSON),
                "optionsJSON": .text(Node.members(("useMargins", true), ("hidePanelTitles", false)).compactJSON),
                "kibanaSavedObjectMeta": ["searchSourceJSON": .text(source.compactJSON)],
            ],
            "references": .list(references), "migrationVersion": ["dashboard": "7.9.3"],
        ]
    }
}
