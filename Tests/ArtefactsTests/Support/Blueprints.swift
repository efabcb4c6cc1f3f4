import Artefacts
import Objectives
import RecordPath
import Settings

/// Configurations to generate from.
enum Blueprints {
    /// Without SLOs: what is committed.
    static let standard = Blueprint()

    /// SLOs that differ in everything that rules can tell apart.
    static func mixed() throws -> Blueprint {
        try reading(
            """
            slos:
              - {name: availability, service: "*", objective: 99.9, sli: {bad: 'status >= 500'}}
              - name: availability
                service: check.out
                objective: 99.95
                period: 28d
                sli: {bad: 'status >= 500'}
                runbook: https://runbooks.example.com/checkout
                alert: {min_bad: 20, hold: {fast: 10m, slow: 2h}}
                labels: {team: payments}
              - {name: latency, service: shop, objective: 95, period: 7d, sli: {latency: {threshold: 300ms}}}
              - {name: monthly, service: shop, objective: 99, calendar: month, sli: {bad: 'status >= 500'}}
            """
        )
    }

    static func reading(_ text: String) throws -> Blueprint {
        let file = try ConfigurationFile.parse(text, environment: [:])
        var attributes = AttributeNames()
        let set = SLOSet(reading: file.root, attributes: &attributes)
        try file.problems.check()
        return Blueprint(slos: set.slos)
    }
}
