import Objectives
import TestSupport

/// What a service went through, at random: traffic that comes and goes, and incidents of all sizes.
///
/// Kept as the events of each slot of 15 s from `start` on, so that every window can be recounted.
struct IncidentHistory {
    static let slotSeconds = 15
    let start: Int64
    let slo: SLO
    let id: String
    private(set) var slots: [EventCounts] = []

    /// The second at which it ends.
    var end: Int64 { start + Int64(slots.count * Self.slotSeconds) }

    /// Makes a history of some hours.
    init(_ id: String, _ slo: SLO, start: Int64, hours: Int, _ random: inout SeededGenerator) {
        self.id = id
        self.slo = slo
        self.start = start
        let count = hours * 3_600 / Self.slotSeconds
        slots.reserveCapacity(count)
        while slots.count < count {
            // A stretch of a minute to an hour: idle, healthy, or with errors of some severity.
            let length = min(count - slots.count, Int.random(in: 4...240, using: &random))
            let traffic: Int = [0, 1, 5, 40, 300].randomElement(using: &random) ?? 1
            let errors: Double = [0.0, 0, 0.001, 0.01, 0.2, 1].randomElement(using: &random) ?? 0
            for _ in 0..<length { slots.append(Self.slot(traffic, errors, &random)) }
        }
    }

    private static func slot(_ traffic: Int, _ errors: Double, _ random: inout SeededGenerator) -> EventCounts {
        let total = Int.random(in: 0...(2 * traffic), using: &random)
        let bad = (0..<total).count { _ in Double.random(in: 0..<1, using: &random) < errors }
        return EventCounts(good: UInt64(total - bad), bad: UInt64(bad))
    }

    /// Nothing happens for five minutes on either side of a second.
    mutating func quieten(around second: Int64) {
        let middle = Int(second - start) / Self.slotSeconds
        for slot in max(0, middle - 20)..<min(slots.count, middle + 20) { slots[slot] = EventCounts() }
    }

    /// Every event in a range of seconds, counted one slot after another.
    func recount(_ seconds: Range<Int64>) -> EventCounts {
        let range = seconds.clamped(to: start..<end)
        let first = Int(range.lowerBound - start) / Self.slotSeconds
        let last = Int(range.upperBound - start) / Self.slotSeconds
        return first < last ? slots[first..<last].reduce(EventCounts(), +) : EventCounts()
    }

    /// What the agent says at some moments, which must ascend.
    func readings(at moments: [Int64]) -> [ObjectiveReading] {
        var tracker = ObjectiveTracker(slo: slo, service: "shop", now: Moment(wall: start * 1_000))
        var readings: [ObjectiveReading] = []
        for (index, counts) in slots.enumerated() {
            let begin = start + Int64(index * Self.slotSeconds)
            let now = Moment(wall: (begin + Int64(Self.slotSeconds)) * 1_000)
            tracker.advance(to: now, isObserved: true)
            tracker.add(good: counts.good, bad: counts.bad, at: begin * 1_000)
            if moments.contains(now.wall / 1_000) { readings.append(tracker.reading(at: now)) }
        }
        return readings
    }

    /// The agent's counters and objective as scrapes every so many seconds saw them, in OpenMetrics without the types.
    func scrapes(every step: Int) -> (events: String, objective: String) {
        let labels = "sloth_id=\"\(id)\",sloth_service=\"shop\",sloth_slo=\"\(id)\""
        var lines = (good: "", bad: "", objective: "")
        var sum = EventCounts()
        let objective = 1 - Double(slo.budget.share.numerator) / Double(slo.budget.share.denominator)
        for index in 0...slots.count {
            let time = start + Int64(index * Self.slotSeconds)
            if (time - start) % Int64(step) == 0 {
                lines.good += "martlet_slo_events_total{outcome=\"good\",\(labels)} \(sum.good) \(time)\n"
                lines.bad += "martlet_slo_events_total{outcome=\"bad\",\(labels)} \(sum.bad) \(time)\n"
                if time > end - 3_600 {
                    lines.objective += "martlet_slo_objective_ratio{\(labels)} \(objective) \(time)\n"
                }
            }
            if index < slots.count { sum += slots[index] }
        }
        return (lines.good + lines.bad, lines.objective)
    }
}
