import Synchronization

/// A lane that lives in memory, bounded by bytes.
///
/// What is on its way counts: there is room again only when a batch has come to its end.
package final class MemoryLane: Lane {
    private struct State {
        var waiting: [QueuedBatch] = []
        var onTheWay: [UInt64: QueuedBatch] = [:]
        var bytes = 0
        var sequence: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let changed = Doorbell()
    private let bytesMax: Int
    private let acknowledged: @Sendable (UInt64, String?) -> Void

    /// Makes an empty lane; `acknowledged` is called for every batch that came to its end.
    package init(bytesMax: Int, acknowledged: @escaping @Sendable (UInt64, String?) -> Void = { _, _ in }) {
        self.bytesMax = bytesMax
        self.acknowledged = acknowledged
    }

    /// Bytes of the batches in it, those on their way included.
    package var bytes: Int { state.withLock(\.bytes) }

    /// The batches in it, those on their way included, in order.
    package var batches: [QueuedBatch] {
        state.withLock { state in (state.waiting + state.onTheWay.values).sorted { $0.sequence < $1.sequence } }
    }

    /// Puts a batch at the end, once there is room; a single batch always fits an empty lane.
    ///
    /// False when the lane is closed or the task was cancelled: the batch was not taken.
    package func offer(_ batch: SealedBatch, mayBeStored: Bool = false) async -> Bool {
        while !Task.isCancelled {
            let seen = changed.rings
            if let isTaken = tryToTake(batch, mayBeStored) { return isTaken }
            await changed.wait(past: seen)
        }
        return false
    }

    /// No batch comes any more; what is in it is still shipped.
    package func close() {
        state.withLock { $0.isClosed = true }
        changed.ring()
    }

    package func next() async -> QueuedBatch? {
        while !Task.isCancelled {
            let seen = changed.rings
            let (batch, isClosed) = state.withLock { state -> (QueuedBatch?, Bool) in
                guard !state.waiting.isEmpty else { return (nil, state.isClosed) }
                let batch = state.waiting.removeFirst()
                state.onTheWay[batch.sequence] = batch
                return (batch, false)
            }
            if batch != nil || isClosed { return batch }
            await changed.wait(past: seen)
        }
        return nil
    }

    package func acknowledge(_ sequence: UInt64, position: String?, result: BatchResult) {
        state.withLock { state in
            guard let batch = state.onTheWay.removeValue(forKey: sequence) else { return }
            state.bytes -= batch.batch.body.count
        }
        acknowledged(sequence, position)
        changed.ring()
    }

    package func abandon(_ sequence: UInt64, mayBeStored: Bool) {
        state.withLock { state in
            guard let old = state.onTheWay.removeValue(forKey: sequence) else { return }
            let batch = QueuedBatch(sequence: sequence, batch: old.batch, mayBeStored: mayBeStored)
            let place = state.waiting.firstIndex { $0.sequence > sequence } ?? state.waiting.endIndex
            state.waiting.insert(batch, at: place)
        }
        changed.ring()
    }

    /// Nil: there is no room yet.
    private func tryToTake(_ batch: SealedBatch, _ mayBeStored: Bool) -> Bool? {
        let isTaken: Bool? = state.withLock { state in
            if state.isClosed { return false }
            guard state.bytes == 0 || state.bytes + batch.body.count <= bytesMax else { return nil }
            state.sequence += 1
            state.bytes += batch.body.count
            state.waiting.append(QueuedBatch(sequence: state.sequence, batch: batch, mayBeStored: mayBeStored))
            return true
        }
        if isTaken == true { changed.ring() }
        return isTaken
    }
}
