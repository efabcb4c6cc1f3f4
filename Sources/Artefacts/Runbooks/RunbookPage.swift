/// The runbook of an alert as a page.
struct RunbookPage {
    let alert: AlertRule
    let places: Places

    var artefact: Artefact { Artefact(path: "alerts/runbooks/\(alert.name).md", text: text) }

    private var text: String {
        ([head] + sections.map { "## \($0.title)\n\n\($0.body)\n" }).joined(separator: "\n")
    }

    private var head: String {
        "# \(alert.name)\n\n\(alert.summary) Severity: **\(alert.severity.rawValue)** (\(Self.urgency(alert.severity))).\n"
    }

    private var sections: [(title: String, body: String)] {
        [
            ("Symptom", symptom), ("Impact", alert.runbook.impact), ("Diagnosis", diagnosis),
            ("Mitigation", alert.runbook.mitigation.map { "- \($0)" }.joined(separator: "\n")),
            ("Rollback", alert.runbook.rollback), ("Escalation", alert.runbook.escalation),
        ]
    }

    private var symptom: String {
        var lines = "The alert says:\n\n> \(Self.inWords(alert.description))\n\nIt fires when this has held "
        lines += alert.delay.map { "for \($0)" } ?? "once"
        if let keeps = alert.keepsFiring { lines += ", and stays for \(keeps) after it has ended" }
        return lines + ":\n\n```promql\n\(alert.expression)\n```"
    }

    private var diagnosis: String {
        let link = "Dashboard `\(alert.dashboard.uid)` (`\(Self.inWords(alert.dashboard.message(places)))`)."
        let steps = alert.runbook.diagnosis.map { step in
            guard let command = step.command else { return step.text }
            let block = command.split(separator: "\n", omittingEmptySubsequences: false).map { "   \($0)" }
            return "\(step.text)\n\n   ```sh\n\(block.joined(separator: "\n"))\n   ```\n"
        }
        let list = ([link] + steps).enumerated().map { "\($0.offset + 1). \($0.element)" }.joined(separator: "\n")
        return list.hasSuffix("\n") ? String(list.dropLast()) : list
    }

    private static func urgency(_ severity: AlertRule.Severity) -> String {
        switch severity {
        case .critical: "somebody is woken"
        case .warning: "within the working day"
        case .info: "for information"
        case .none: "must always fire"
        }
    }

    /// The message with names in place of values.
    private static func inWords(_ message: Message) -> String {
        let labels = message.pieces.compactMap { piece -> String? in
            if case .label(let name) = piece { return name }
            return nil
        }
        let names = Dictionary(labels.map { ($0, "$" + $0) }, uniquingKeysWith: { first, _ in first })
        return message.rendered(labels: names, values: message.pieces.map { _ in "N" })
    }
}
