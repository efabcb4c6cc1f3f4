/// The SLOs as the record path sees them: what each counts, and which of them a service has.
package struct ObjectivePlan: Sendable {
    /// In the order of the configuration; counts name an objective by its index.
    let indicators: [Indicator]
    /// Asked once for each service that a worker meets.
    let indicesOfService: @Sendable (String) -> [Int]

    /// Makes a plan; `indices` gives the indices of the objectives that a service has.
    package init(_ indicators: [Indicator], indices: @escaping @Sendable (String) -> [Int]) {
        self.indicators = indicators
        indicesOfService = indices
    }
}

/// Good and bad events of one objective and service in one slot of time.
package struct OutcomeCount: Sendable, Equatable {
    /// Slots that events are gathered in, nanoseconds.
    package static let slotNanos: Int64 = 15_000_000_000

    /// Index in the `ObjectivePlan`.
    package let objective: Int
    package let service: String
    package var good: UInt64
    package var bad: UInt64
    /// The beginning of the slot, nanoseconds since 1970.
    package let time: Int64

    /// Makes a count.
    package init(objective: Int, service: String, good: UInt64, bad: UInt64, time: Int64) {
        self.objective = objective
        self.service = service
        self.good = good
        self.bad = bad
        self.time = time
    }
    init(objective: Int, service: String, good: UInt64, bad: UInt64, slot: UInt64) {
        self.init(
            objective: objective,
            service: service,
            good: good,
            bad: bad,
            time: Int64(slot) * Self.slotNanos
        )
    }
}
