/// Events of one SLO and service in one slot of time: what a worker counts and a commit carries.
package struct ObjectiveCount: Sendable, Equatable {
    /// Slots that counts are gathered in before they are committed, in milliseconds: the finest of the ladders.
    package static let slotMillis: Int64 = 15_000

    /// The index of the SLO in its `SLOSet`.
    package var slo: Int
    package var service: String
    package var good: UInt64
    package var bad: UInt64
    /// The events' time on the wall clock, milliseconds since 1970; any of the slot.
    package var time: Int64

    /// Makes a count.
    package init(slo: Int, service: String, good: UInt64, bad: UInt64, time: Int64) {
        self.slo = slo
        self.service = service
        self.good = good
        self.bad = bad
        self.time = time
    }
}
