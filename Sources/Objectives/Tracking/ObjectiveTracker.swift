/// One SLO of one service: its counts over all windows and its alerts.
///
/// Pure: told what happened and what time it is, it answers what to announce. The clock is its owner's.
package struct ObjectiveTracker: Sendable {
    package let slo: SLO
    /// The service, which is never `*`.
    package let service: String
    package let slothID: String
    package let plan: TierPlan
    /// Events since the beginning: the counters `martlet_slo_events_total`, which never go back.
    package private(set) var good: UInt64 = 0
    package private(set) var bad: UInt64 = 0
    package private(set) var ladder: Ladder
    /// One for each tier, in the order of `Tier.allCases`.
    private var alerts = Array(repeating: AlertState(), count: Tier.allCases.count)

    /// Makes a tracker that has seen nothing before `now`.
    package init(slo: SLO, service: String, now: Moment) {
        self.slo = slo
        self.service = service
        slothID = slo.slothID(for: service)
        plan = slo.tiers
        ladder = Ladder(period: slo.period, now: now.steady)
        beginMonth(at: now)
    }

    // MARK: What happens

    /// Moves on; what lies between counts as observed where `isObserved`.
    package mutating func advance(to now: Moment, isObserved: Bool) {
        ladder.advance(to: now.steady, isObserved: isObserved)
        beginMonth(at: now)
    }

    private mutating func beginMonth(at now: Moment) {
        guard slo.period == .calendarMonth else { return }
        ladder.beginPeriod(at: now.steady - (now.wall - CalendarMonth.start(of: now.wall)))
    }

    /// Counts events at a steady time.
    package mutating func add(good: UInt64, bad: UInt64, at time: Int64) {
        self.good &+= good
        self.bad &+= bad
        ladder.add(good: good, bad: bad, at: time)
    }

    /// Says that a stretch was observed after all.
    package mutating func observe(_ range: Range<Int64>) { ladder.observe(range) }

    /// Says that lines of a stretch were lost unread.
    package mutating func lose(_ range: Range<Int64>) { ladder.lose(range) }

    // MARK: Alerts

    /// Looks at every tier; what to announce.
    package mutating func evaluate(at now: Moment) -> [AlertEvent] {
        var events: [AlertEvent] = []
        for rule in plan.rules {
            let hold = slo.alert.hold(rule.tier)
            let index = Self.index(rule.tier)
            guard let action = alerts[index].evaluate(condition(rule), at: now, holdMillis: hold) else { continue }
            events.append(AlertEvent(slothID: slothID, tier: rule.tier, action: action))
        }
        return events
    }

    /// The alert of a tier.
    package func alert(_ tier: Tier) -> AlertState { alerts[Self.index(tier)] }

    private static func index(_ tier: Tier) -> Int { Tier.allCases.firstIndex(of: tier) ?? 0 }

    /// Both windows above the factor, enough bad events, and for tickets enough of the long window known.
    private func condition(_ rule: TierPlan.Rule) -> AlertState.Condition {
        let long = ladder.counts(rule.tier.long)
        let isExceeded =
            slo.budget.isExceeded(by: ladder.counts(rule.tier.short), factor: rule.factor)
            && slo.budget.isExceeded(by: long, factor: rule.factor) && long.bad >= slo.alert.minimumBad
        if isExceeded { return rule.tier.needsCoverage && !ladder.isHalfCovered(rule.tier.long) ? .unknown : .met }
        // An empty window that nobody watched says nothing about the end of an incident.
        return ladder.isHalfCovered(rule.tier.short) ? .notMet : .unknown
    }

    // MARK: Budget

    /// The share of the period's budget that is left; nil where the period has no events.
    package var budgetRemaining: Double? { slo.budget.remaining(ladder.counts(.period)) }

    /// Seconds until the budget is gone if things go on as in the last hour; infinite where it does not shrink, nil
    /// where the last hour or the period has no events.
    package func exhaustionSeconds(at now: Moment) -> Double? {
        let hour = ladder.counts(.oneHour)
        guard let remaining = budgetRemaining, let burn = slo.budget.burnRate(hour) else { return nil }
        if remaining <= 0 { return 0 }
        if case .rolling(let seconds) = slo.period {
            // A rolling period also sheds its oldest errors.
            let net = burn - (slo.budget.burnRate(ladder.leaving) ?? 0)
            return net > 0 ? remaining * Double(seconds) / net : .infinity
        }
        guard burn > 1 else { return .infinity }
        let rate = Double(hour.total) / 3_600
        let seconds = remaining * Double(ladder.counts(.period).total) / (rate * (burn - 1))
        let untilNextMonth = Double(CalendarMonth.bounds(of: now.wall).upperBound - now.wall) / 1_000
        return seconds <= untilNextMonth ? seconds : .infinity
    }

    // MARK: Serialised state

    func encode(to writer: inout StateWriter) {
        writer.put(slo.fingerprint)
        writer.put(good)
        writer.put(bad)
        ladder.encode(to: &writer)
        for alert in alerts { alert.encode(to: &writer) }
    }

    /// Takes over what another run wrote; false where it is damaged.
    ///
    /// Where something else is counted now, only the counters go on: they must never go back.
    mutating func restore(from reader: inout StateReader) -> Bool {
        var restored = self
        guard let fingerprint = reader.unsigned(), let good = reader.unsigned(), let bad = reader.unsigned(),
            restored.ladder.restore(from: &reader)
        else { return false }
        for index in restored.alerts.indices {
            guard let alert = AlertState(from: &reader) else { return false }
            // A tier that a new configuration left out must not stay active for ever.
            let isPlanned = plan.rules.contains { Self.index($0.tier) == index }
            if isPlanned { restored.alerts[index] = alert }
        }
        if fingerprint == slo.fingerprint { self = restored }
        self.good = good
        self.bad = bad
        return true
    }
}
