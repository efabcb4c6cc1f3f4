/// Hears what happens to batches, for metrics, readiness and dead letters.
///
/// Implementations are thread-safe and cheap: calls come from the delivery path, batch by batch.
package protocol DeliveryObserver: Sendable {
    /// A request came to its end; `code` is the HTTP status, or `error` without a reply.
    func attempt(_ output: String, code: String, duration: Duration, bytes: Int, encoding: String)
    /// Records are stored; `lag` is since the oldest of them was written.
    func delivered(_ output: String, records: Int, bytes: Int, lag: Duration)
    /// Records will never be stored, for a reason out of a bounded set.
    func rejected(_ output: String, records: Int, reason: String)
    /// The body of rejected records, for the dead letters.
    func deadLetters(_ output: String, batch: SealedBatch, reason: String)
    /// Records were sent again without anybody knowing whether they were stored.
    func uncertain(_ output: String, records: Int)
    /// The ids of so many records were taken by others; they were sent again under new ones.
    func collisions(_ output: String, records: Int)
    /// How the output is; the same state may be reported again and again.
    func state(_ output: String, _ state: OutputState)
}

extension DeliveryObserver {
    /// Collisions are rare enough that most observers need not care.
    package func collisions(_ output: String, records: Int) {}
}
