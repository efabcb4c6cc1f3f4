import Objectives
import Testing

/// Constant traffic through one SLO: so many events every 15 s, some of them bad, evaluated after each slot.
///
/// Seconds are counted from the first error; before it lies as much healthy history as a case wants.
struct Scenario {
    static let slotSeconds: Int64 = 15
    /// A round number of days after 1970, so that slots of every width begin together.
    static let origin: Int64 = 20_000 * 86_400

    private(set) var tracker: ObjectiveTracker
    /// Seconds since the first error.
    private(set) var second: Int64
    private(set) var fired: [Tier: Int64] = [:]
    private(set) var ended: [Tier: Int64] = [:]

    init(_ slo: SLO, healthySeconds: Int64 = 30 * 86_400, eventsPerSlot: UInt64 = 10_000) {
        second = -healthySeconds
        tracker = ObjectiveTracker(slo: slo, service: "checkout", now: Self.moment(second))
        run(until: 0, good: eventsPerSlot, bad: 0)
    }

    /// The moment of a second of the scenario.
    static func moment(_ second: Int64) -> Moment { Moment(wall: (origin + second) * 1_000) }

    /// Lets every slot until a second hold these events.
    mutating func run(until end: Int64, good: UInt64, bad: UInt64) {
        while second < end {
            let begin = Self.moment(second)
            second += Self.slotSeconds
            let now = Self.moment(second)
            tracker.advance(to: now, isObserved: true)
            if good + bad > 0 { tracker.add(good: good, bad: bad, at: begin.steady) }
            take(tracker.evaluate(at: now))
        }
    }

    private mutating func take(_ events: [AlertEvent]) {
        for event in events {
            switch event.action {
            case .fire(let at): fired[event.tier] = fired[event.tier] ?? Self.second(at)
            case .resolve(_, let endedAt): ended[event.tier] = Self.second(endedAt)
            }
        }
    }

    private static func second(_ moment: Moment) -> Int64 { moment.wall / 1_000 - origin }
}

/// Whether an alert came at a time of the research, or within a slot and an evaluation after it.
func isTimely(_ second: Int64?, _ expected: Double) -> Bool {
    guard let second else { return false }
    return Double(second) >= expected && Double(second) <= expected + 30
}
