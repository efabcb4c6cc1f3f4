/// The queue of one output, as its shipper sees it.
package protocol Lane: Sendable {
    /// The next batch, in order; waits for one. Nil when the lane is closed and empty, or the task is cancelled.
    func next() async -> QueuedBatch?
    /// Every record of this batch is stored or has been reported as rejected.
    ///
    /// With several batches on their way, later ones may be acknowledged first. `position` is the output's own,
    /// to be kept with the acknowledgement (`Output.position`), as `result` is to be counted with it.
    func acknowledge(_ sequence: UInt64, position: String?, result: BatchResult)
    /// The shipper was stopped with this batch in its hands; it stays in the lane.
    func abandon(_ sequence: UInt64, mayBeStored: Bool)
}
