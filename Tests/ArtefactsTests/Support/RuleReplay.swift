import Artefacts
import Foundation
import Objectives
import Testing

/// Traffic through an SLO of checkout as Prometheus would have scraped it, and what the generated rules say of it.
///
/// Seconds are counted from the first error; before it lies as much healthy history as a case wants.
struct RuleReplay {
    /// One agent's counters, in promtool's notation.
    struct Counters {
        private let step: Int
        private(set) var second: Int
        private(set) var values = (good: "0", bad: "0")
        private var counts = (good: 0, bad: 0)

        init(healthySeconds: Int, good: Int, step: Int) {
            self.step = step
            second = -healthySeconds
            run(until: 0, good: good, bad: 0)
        }

        /// Lets every scrape until a second count so many events more.
        mutating func run(until end: Int, good: Int, bad: Int) {
            let scrapes = (end - second) / step
            guard scrapes > 0 else { return }
            values.good += " \(counts.good + good)+\(good)x\(scrapes - 1)"
            values.bad += " \(counts.bad + bad)+\(bad)x\(scrapes - 1)"
            counts = (counts.good + good * scrapes, counts.bad + bad * scrapes)
            second += scrapes * step
        }

        /// Lets every scrape until a second fail.
        mutating func pause(until end: Int) {
            let scrapes = (end - second) / step
            values.good += " _x\(scrapes)"
            values.bad += " _x\(scrapes)"
            second += scrapes * step
        }
    }

    private let healthySeconds: Int
    private let objective: String
    private let step: Int
    private let evaluation: Int
    private(set) var agents: [Counters]
    private var checks: [String] = []

    private static let labels = #"sloth_id="checkout-availability",sloth_service="checkout",sloth_slo="availability""#

    /// Begins with healthy traffic; scraped every `step` and evaluated every `evaluation` seconds.
    init(
        _ objective: String = "0.999",
        healthySeconds: Int,
        good: Int = 100,
        step: Int = 15,
        evaluation: Int = 15,
        agents: Int = 1
    ) {
        self.objective = objective
        self.healthySeconds = healthySeconds
        self.step = step
        self.evaluation = evaluation
        let counters = Counters(healthySeconds: healthySeconds, good: good, step: step)
        self.agents = Array(repeating: counters, count: agents)
    }

    /// Lets every scrape of an agent until a second count so many events more.
    mutating func run(until end: Int, good: Int, bad: Int, agent: Int = 0) {
        agents[agent].run(until: end, good: good, bad: bad)
    }

    /// Lets every scrape until a second fail.
    mutating func pause(until end: Int) { for index in agents.indices { agents[index].pause(until: end) } }

    // MARK: What the rules must say

    /// An expression has this value at a second, or no series where it is nil.
    mutating func expect(_ expression: String, at second: Int, is value: Double?) {
        let samples = value.map { "{labels: '{}', value: \($0)}" } ?? ""
        let time = healthySeconds + second
        checks.append("  - {expr: '\(expression)', eval_time: \(time)s, exp_samples: [\(samples)]}")
    }

    /// A tier fires at the time of a formula, or within a scrape and an evaluation after it.
    mutating func expectFires(_ tier: Tier, at formula: Double) {
        let before = (Int(formula.rounded(.up)) - 1) / evaluation * evaluation
        let after = Int(formula + Double(slot + evaluation)) / evaluation * evaluation
        expect(Self.firing(tier), at: before, is: nil)
        expect(Self.firing(tier), at: after, is: 1)
    }

    /// A tier has not fired at all until a second.
    mutating func expectNever(_ tier: Tier, until second: Int) {
        expect("count(last_over_time(\(Self.alert(tier))[3d]))", at: second, is: nil)
    }

    /// Whether a tier fires, as a number of alerts.
    static func firing(_ tier: Tier) -> String { "count(\(alert(tier)))" }

    private static func alert(_ tier: Tier) -> String { #"ALERTS{burnrate_tier="\#(tier)",alertstate="firing"}"# }

    /// How fine the rules see: rates of five minutes are what long windows are made of.
    private var slot: Int { evaluation >= 300 ? 300 : step }

    // MARK: Asking promtool

    /// Has promtool say whether the rules of a configuration do so.
    func check(_ blueprint: Blueprint = Blueprints.standard) async throws {
        let text = """
            rule_files: [../martlet-slo.rules.yml]
            evaluation_interval: \(evaluation)s
            # As Prometheus has them in a file; without this promtool takes them as they come.
            group_eval_order: [martlet-slo-sli, martlet-slo-sli-long, martlet-slo-meta, martlet-slo-alerts]
            tests:
            - interval: \(step)s
              input_series:
            \(series.map { "  - {series: '\($0)', values: '\($1)'}" }.joined(separator: "\n"))
              promql_expr_test:
            \(checks.joined(separator: "\n"))
            """
        let file = Artefact(path: "alerts/prometheus/tests/replay.yml", text: text)
        let written = try WrittenArtefacts(ArtefactSet(blueprint).files(.alerts) + [file])
        defer { written.remove() }
        let folder = written.folder + "/alerts/prometheus/tests"
        // Not on a thread of the tests' pool, which others need meanwhile.
        let result = try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                let arguments = ["promtool", "test", "rules", "replay.yml"]
                continuation.resume(with: Result { try Tool.run(arguments, in: folder) })
            }
        }
        #expect(result.status == 0, "\(result.output)")
    }

    private var series: [(String, String)] {
        let scrapes = (healthySeconds + (agents.map(\.second).max() ?? 0)) / step
        let events = agents.enumerated().flatMap { number, agent in
            [("good", agent.values.good), ("bad", agent.values.bad)].map { outcome, values in
                let labels = "outcome=\"\(outcome)\",instance=\"\(number)\",\(Self.labels)"
                return ("martlet_slo_events_total{\(labels)}", values)
            }
        }
        return events + [
            ("martlet_slo_objective_ratio{\(Self.labels)}", "\(objective)x\(scrapes)"),
            ("martlet_slo_period_seconds{\(Self.labels)}", "2592000x\(scrapes)"),
        ]
    }
}
