/// What to do when an alert fires.
package struct Runbook: Sendable {
    /// What users notice, and what breaks next.
    let impact: String
    let diagnosis: [Step]
    let mitigation: [String]
    /// How to undo what mitigation did, or what caused it.
    let rollback: String
    let escalation: String

    /// Something to look at.
    struct Step: Sendable {
        let text: String
        /// Can be pasted.
        var command: String?

        init(_ text: String, _ command: String? = nil) {
            self.text = text
            self.command = command
        }
    }

    init(impact: String, diagnosis: [Step], mitigation: [String], rollback: String, escalation: String) {
        self.impact = impact
        self.diagnosis = diagnosis
        self.mitigation = mitigation
        self.rollback = rollback
        self.escalation = escalation
    }
}

extension Runbook.Step {
    /// A question to Prometheus.
    static func query(_ text: String, _ expression: String) -> Self {
        Self(text, "promtool query instant \"$PROMETHEUS_URL\" '\(expression)'")
    }

    /// A question to Loki.
    static func logs(_ text: String, _ expression: String) -> Self {
        Self(text, "logcli query --since=30m --limit=50 '\(expression)'")
    }
}
