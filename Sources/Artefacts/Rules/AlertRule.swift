/// An alert: when it fires, what it says, what to do then, and the unit test that proves it.
package struct AlertRule: Sendable {
    /// Who is to act, and when.
    package enum Severity: String, Sendable {
        /// Somebody is woken.
        case critical
        /// Within the working day.
        case warning
        /// Nobody needs to act; it explains others.
        case info
        /// The heartbeat, which must always fire.
        case none
    }

    package let name: String
    package let severity: Severity
    /// PromQL.
    package let expression: String
    /// How long the expression must hold; nil: fires at once.
    package var delay: String?
    /// How long it stays after the expression has ended.
    package var keepsFiring: String?
    /// Beside `severity`; values may be templates.
    package var labels: [Label] = []
    /// One sentence without values, so that grouped alerts share a headline.
    package let summary: String
    /// With numbers.
    package let description: Message
    package let dashboard: DashboardLink
    /// An address by the alert's labels; nil: the generated runbook.
    package var ownRunbook: Template?
    package let runbook: Runbook
    package var scenarios: [AlertScenario]
    /// How often rules are evaluated in its unit tests: long windows need no more than five minutes.
    var testInterval = "1m"

    /// A label whose value may depend on the alert's other labels.
    package struct Label: Sendable {
        let name: String
        let value: Template

        init(_ name: String, _ value: Template) {
            self.name = name
            self.value = value
        }
    }

    /// Makes an alert.
    init(
        _ name: String,
        _ severity: Severity,
        expression: String,
        delay: String? = nil,
        keepsFiring: String? = nil,
        labels: [Label] = [],
        summary: String,
        description: Message,
        dashboard: DashboardLink,
        runbook: Runbook,
        scenarios: [AlertScenario]
    ) {
        self.name = name
        self.severity = severity
        self.expression = expression
        self.delay = delay
        self.keepsFiring = keepsFiring
        self.labels = labels
        self.summary = summary
        self.description = description
        self.dashboard = dashboard
        self.runbook = runbook
        self.scenarios = scenarios
    }

    /// Its labels as the rule file has them, `severity` first.
    package var allLabels: [Label] { [Label("severity", .fixed(severity.rawValue))] + labels }

    /// The rule as the file has it.
    func node(_ places: Places) -> Node {
        .members(
            ("alert", .text(name)),
            ("expr", .text(expression)),
            ("for", delay.map { .text($0) }),
            ("keep_firing_for", keepsFiring.map { .text($0) }),
            ("labels", .object(allLabels.map { Node.Member($0.name, .text($0.value.text)) })),
            (
                "annotations",
                [
                    "summary": .text(summary), "description": .text(description.template),
                    "runbook_url": .text(runbookAddress(places).text),
                    "dashboard_url": .text(dashboard.message(places).template),
                ]
            )
        )
    }

    /// Where whoever is woken reads on.
    func runbookAddress(_ places: Places) -> Template {
        let generated = places.runbook(name)
        guard let ownRunbook else { return .fixed(generated) }
        return ownRunbook.otherwise(generated)
    }
}
