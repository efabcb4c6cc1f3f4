import Outputs
import RecordPath

/// One core's share of the work: takes batches, runs the record path, seals requests, settles positions.
///
/// Its thread is the only one that runs the record path; `snapshot` borrows it between two batches.
final class Worker: Sendable {
    /// An output as a worker sees it.
    struct Outlet: Sendable {
        let kind: EncoderKind
        let compression: Compression
        let headers: [(name: String, value: String)]
        let batchBytes: Int
        let batchAge: Duration
    }

    private struct Inbox {
        var batches: [RecordBatch] = []
        var isClosed = false
    }

    private let inbox = Monitor(Inbox())
    private let path: Locked<RecordPath>
    private let outlets: [Outlet]
    private let book: WorkerLedger
    private let count: @Sendable ([OutcomeCount]) -> Void
    let lanes: [OutputLane]

    /// `count` gets the events of SLOs after every batch.
    init(
        plan: RecordPlan,
        outlets: [Outlet],
        budget: MemoryBudget,
        positions: PositionStore,
        count: @escaping @Sendable ([OutcomeCount]) -> Void
    ) {
        self.count = count
        path = Locked(RecordPath(plan))
        self.outlets = outlets
        let book = WorkerLedger(budget: budget, positions: positions)
        self.book = book
        lanes = outlets.indices.map { index in OutputLane { book.acknowledge(output: index, through: $0) } }
    }

    /// Hands a batch over; its bytes are already taken from the budget.
    func send(_ batch: RecordBatch) { inbox.update { $0.batches.append(batch) } }

    /// No batch comes any more: `run` returns when everything is processed and sealed.
    func close() { inbox.update { $0.isClosed = true } }

    /// Works until closed.
    ///
    /// Blocks its thread.
    func run() {
        var sealer = Sealer(outlets: outlets)
        while true {
            let next = inbox.wait(for: sealer.timeToNextSeal) { inbox -> [RecordBatch]? in
                if inbox.batches.isEmpty { return inbox.isClosed ? [] : nil }
                defer { inbox.batches = [] }
                return inbox.batches
            }
            for batch in next ?? [] { take(batch, &sealer) }
            let isDone = next?.isEmpty ?? false
            seal(&sealer, everything: isDone)
            if isDone { return }
        }
    }

    /// What has been counted so far.
    func snapshot() -> SignalSnapshot { path.withLock { $0.snapshot() } }

    /// The latencies of each service since the start.
    func latencies() -> [String: LatencySketch] { path.withLock { $0.latencies() } }

    private func take(_ batch: RecordBatch, _ sealer: inout Sealer) {
        var owes: UInt32 = 0
        let outcomes = path.withLock { path in
            let before = outlets.map { path.pending($0.kind).records }
            path.process(batch)
            for (index, outlet) in outlets.enumerated() {
                let pending = path.pending(outlet.kind)
                if pending.records > before[index] { owes |= 1 << UInt32(index) }
                sealer.pending(index, pending.bytes)
            }
            return path.takeOutcomes()
        }
        count(outcomes)
        book.add(marks: batch.marks, bytes: batch.bytes.count, owes: owes)
        for index in outlets.indices where sealer.isFull(index) { seal(index, &sealer) }
    }

    private func seal(_ sealer: inout Sealer, everything: Bool) {
        for index in outlets.indices where sealer.isDue(index) || (everything && sealer.hasPending(index)) {
            seal(index, &sealer)
        }
    }

    private func seal(_ index: Int, _ sealer: inout Sealer) {
        let outlet = outlets[index]
        sealer.raw.removeAll()
        let (records, oldest) = path.withLock { path in
            let pending = path.pending(outlet.kind)
            path.take(outlet.kind, into: &sealer.raw)
            return (pending.records, pending.oldest)
        }
        guard let body = sealer.compress(index) else {
            preconditionFailure("a batch of \(sealer.raw.count) bytes cannot be compressed")
        }
        let batch = SealedBatch(
            body: body,
            headers: outlet.headers,
            records: records,
            rawBytes: sealer.raw.count,
            oldest: oldest
        )
        lanes[index].push(batch, through: book.last)
    }
}
