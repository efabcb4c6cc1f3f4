import Objectives

extension BurnAlerts {
    /// Shows that a tier fires above its factor, stays quiet below it and with too few bad events, and ends.
    func scenarios(_ tier: Tier) -> [AlertScenario] {
        guard let shape = catalogue.sample(where: { $0.factor(tier) != nil }), let factor = shape.factor(tier),
            let load = SampleLoad(shape: shape, factor: factor)
        else { return [] }
        let firing = observed(tier)
        let minutes = firing + 10
        let end = minutes + (tier.short.seconds ?? 0) / 60 + shape.alert.hold(tier) / 60_000 + 20
        return [
            AlertScenario(
                "burning at \(load.burn) times the budget fires, and ends after the errors do",
                inputs(
                    shape,
                    bad: "0+\(load.bad)x\(minutes) \(load.bad * minutes)x\(end)",
                    good: "0+\(load.good)x\(end)"
                ),
                (tier.needsCoverage ? [.quiet(at: "\(firing / 2)m")] : []) + [
                    AlertScenario.Check(
                        moment: "\(firing + 5)m",
                        firing: [.init(labels: shape.sampleLabels, values: ["\(load.burn)", load.left])]
                    ),
                    .quiet(at: "\(end)m"),
                ]
            ),
            AlertScenario(
                "burning at half the factor does not fire",
                inputs(shape, bad: "0+\(load.quietBad)x\(minutes)", good: "0+\(load.good)x\(minutes)"),
                [.quiet(at: "\(firing + 5)m")]
            ),
            AlertScenario(
                "an outage of fewer events than min_bad does not fire",
                inputs(shape, bad: "0 0 \(shape.alert.minimumBad - 1)x\(minutes)", good: "0x\(minutes)"),
                [.quiet(at: "5m"), .quiet(at: "\(firing + 5)m")]
            ),
        ]
    }

    /// Minutes of load after which a tier may speak: ten, or half of its long window and a little.
    private func observed(_ tier: Tier) -> Int64 {
        tier.needsCoverage ? (tier.long.seconds ?? 0) / 120 + 65 : 10
    }

    private func inputs(_ shape: SLOShape, bad: String, good: String) -> [AlertScenario.Input] {
        let labels = shape.sampleLabels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }
            .joined(separator: ", ")
        let objective = Node.decimal(1 - shape.budget.share.value)
        return [
            .init("martlet_slo_events_total{outcome=\"bad\", \(labels)}", bad),
            .init("martlet_slo_events_total{outcome=\"good\", \(labels)}", good),
            .init("martlet_slo_objective_ratio{\(labels)}", "\(objective)x10000"),
            .init("martlet_slo_period_seconds{\(labels)}", "\(shape.period.nominalSeconds)x10000"),
        ]
    }
}

/// Events a minute that burn a budget at a whole multiple above an alert's factor.
struct SampleLoad {
    /// How many times the budget.
    let burn: Int64
    let bad: Int64
    let good: Int64
    /// Bad events at half the factor.
    let quietBad: Int64
    /// The budget left while nothing but this load was ever seen, as alerts show it.
    let left: String

    init?(shape: SLOShape, factor: Fraction) {
        let share = shape.budget.share
        // The whole number above the factor that the budget leaves room for.
        let burn = factor.numerator * 5 / (factor.denominator * 4) + 1
        guard burn * share.numerator <= share.denominator else { return nil }
        let total = share.denominator * 20
        self.burn = burn
        bad = burn * share.numerator * 20
        good = total - bad
        quietBad = share.numerator * 10 * factor.numerator / factor.denominator
        left = "\((1 - burn) * 100)%"
    }
}
