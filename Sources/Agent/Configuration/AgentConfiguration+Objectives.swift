import Objectives
import Settings

extension AgentConfiguration {
    /// Whether it has any SLOs.
    package var hasObjectives: Bool { !slos.slos.isEmpty }

    /// The SLOs for people: what each allows, and the arithmetic of its alert tiers.
    var objectiveLines: [String] {
        guard !slos.slos.isEmpty else { return ["slos:     none"] }
        return ["slos:"] + slos.slos.flatMap(Self.lines)
    }

    private static func lines(_ slo: SLO) -> [String] {
        let plan = slo.tiers
        let title = "  \(slo.slothID): \(slo.objective)% over \(slo.period.label), budget \(slo.budget.share.percent)"
        return [title]
            + plan.rules.map { "    \(pad($0.tier.rawValue))\($0.reason)" }
            + plan.omissions.map { "    \(pad($0.tier.rawValue))left out: \($0.reason)" }
    }

    private static func pad(_ name: String) -> String {
        name + String(repeating: " ", count: max(1, 9 - name.count))
    }

    /// The SLOs for scripts: a JSON array.
    var objectivesJSON: String { "[" + slos.slos.map(Self.json).joined(separator: ",") + "]" }

    private static func json(_ slo: SLO) -> String {
        let plan = slo.tiers
        let fired = plan.rules.map { rule in
            "{\"tier\":\"\(rule.tier)\",\"factor\":\"\(rule.factor.text)\",\"reason\":\(LineExplainer.quoted(rule.reason))}"
        }
        let omitted = plan.omissions.map { omission in
            "{\"tier\":\"\(omission.tier)\",\"factor\":null,\"reason\":\(LineExplainer.quoted(omission.reason))}"
        }
        return "{\"sloth_id\":\(LineExplainer.quoted(slo.slothID)),\"objective\":\(slo.objective),"
            + "\"period\":\"\(slo.period.label)\",\"tiers\":[\((fired + omitted).joined(separator: ","))]}"
    }
}
