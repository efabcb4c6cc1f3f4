/// Which alert tiers an SLO has, at which factor, and why others are left out.
///
/// A tier fires when the budget of `budgetPercent` goes within its long window: factor = percent · period / window. From
/// 28 days on a factor is at least 1, as the trickle tier of four weeks would else report an SLO that is being met.
package struct TierPlan: Sendable, Equatable {
    /// A tier that can fire.
    package struct Rule: Sendable, Equatable {
        package let tier: Tier
        /// How many times the budget's share the error ratio must exceed in both windows.
        package let factor: Fraction
        /// The arithmetic, for `validate`.
        package let reason: String
    }

    /// A tier that would never fire, or fire while the objective is met.
    package struct Omission: Sendable, Equatable {
        package let tier: Tier
        /// The arithmetic, for `validate`.
        package let reason: String
    }

    package private(set) var rules: [Rule] = []
    package private(set) var omissions: [Omission] = []

    /// From here a factor is never below 1.
    private static let clampedFromSeconds: Int64 = 28 * 86_400

    /// Makes the plan of a budget and a period.
    package init(budget: ErrorBudget, period: Period, disabled: Set<Tier> = []) {
        for tier in Tier.allCases {
            if disabled.contains(tier) {
                omissions.append(Omission(tier: tier, reason: "turned off by the configuration"))
            } else {
                add(tier, budget, period)
            }
        }
    }

    /// The factor of a tier over a period, before it is judged.
    package static func factor(_ tier: Tier, _ period: Period) -> Fraction {
        let factor = scaled(tier, period)
        return period.nominalSeconds >= clampedFromSeconds && !factor.isAtLeastOne ? Fraction(1, 1) : factor
    }

    private static func scaled(_ tier: Tier, _ period: Period) -> Fraction {
        Fraction(tier.budgetPercent * period.nominalSeconds, 100 * (tier.long.seconds ?? 1))
    }

    private mutating func add(_ tier: Tier, _ budget: ErrorBudget, _ period: Period) {
        let factor = Self.factor(tier, period)
        let scaled = Self.scaled(tier, period)
        let span = period == .calendarMonth ? "30d" : period.label
        let windows = "\(tier.long.label(in: period)) and \(tier.short.label(in: period))"
        var text = "\(tier.budgetPercent)% of the budget in \(tier.long.label(in: period)): "
        text += "factor \(tier.budgetPercent)% × \(span) / \(tier.long.label(in: period)) = \(scaled.text)"
        if factor != scaled { text += ", raised to \(factor.text)" }
        guard factor.isAtLeastOne else {
            text += ", below 1: it would fire while the objective is met"
            return omissions.append(Omission(tier: tier, reason: text))
        }
        let threshold = Self.product(factor, budget.share)
        text += "; \(factor.text) × \(budget.share.percent) = \(threshold.percent) errors"
        guard !threshold.isAtLeastOne else {
            text += ", which no outage exceeds: it would never fire"
            return omissions.append(Omission(tier: tier, reason: text))
        }
        rules.append(Rule(tier: tier, factor: factor, reason: text + " in \(windows)"))
    }

    /// Both are in lowest terms and small: a factor below 2^40, a share of at most eleven digits a side.
    private static func product(_ left: Fraction, _ right: Fraction) -> Fraction {
        // Crossing out first keeps the products within 64 bits.
        let first = Fraction(left.numerator, right.denominator)
        let second = Fraction(right.numerator, left.denominator)
        return Fraction(first.numerator * second.numerator, first.denominator * second.denominator)
    }
}
