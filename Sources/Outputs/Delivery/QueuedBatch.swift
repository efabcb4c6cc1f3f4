/// A batch with its place in a lane.
package struct QueuedBatch: Sendable, Equatable {
    /// Grows by one from batch to batch of one lane.
    package let sequence: UInt64
    package let batch: SealedBatch
    /// It was on its way before, and what became of it is not known: look before sending it.
    package let mayBeStored: Bool

    /// Makes a queued batch.
    package init(sequence: UInt64, batch: SealedBatch, mayBeStored: Bool = false) {
        self.sequence = sequence
        self.batch = batch
        self.mayBeStored = mayBeStored
    }
}
