/// Where links lead.
package struct Places: Sendable, Equatable {
    /// Grafana's address without a slash at the end; empty: links begin with `/d/`, which Grafana resolves itself.
    package var grafana: String
    /// What stands before `NAME.md`; by default the path in this repository.
    package var runbooks: String

    /// Makes places.
    package init(grafana: String = "", runbooks: String = "alerts/runbooks/") {
        self.grafana = grafana
        self.runbooks = runbooks
    }

    func runbook(_ alert: String) -> String { "\(runbooks)\(alert).md" }
}
