import Outputs
import Synchronization

/// The queue between one worker and the shipper of one output: batches in the order in which they were sealed.
///
/// Not bounded itself: what is in it counts against `MemoryBudget` until it is acknowledged, and inputs wait there.
final class OutputLane: Lane {
    private struct State {
        var waiting: [QueuedBatch] = []
        /// The worker's batch number that each lane batch covers, until it is acknowledged.
        var covers: [UInt64: UInt64] = [:]
        var bytes = 0
        var sequence: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let changed = Doorbell()
    private let settle: @Sendable (UInt64, String?) -> Void

    /// Makes an empty lane; `settle` hears up to which of the worker's batches everything is at the output, and the
    /// output's own position then.
    init(settle: @escaping @Sendable (UInt64, String?) -> Void) { self.settle = settle }

    /// Puts a batch at the end; with its acknowledgement everything up to `through` is at the output.
    func push(_ batch: SealedBatch, through: UInt64) {
        state.withLock { state in
            state.sequence += 1
            state.bytes += batch.body.count
            state.covers[state.sequence] = through
            state.waiting.append(QueuedBatch(sequence: state.sequence, batch: batch))
        }
        changed.ring()
    }

    /// No batch comes any more; what is in it is still shipped.
    func close() {
        state.withLock { $0.isClosed = true }
        changed.ring()
    }

    func next() async -> QueuedBatch? {
        while !Task.isCancelled {
            let seen = changed.rings
            let (batch, isClosed) = state.withLock { state -> (QueuedBatch?, Bool) in
                state.waiting.isEmpty ? (nil, state.isClosed) : (state.waiting.removeFirst(), false)
            }
            if batch != nil || isClosed { return batch }
            await changed.wait(past: seen)
        }
        return nil
    }

    func acknowledge(_ sequence: UInt64, position: String?) {
        // One batch is on its way at a time, so acknowledgements come in order.
        if let through = state.withLock({ $0.covers.removeValue(forKey: sequence) }) { settle(through, position) }
    }

    func abandon(_ sequence: UInt64, mayBeStored: Bool) {}
}
