import Artefacts
import Foundation
import Testing

/// Runbooks, and the links to them.
@Suite struct RunbookTests {
    private let set = ArtefactSet(Blueprints.standard)

    @Test("Every alert has a runbook with all its sections and commands to paste")
    func complete() {
        let pages = Dictionary(uniqueKeysWithValues: set.files(.runbooks).map { ($0.path, $0.text) })
        #expect(pages.count == Set(set.allAlerts.map(\.name)).count)
        for alert in set.allAlerts {
            let page = pages["alerts/runbooks/\(alert.name).md"] ?? ""
            for section in ["Symptom", "Impact", "Diagnosis", "Mitigation", "Rollback", "Escalation"] {
                let body = page.components(separatedBy: "\n## \(section)\n").dropFirst().first ?? ""
                #expect(body.split(separator: "\n").first?.hasPrefix("##") == false, "\(alert.name): \(section)")
            }
            #expect(page.contains("```sh"), "\(alert.name) has no command to paste")
        }
    }

    @Test("Links of alerts to runbooks resolve in this repository")
    func links() {
        let paths = Set(set.files(.runbooks).map(\.path))
        var count = 0
        for file in set.files(.alerts) {
            for line in file.text.split(separator: "\n") where line.contains("runbook_url: ") {
                count += 1
                #expect(paths.contains(String(line.split(separator: " ").last ?? "")), "\(line)")
            }
        }
        #expect(count > 30)
    }

    @Test("A runbook of the configuration takes the place of the generated one, for its SLO only")
    func ownRunbook() throws {
        let files = ArtefactSet(try Blueprints.mixed()).files(.alerts)
        let rules = files.first { $0.path.hasSuffix("martlet-slo.rules.yml") }?.text ?? ""
        let condition =
            "{{ if and (eq $labels.sloth_service \\\"check.out\\\") (eq $labels.sloth_slo \\\"availability\\\") }}"
        #expect(
            rules.contains(
                condition
                    + "https://runbooks.example.com/checkout{{ else }}alerts/runbooks/MartletErrorBudgetBurnFast.md"
            )
        )
    }
}
