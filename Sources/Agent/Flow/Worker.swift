import Outputs
import RecordPath

/// One core's share of the work: takes batches, runs the record path, seals requests, closes groups.
///
/// Its thread is the only one that runs the record path.
final class Worker: Sendable {
    /// An output as a worker sees it.
    struct Outlet: Sendable {
        let kind: EncoderKind
        let compression: Compression
        let headers: [(name: String, value: String)]
        let batchBytes: Int
        let batchAge: Duration
    }

    /// Where a worker's groups go, and where lines come from that the last run has consumed.
    struct Surroundings: Sendable {
        /// Hands a group over; waits while too many wait for the disk.
        let commit: @Sendable (SealedGroup) -> Void
        /// Gives the lines of a stream, once.
        let claim: @Sendable (String) -> Set<UInt64>?
        /// The memory of a batch is free.
        let release: @Sendable (Int) -> Void
        /// One worker at a time has a line that is far longer than lines should be: what it takes is many times as
        /// much.
        let longLines = LongLineTurn()
    }

    private struct Inbox {
        var batches: [RecordBatch] = []
        var isClosed = false
    }

    private let inbox = Monitor(Inbox())
    private let number: Int
    private let plan: RecordPlan
    private let outlets: [Outlet]
    private let memory: MemoryPlan
    private let surroundings: Surroundings
    private let start = ContinuousClock.now

    /// Makes a worker; `number` tells it from the others.
    init(number: Int, plan: RecordPlan, outlets: [Outlet], memory: MemoryPlan, surroundings: Surroundings) {
        self.number = number
        self.plan = plan
        self.outlets = outlets
        self.memory = memory
        self.surroundings = surroundings
    }

    /// Hands a batch over; its bytes are already taken from the budget.
    func send(_ batch: RecordBatch) { inbox.update { $0.batches.append(batch) } }

    /// No batch comes any more: `run` returns when everything is processed and sealed.
    func close() { inbox.update { $0.isClosed = true } }

    /// Works until closed.
    ///
    /// Blocks its thread.
    func run() {
        var hand = GroupBuilder(plan: plan, outlets: outlets, memory: memory, surroundings: surroundings)
        while true {
            let next = inbox.wait(for: hand.patience(now: monotonicNanoseconds)) { inbox -> [RecordBatch]? in
                if inbox.batches.isEmpty { return inbox.isClosed ? [] : nil }
                defer { inbox.batches = [] }
                return inbox.batches
            }
            let isDone = next?.isEmpty ?? false
            let now = monotonicNanoseconds
            for batch in next ?? [] {
                let cost = batch.cost
                hand.take(batch, now: monotonicNanoseconds)
                surroundings.release(cost)
                if hand.isDue { commit(&hand) }
            }
            // What came after `now` may belong to what is open: it has not waited as long yet.
            hand.release(asOf: isDone ? .max : now)
            if isDone || hand.isDue { commit(&hand) }
            if isDone { return }
        }
    }

    private func commit(_ hand: inout GroupBuilder) {
        guard var group = hand.close() else { return }
        group.worker = number
        surroundings.commit(group)
    }

    private var monotonicNanoseconds: Int64 { (ContinuousClock.now - start).nanoseconds }
}
