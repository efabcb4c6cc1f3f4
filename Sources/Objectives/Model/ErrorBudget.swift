import Settings

/// The share of events that may be bad, and everything that is measured by it: integers until the last division.
package struct ErrorBudget: Sendable, Equatable {
    /// One minus the objective.
    package let share: Fraction

    /// The budget of an objective in percent; nil unless that is above 0 and below 100.
    package init?(objectivePercent objective: ExactDecimal) {
        guard objective > ExactDecimal(digits: 0), objective < ExactDecimal(digits: 100) else { return nil }
        let whole = 100 * objective.denominator
        share = Fraction(whole - objective.digits, whole)
    }

    /// Whether the error ratio is above `factor` times the budget, strictly; never where there are no events.
    package func isExceeded(by counts: EventCounts, factor: Fraction) -> Bool {
        let limit = Int128(share.numerator) * Int128(factor.numerator)
        let scale = Int128(share.denominator) * Int128(factor.denominator)
        let (bad, badOverflows) = Int128(counts.bad).multipliedReportingOverflow(by: scale)
        let (allowed, allowedOverflows) = Int128(counts.total).multipliedReportingOverflow(by: limit)
        // Counts of a host are far below what 128 bits hold; a damaged state still gets an answer.
        return allowedOverflows ? false : badOverflows ? true : bad > allowed
    }

    /// How many times faster than allowed the budget goes; nil where there are no events.
    package func burnRate(_ counts: EventCounts) -> Double? {
        guard counts.total > 0 else { return nil }
        let spent = UInt128(counts.bad) * UInt128(share.denominator)
        return Double(spent) / Double(UInt128(counts.total) * UInt128(share.numerator))
    }

    /// The share of the period's budget that is left, below zero once it is overspent; nil where there are no events.
    package func remaining(_ counts: EventCounts) -> Double? {
        guard counts.total > 0 else { return nil }
        let allowed = Int128(counts.total) * Int128(share.numerator)
        return Double(allowed - Int128(counts.bad) * Int128(share.denominator)) / Double(allowed)
    }
}
