/// When alert tiers would have fired and resolved, and how each SLO stood at the end.
package struct BacktestReport: Sendable, Equatable {
    /// One firing of one tier.
    package struct Firing: Sendable, Equatable {
        package let slothID: String
        package let tier: Tier
        package let firedAt: Moment
        /// When its condition ended; nil: it was still met at the end of the records.
        package var resolvedAt: Moment?

        /// Makes a firing.
        package init(slothID: String, tier: Tier, firedAt: Moment, resolvedAt: Moment? = nil) {
            self.slothID = slothID
            self.tier = tier
            self.firedAt = firedAt
            self.resolvedAt = resolvedAt
        }
    }

    /// How an SLO of a service stood at the end of the records.
    package struct Summary: Sendable, Equatable {
        package let reading: ObjectiveReading
        /// Bad events among all of the records.
        package let errorRatio: Double?
    }

    /// By time, then by id and tier.
    package private(set) var firings: [Firing] = []
    /// By id.
    package private(set) var summaries: [Summary] = []

    mutating func take(_ event: AlertEvent) {
        switch event.action {
        case .fire(let moment):
            firings.append(Firing(slothID: event.slothID, tier: event.tier, firedAt: moment, resolvedAt: nil))
        case .resolve(let firedAt, let endedAt): resolve(event.slothID, event.tier, firedAt, endedAt)
        }
    }

    private mutating func resolve(_ slothID: String, _ tier: Tier, _ firedAt: Moment, _ endedAt: Moment) {
        let index = firings.lastIndex { $0.slothID == slothID && $0.tier == tier && $0.firedAt == firedAt }
        if let index { firings[index].resolvedAt = endedAt }
    }

    /// Takes the state at the end: an alert whose condition has ended is over, even if its hold is not.
    mutating func finish(_ tracker: ObjectiveTracker, at end: Moment) {
        for tier in Tier.allCases {
            if case .ending(let firedAt, let endedAt) = tracker.alert(tier).phase {
                resolve(tracker.slothID, tier, firedAt, endedAt)
            }
        }
        let all = EventCounts(good: tracker.good, bad: tracker.bad)
        summaries.append(Summary(reading: tracker.reading(at: end), errorRatio: all.errorRatio))
    }

    mutating func sort() {
        let order = Tier.allCases
        firings.sort { left, right in
            (left.firedAt.wall, left.slothID, order.firstIndex(of: left.tier) ?? 0)
                < (right.firedAt.wall, right.slothID, order.firstIndex(of: right.tier) ?? 0)
        }
        summaries.sort { $0.reading.slothID < $1.reading.slothID }
    }

    /// One line of JSON for each firing, then one for each SLO.
    package var jsonLines: [String] { firings.map(\.json) + summaries.map(\.json) }
}

extension BacktestReport.Firing {
    fileprivate var json: String {
        JSONLine.object { line in
            line.field("sloth_id", slothID)
            line.field("tier", tier.rawValue)
            line.field("fired_at", firedAt.rfc3339)
            line.field("resolved_at", resolvedAt?.rfc3339)
        }
    }
}

extension BacktestReport.Summary {
    fileprivate var json: String {
        JSONLine.object { line in
            line.field("sloth_id", reading.slothID)
            let summary = JSONLine.object { line in
                line.field("good", reading.good)
                line.field("bad", reading.bad)
                line.field("error_ratio", errorRatio)
                line.field("burn_rate", json: reading.burnRates)
                line.field("budget_remaining", reading.budgetRemaining)
            }
            line.field("summary", json: summary)
        }
    }
}
