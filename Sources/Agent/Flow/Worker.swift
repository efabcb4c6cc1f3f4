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
        /// Where the output's own position is kept, for outputs that have one.
        var positionKey: String?
    }

    private struct Inbox {
        var batches: [RecordBatch] = []
        var isClosed = false
    }

    private let inbox = Monitor(Inbox())
    private let path: Locked<RecordPath>
    private let outlets: [Outlet]
    private let book: WorkerLedger
    private let start = ContinuousClock.now
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
        lanes = outlets.enumerated().map { index, outlet in
            OutputLane { through, position in
                let mark = outlet.positionKey.map { RecordBatch.Mark(key: $0, position: position) }
                book.acknowledge(output: index, through: through, mark: position == nil ? nil : mark)
            }
        }
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
            let next = inbox.wait(for: patience(sealer)) { inbox -> [RecordBatch]? in
                if inbox.batches.isEmpty { return inbox.isClosed ? [] : nil }
                defer { inbox.batches = [] }
                return inbox.batches
            }
            let now = monotonicNanoseconds
            for batch in next ?? [] { take(batch, &sealer) }
            let isDone = next?.isEmpty ?? false
            // What came after `now` may belong to what is open: it has not waited as long yet.
            release(asOf: isDone ? .max : now, &sealer)
            seal(&sealer, everything: isDone)
            if isDone { return }
        }
    }

    /// What has been counted so far.
    func snapshot() -> SignalSnapshot { path.withLock { $0.snapshot() } }

    /// How long the worker may wait for batches; nil: until one comes.
    private func patience(_ sealer: borrowing Sealer) -> Duration? {
        let seal = sealer.timeToNextSeal
        guard let release = path.withLock({ $0.patience(now: monotonicNanoseconds) }) else { return seal }
        let wait = Duration.nanoseconds(max(0, release))
        return min(seal ?? wait, wait)
    }

    private var monotonicNanoseconds: Int64 {
        let time = (ContinuousClock.now - start).components
        return time.seconds * 1_000_000_000 + time.attoseconds / 1_000_000_000
    }

    /// Takes out request and latency series that are idle; what they had counted.
    func expireSignals(idle limit: UInt32) -> SignalSnapshot? { path.withLock { $0.expireSignals(idle: limit) } }

    /// The latencies of each service since the start.
    func latencies() -> [String: LatencySketch] { path.withLock { $0.latencies() } }

    private func take(_ batch: RecordBatch, _ sealer: inout Sealer) {
        let (number, now) = (book.last + 1, monotonicNanoseconds)
        work(marks: batch.marks, bytes: batch.bytes.count, &sealer) { path in
            path.process(batch, number: number, now: now)
            return true
        }
    }

    /// Hands on what has waited long enough for lines that did not come.
    private func release(asOf now: Int64, _ sealer: inout Sealer) {
        work(marks: [], bytes: 0, &sealer) { $0.release(asOf: now) }
    }

    /// Does some work on the record path and enters into the ledger what it leaves to deliver, unless it is false.
    private func work(
        marks: [RecordBatch.Mark],
        bytes: Int,
        _ sealer: inout Sealer,
        _ body: (inout RecordPath) -> Bool
    ) {
        var owes: UInt32 = 0
        let done: (waiting: UInt64?, outcomes: [OutcomeCount])? = path.withLock { path in
            let before = outlets.map { path.pending($0.kind).records }
            guard body(&path) else { return nil }
            for (index, outlet) in outlets.enumerated() {
                let pending = path.pending(outlet.kind)
                if pending.records > before[index] { owes |= 1 << UInt32(index) }
                sealer.pending(index, pending.bytes)
            }
            return (path.oldestOpenBatch, path.takeOutcomes())
        }
        guard let done else { return }
        count(done.outcomes)
        book.add(marks: marks, bytes: bytes, owes: owes, waiting: done.waiting)
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
