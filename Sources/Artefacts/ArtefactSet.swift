/// Everything that is generated: pure functions of a configuration.
package struct ArtefactSet: Sendable {
    /// What can be asked for.
    package enum Kind: String, CaseIterable, Sendable {
        case dashboards, provisioning, alerts, runbooks, schema, all
    }

    package let blueprint: Blueprint

    /// Makes the set of a configuration.
    package init(_ blueprint: Blueprint) { self.blueprint = blueprint }

    /// The files of a kind, by path.
    package func files(_ kind: Kind) -> [Artefact] {
        let files: [Artefact]
        switch kind {
        case .dashboards: files = dashboards
        case .provisioning: files = provisioning
        case .alerts: files = alerts
        case .runbooks: files = runbooks
        case .schema: files = [ConfigurationSchema.artefact]
        case .all: files = dashboards + provisioning + alerts + runbooks + [ConfigurationSchema.artefact]
        }
        return files.sorted { $0.path < $1.path }
    }

    /// The rule files for Prometheus.
    package var ruleFiles: [RuleFile] {
        let catalogue = SLOCatalogue(blueprint.slos)
        let burn = BurnAlerts(catalogue: catalogue, blueprint: blueprint).alerts
        let budget = BudgetAlerts(catalogue: catalogue, blueprint: blueprint).alerts
        let objectives = RuleFile(
            name: "martlet-slo",
            purpose: "SLOs: Sloth's series, and an alert for each burn-rate tier.",
            groups: SLORecordings(catalogue: catalogue).groups + [
                RuleGroup("martlet-slo-alerts", interval: "1m", alerts: burn + budget)
            ]
        )
        return [objectives, SignalRules(blueprint: blueprint).file, AgentRules(blueprint: blueprint).file]
    }

    /// The alerts of Loki's ruler.
    package var lokiAlerts: [AlertRule] { LokiRules(blueprint: blueprint).alerts }

    /// Those of Prometheus and of Loki's ruler.
    package var allAlerts: [AlertRule] { ruleFiles.flatMap(\.alerts) + lokiAlerts }

    private var alerts: [Artefact] {
        ruleFiles.map { $0.artefact(blueprint.places) } + ruleFiles.flatMap { $0.tests(blueprint.places) } + [
            AlertmanagerConfiguration.artefact, LokiRules(blueprint: blueprint).artefact,
        ] + OpenSearchMonitors(blueprint: blueprint).artefacts
    }

    private var runbooks: [Artefact] {
        var names: Set<String> = []
        return allAlerts.filter { names.insert($0.name).inserted }.map {
            RunbookPage(alert: $0, places: blueprint.places).artefact
        }
    }

    /// The dashboards for Grafana.
    package var pages: [Dashboard] {
        [
            OverviewDashboard.dashboard, ServiceDashboard.dashboard, SLODashboard.dashboard,
            SLODetailDashboard.dashboard, LogsDashboard.dashboard, PrivacyDashboard.dashboard,
            ReadinessDashboard.dashboard, AgentDashboard(blueprint: blueprint).dashboard,
        ]
    }

    private var dashboards: [Artefact] {
        pages.map(\.artefact) + SavedObjects(blueprint: blueprint).artefacts + [LinterExclusions.artefact]
    }

    private var provisioning: [Artefact] { GrafanaProvisioning.artefacts }
}
