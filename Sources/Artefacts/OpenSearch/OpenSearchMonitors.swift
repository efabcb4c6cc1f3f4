/// Monitors for OpenSearch's alerting: what the documents themselves tell.
struct OpenSearchMonitors {
    let blueprint: Blueprint

    var artefacts: [Artefact] {
        [
            ("martlet-logs-absent", logsAbsent), ("martlet-error-ratio", errorRatio),
            ("martlet-fatal-records", fatalRecords),
        ].map { Artefact(path: "alerts/opensearch/\($0.0).json", text: $0.1.json) }
    }

    /// Severity 1 wakes somebody; 3 is for the working day.
    ///
    /// An action needs the id of a channel of yours.
    private func monitor(_ name: String, every minutes: Int, search: Node, trigger: Node) -> Node {
        [
            "type": "monitor", "name": .text(name), "monitor_type": "query_level_monitor", "enabled": true,
            "schedule": ["period": ["interval": .integer(minutes), "unit": "MINUTES"]],
            "inputs": [["search": ["indices": [.text(blueprint.dataStream)], "query": search]]],
            "triggers": [["query_level_trigger": trigger]],
        ]
    }

    private func trigger(_ name: String, severity: Int, _ condition: String) -> Node {
        [
            "name": .text(name), "severity": .text("\(severity)"),
            "condition": ["script": ["lang": "painless", "source": .text(condition)]], "actions": [],
        ]
    }

    /// Documents of the last so many minutes.
    ///
    /// Without `track_total_hits` the count stops at 10,000.
    private func recent(_ minutes: Int, _ filters: [Node] = [], aggregations: Node? = nil) -> Node {
        let time: Node = [
            "range": [
                "@timestamp": [
                    "gte": .text("{{period_end}}||-\(minutes)m"), "lte": "{{period_end}}", "format": "epoch_millis",
                ]
            ]
        ]
        return .members(
            ("size", 0),
            ("track_total_hits", true),
            ("query", ["bool": ["filter": .list([time] + filters)]]),
            ("aggregations", aggregations)
        )
    }

    private var logsAbsent: Node {
        monitor(
            "Martlet: no logs",
            every: 5,
            search: recent(15),
            trigger: trigger("No document for 15 minutes", severity: 1, "return ctx.results[0].hits.total.value == 0")
        )
    }

    private var errorRatio: Node {
        let requests: Node = ["exists": ["field": "http.response.status_code"]]
        let errors: Node = ["range": ["http.response.status_code": ["gte": 500]]]
        return monitor(
            "Martlet: high error ratio",
            every: 1,
            search: recent(5, [requests], aggregations: ["errors": ["filter": errors]]),
            trigger: trigger(
                "More than 5% and at least 10 of the requests of 5 minutes failed",
                severity: 3,
                "def r = ctx.results[0]; double all = r.hits.total.value; double bad = r.aggregations.errors.doc_count;"
                    + " return bad >= 10 && bad / all > 0.05"
            )
        )
    }

    private var fatalRecords: Node {
        monitor(
            "Martlet: fatal records",
            every: 1,
            search: recent(5, [["term": ["log.level": "fatal"]]]),
            trigger: trigger(
                "A service wrote a line of level fatal",
                severity: 3,
                "return ctx.results[0].hits.total.value > 0"
            )
        )
    }
}
