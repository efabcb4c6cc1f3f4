/// Good and bad events of a stretch of time, and how much of it was observed.
package struct EventCounts: Sendable, Equatable {
    package var good: UInt64
    package var bad: UInt64
    /// Milliseconds in which the agent watched; the rest is unknown, not healthy.
    package var coveredMillis: Int64

    /// Makes counts; by default of nothing.
    package init(good: UInt64 = 0, bad: UInt64 = 0, coveredMillis: Int64 = 0) {
        self.good = good
        self.bad = bad
        self.coveredMillis = coveredMillis
    }

    /// All events.
    package var total: UInt64 { good &+ bad }

    /// The share of bad events; nil where there are none at all, which is neither good nor bad.
    package var errorRatio: Double? { total == 0 ? nil : Double(bad) / Double(total) }

    package static func += (left: inout EventCounts, right: EventCounts) {
        left.good &+= right.good
        left.bad &+= right.bad
        left.coveredMillis &+= right.coveredMillis
    }

    package static func -= (left: inout EventCounts, right: EventCounts) {
        left.good &-= right.good
        left.bad &-= right.bad
        left.coveredMillis &-= right.coveredMillis
    }

    /// Counts of two hosts or two stretches together: ratios are made of the sum, never averaged.
    package static func + (left: EventCounts, right: EventCounts) -> EventCounts {
        var sum = left
        sum += right
        return sum
    }
}
