import Settings

/// How one SLO of one service stands: what `slo status`, the page, `/metrics` and the gate show.
package struct ObjectiveReading: Sendable, Equatable {
    /// One window of it.
    package struct Window: Sendable, Equatable {
        package let window: BurnWindow
        /// `5m` … `3d`, and the period's own name.
        package let label: String
        package let counts: EventCounts
        /// Nil where the window has no events.
        package let errorRatio: Double?
        /// Nil where the window has no events.
        package let burnRate: Double?
        /// 0…1.
        package let coverage: Double
    }

    /// One alert tier of it.
    package struct Alert: Sendable, Equatable {
        package let tier: Tier
        package let isActive: Bool
        /// When it fired; nil where it does not.
        package let firedAt: Moment?
    }

    package let slothID: String
    package let service: String
    package let name: String
    /// Percent, as it was written.
    package let objective: String
    package let period: Period
    /// Since the beginning.
    package let good: UInt64
    /// Since the beginning.
    package let bad: UInt64
    package let lateEvents: UInt64
    package let windows: [Window]
    /// Nil where the period has no events; below zero once it is overspent.
    package let budgetRemaining: Double?
    /// Infinite where the budget does not shrink; nil where nothing can be said.
    package let exhaustionSeconds: Double?
    /// The tiers that can fire.
    package let alerts: [Alert]
}

extension ObjectiveTracker {
    /// How it stands.
    package func reading(at now: Moment) -> ObjectiveReading {
        ObjectiveReading(
            slothID: slothID,
            service: service,
            name: slo.name,
            objective: slo.objective.description,
            period: slo.period,
            good: good,
            bad: bad,
            lateEvents: ladder.lateEvents,
            windows: BurnWindow.allCases.map { window($0) },
            budgetRemaining: budgetRemaining,
            exhaustionSeconds: exhaustionSeconds(at: now),
            alerts: plan.rules.map { rule in
                let alert = alert(rule.tier)
                return ObjectiveReading.Alert(tier: rule.tier, isActive: alert.isActive, firedAt: alert.firedAt)
            }
        )
    }

    private func window(_ window: BurnWindow) -> ObjectiveReading.Window {
        let counts = ladder.counts(window)
        return ObjectiveReading.Window(
            window: window,
            label: window.label(in: slo.period),
            counts: counts,
            errorRatio: counts.errorRatio,
            burnRate: slo.budget.burnRate(counts),
            coverage: ladder.coverage(window)
        )
    }

    /// The burn rate over the last so many seconds, for a gate; nil where they have no events.
    package func burnRate(overSeconds seconds: Int64) -> Double? {
        slo.budget.burnRate(ladder.counts(overSeconds: seconds))
    }
}

extension ObjectiveBoard {
    /// How every SLO of every service stands.
    package var readings: [ObjectiveReading] { trackers.map { $0.reading(at: clock.moment) } }
}
