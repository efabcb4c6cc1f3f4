/// What Grafana reads at its start: where dashboards are, and the data sources with their links between logs, metrics and
/// traces.
enum GrafanaProvisioning {
    static let artefacts = [
        Artefact(
            path: "dashboards/provisioning/dashboards/martlet.yaml",
            text: dashboards.yaml(comment: "Grafana: put this in provisioning/dashboards.\n\n\(made)")
        ),
        Artefact(
            path: "dashboards/provisioning/datasources/martlet.yaml",
            text: datasources.yaml(comment: "Grafana: put this in provisioning/datasources.\n\n\(addresses)\n\(made)")
        ),
    ]

    private static let made = "Made by `martlet generate provisioning`."
    private static let addresses = """
        Addresses come from the environment of Grafana: MARTLET_PROMETHEUS_URL, MARTLET_LOKI_URL, MARTLET_TEMPO_URL.
        $$ is a literal $. Exemplars need a Prometheus with --enable-feature=exemplar-storage.
        """

    private static let dashboards: Node = [
        "apiVersion": 1,
        "providers": [
            [
                "name": "martlet", "type": "file", "folder": "Martlet", "folderUid": "martlet",
                "disableDeletion": false, "allowUiUpdates": false, "updateIntervalSeconds": 30,
                "options": ["path": "/var/lib/grafana/dashboards/martlet"],
            ]
        ],
    ]

    private static let datasources: Node = ["apiVersion": 1, "datasources": [prometheus, loki, tempo]]

    private static let prometheus: Node = [
        "name": "Martlet Prometheus", "uid": "martlet-prometheus", "type": "prometheus", "access": "proxy",
        "url": "${MARTLET_PROMETHEUS_URL}",
        "jsonData": [
            "httpMethod": "POST", "timeInterval": "15s",
            "exemplarTraceIdDestinations": [
                ["name": "trace_id", "datasourceUid": "martlet-tempo", "urlDisplayLabel": "View trace"]
            ],
        ],
    ]

    /// Ids are structured metadata; lines of agents with `structured_metadata: off` have them in their text.
    private static let loki: Node = [
        "name": "Martlet Loki", "uid": "martlet-loki", "type": "loki", "access": "proxy", "url": "${MARTLET_LOKI_URL}",
        "jsonData": [
            "maxLines": 1000,
            "derivedFields": [
                [
                    "name": "trace_id", "matcherType": "label", "matcherRegex": "trace_id",
                    "datasourceUid": "martlet-tempo", "url": "$${__value.raw}", "urlDisplayLabel": "View trace",
                ],
                [
                    "name": "Trace in the text", "matcherRegex": "\"?trace_?[iI]d\"?[=:] ?\"?([0-9a-f]{32})",
                    "datasourceUid": "martlet-tempo", "url": "$${__value.raw}", "urlDisplayLabel": "View trace",
                ],
                [
                    "name": "request_id", "matcherType": "label", "matcherRegex": "request_id",
                    "url": "/d/martlet-logs?var-request_id=$${__value.raw}",
                    "urlDisplayLabel": "All lines of the request",
                ],
            ],
        ],
    ]

    private static let tempo: Node = [
        "name": "Martlet traces", "uid": "martlet-tempo", "type": "tempo", "access": "proxy",
        "url": "${MARTLET_TEMPO_URL}",
        "jsonData": [
            "tracesToLogsV2": [
                "datasourceUid": "martlet-loki", "spanStartTimeShift": "-10m", "spanEndTimeShift": "10m",
                "customQuery": true, "query": "{service_name=~\".+\"} | trace_id=`$${__trace.traceId}`",
            ],
            "tracesToMetrics": ["datasourceUid": "martlet-prometheus"],
        ],
    ]
}
