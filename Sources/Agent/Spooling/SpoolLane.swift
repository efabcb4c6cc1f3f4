import Outputs
import Spool
import Synchronization

/// The queue of one output as its shipper sees it: batches of the spool, once they are durable.
///
/// Fresh batches come from memory as long as few wait; the disk is read to catch up.
package final class SpoolLane: Lane {
    /// A batch, or damaged ones, at their end: for the next commit.
    package struct Ending: Sendable {
        package var settlement: Settlement
        var counts: DeliveryCounts
        var position: String?
        var deadLetters: [BatchResult.DeadLetter] = []
    }

    private struct State: ~Copyable {
        var reader: LaneReader
        var view: LaneView
        var fresh: [UInt64: SealedBatch] = [:]
        var freshBytes = 0
        /// Batches that were handed out.
        var onTheWay: [UInt64: (records: Int, oldest: Int64, bytes: Int)] = [:]
        var onTheWayBytes = 0
        /// Below here batches may have been sent.
        var sentBelow: UInt64
        var isClosed = false

        /// A batch is no longer on its way.
        mutating func takeBack(_ sequence: UInt64) -> (records: Int, oldest: Int64, bytes: Int)? {
            let batch = onTheWay.removeValue(forKey: sequence)
            onTheWayBytes -= batch?.bytes ?? 0
            return batch
        }
    }

    private enum Next {
        case batch(QueuedBatch)
        case damaged(Ending)
        case blocked
        case nothing(isClosed: Bool)
    }

    /// Batches that may be sent between two commits.
    private static let leaseBatches: UInt64 = 16
    /// Bytes of batches that are kept in memory until they are sent.
    private let freshBytesMax: Int
    /// Bytes of batches that are handed out at the same time; a single one may be larger.
    private let onTheWayBytesMax: Int

    let index: Int
    private let state: Mutex<State>
    private let changed = Doorbell()
    /// What was below the lease when the last run ended may be stored.
    private let inDoubtBelow: UInt64
    private let ended: @Sendable (Ending) -> Void

    /// Makes the lane with a number, from where it stood; `ended` hears of batches at their end.
    package init(
        _ index: Int,
        files: any SpoolFiles,
        view: LaneView,
        memory: MemoryPlan = MemoryPlan(limit: 256 << 20, cores: 1, outputs: 1),
        ended: @escaping @Sendable (Ending) -> Void
    ) {
        self.index = index
        freshBytesMax = memory.freshBytes
        onTheWayBytesMax = memory.onTheWayBytes
        self.ended = ended
        inDoubtBelow = view.state.lease
        state = Mutex(
            State(
                reader: LaneReader(files, from: view.state),
                view: view,
                sentBelow: min(view.state.lease, view.state.next)
            )
        )
    }

    // MARK: For the keeper

    /// Shows what has become durable; `batches` are those of it that are still in memory.
    package func publish(_ view: LaneView, fresh batches: [(sequence: UInt64, batch: SealedBatch)]) {
        state.withLock { state in
            state.view = view
            state.reader.catchUp(view)
            // Dropped to make room: on disk they are gone too.
            for sequence in state.fresh.keys where sequence < view.state.cursor {
                state.freshBytes -= state.fresh.removeValue(forKey: sequence)?.body.count ?? 0
            }
            for (sequence, batch) in batches where state.freshBytes + batch.body.count <= freshBytesMax {
                state.fresh[sequence] = batch
                state.freshBytes += batch.body.count
            }
        }
        changed.ring()
    }

    /// Below which sequence batches may be sent before the commit after the next.
    package var wantedLease: UInt64 { state.withLock { $0.reader.next + Self.leaseBatches } }

    /// Below which sequence batches may be stored, now that the shipper has stopped.
    var leaseAtRest: UInt64 { state.withLock { max($0.sentBelow, $0.view.state.cursor) } }

    /// The time of the oldest record that is on its way, nanoseconds since 1970; nil: nothing is.
    ///
    /// Batches go out in order: what waits behind is younger, as far as lines come in order.
    var oldestOnTheWay: Int64? { state.withLock { $0.onTheWay.values.map(\.oldest).min() } }

    /// No batch comes any more; what is in it is still shipped.
    package func close() {
        state.withLock { $0.isClosed = true }
        changed.ring()
    }

    // MARK: Lane

    package func next() async -> QueuedBatch? {
        while !Task.isCancelled {
            let seen = changed.rings
            switch state.withLock({ take(&$0) }) {
            case .batch(let batch): return batch
            case .damaged(let ending): ended(ending)
            case .blocked: try? await Task.sleep(for: .seconds(1))
            case .nothing(let isClosed):
                if isClosed { return nil }
                await changed.wait(past: seen)
            }
        }
        return nil
    }

    package func acknowledge(_ sequence: UInt64, position: String?, result: BatchResult) {
        let records = state.withLock { $0.takeBack(sequence)?.records }
        guard let records else { return }
        changed.ring()
        ended(
            Ending(
                settlement: Settlement(lane: index, first: sequence, records: UInt64(records)),
                counts: DeliveryCounts(result),
                position: position,
                deadLetters: result.deadLetters
            )
        )
    }

    package func abandon(_ sequence: UInt64, mayBeStored: Bool) {
        state.withLock { state in
            if state.takeBack(sequence) != nil, mayBeStored {
                state.sentBelow = max(state.sentBelow, sequence + 1)
            }
        }
        changed.ring()
    }

    private func take(_ state: inout State) -> Next {
        while true {
            let sequence = state.reader.next
            guard sequence < state.view.state.next else { return .nothing(isClosed: state.isClosed) }
            guard sequence < state.view.state.lease, state.onTheWayBytes < onTheWayBytesMax else {
                return .nothing(isClosed: false)
            }
            if let batch = state.fresh.removeValue(forKey: sequence) {
                state.freshBytes -= batch.body.count
                state.reader.skip(sequence, records: UInt32(clamping: batch.records))
                return .batch(hand(batch, sequence, &state))
            }
            switch state.reader.read(state.view) {
            case .batch(let stored) where state.view.state.isSettled(stored.sequence): continue
            case .batch(let stored):
                guard let batch = stored.sealed else {
                    return .damaged(lost(stored.sequence, 1, UInt64(stored.records)))
                }
                return .batch(hand(batch, stored.sequence, &state))
            case .damaged(let first, let count, let records): return .damaged(lost(first, count, records))
            case .blocked: return .blocked
            case .end: return .nothing(isClosed: state.isClosed)
            }
        }
    }

    private func hand(_ batch: SealedBatch, _ sequence: UInt64, _ state: inout State) -> QueuedBatch {
        state.onTheWay[sequence] = (batch.records, batch.oldest, batch.body.count)
        state.onTheWayBytes += batch.body.count
        return QueuedBatch(sequence: sequence, batch: batch, mayBeStored: sequence < inDoubtBelow)
    }

    private func lost(_ first: UInt64, _ count: UInt64, _ records: UInt64) -> Ending {
        var counts = DeliveryCounts()
        counts.dropped["spool_damaged"] = records
        return Ending(
            settlement: Settlement(lane: index, first: first, count: count, records: records),
            counts: counts
        )
    }
}
