/// What became of the records of one batch: given with its acknowledgement, so that it is counted with it.
package struct BatchResult: Sendable, Equatable {
    /// Records that are stored.
    package var shipped = 0
    /// Records that will never be stored, by reason.
    package var dropped: [String: Int] = [:]
    /// Records that may stand twice.
    package var uncertain = 0
    /// Records that were sent under another id because theirs was taken.
    package var collisions = 0
    /// From the oldest record's time to the last reply that stored any; nil: none was stored.
    package var lag: Duration?
    /// Bodies of records that will never be stored, and why.
    package var deadLetters: [DeadLetter] = []

    /// A body that an output refused.
    package struct DeadLetter: Sendable, Equatable {
        package var batch: SealedBatch
        package var reason: String
    }

    /// Makes a result of nothing.
    package init() {}

    /// Adds what was reported; `now` is the wall clock, nanoseconds since 1970.
    package mutating func add(_ report: Delivery.Report, now: Int64) {
        switch report {
        case .delivered(let batch, let records):
            shipped += records
            lag = max(lag ?? .zero, .nanoseconds(max(0, now &- batch.oldest)))
        case .rejected(let records, let reason): dropped[reason, default: 0] += records
        case .deadLetters(let batch, let reason): deadLetters.append(DeadLetter(batch: batch, reason: reason))
        case .uncertain(let records): uncertain += records
        case .collisions(let records): collisions += records
        }
    }
}
