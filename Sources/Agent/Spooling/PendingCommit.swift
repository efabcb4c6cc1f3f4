import Outputs

/// What has come to the keeper and is not durable yet.
struct PendingCommit {
    var groups: [SealedGroup] = []
    /// Batches at their end; what was refused of them is written down before, and taken out here.
    var endings: [SpoolLane.Ending] = []
    /// Requests to outputs.
    private(set) var attempts: [String: DeliveryCounts] = [:]
    private(set) var gaps: [InputStates.Gap: UInt64] = [:]
    /// What is committed along with the rest, by name.
    var notes: [String: [UInt8]] = [:]

    /// Adds what was counted outside of groups.
    mutating func add(_ attempts: [String: DeliveryCounts], _ gaps: [InputStates.Gap: UInt64]) {
        for (name, counts) in attempts { self.attempts[name, default: DeliveryCounts()].add(counts) }
        self.gaps.merge(gaps, uniquingKeysWith: &+)
    }

    /// Everything but the groups that found no room is durable.
    mutating func committed(_ plan: CommitPlan) {
        groups.removeFirst(plan.groups)
        (endings, attempts, gaps, notes) = ([], [:], [:], [:])
    }
}
