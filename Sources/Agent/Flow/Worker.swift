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

    private struct Inbox {
        var batches: [RecordBatch] = []
        var isClosed = false
    }

    private let inbox = Monitor(Inbox())
    private let plan: RecordPlan
    private let outlets: [Outlet]
    private let groupBytes: Int
    private let commit: @Sendable (SealedGroup) -> Void

    /// Makes a worker that closes a group after `groupBytes` of lines and hands it to `commit`.
    init(
        plan: RecordPlan,
        outlets: [Outlet],
        groupBytes: Int,
        commit: @escaping @Sendable (SealedGroup) -> Void
    ) {
        self.plan = plan
        self.outlets = outlets
        self.groupBytes = groupBytes
        self.commit = commit
    }

    /// Hands a batch over; its bytes are already taken from the budget.
    func send(_ batch: RecordBatch) { inbox.update { $0.batches.append(batch) } }

    /// No batch comes any more: `run` returns when everything is processed and sealed.
    func close() { inbox.update { $0.isClosed = true } }

    /// Works until closed.
    ///
    /// Blocks its thread.
    func run() {
        var path = RecordPath(plan)
        var sealer = Sealer(outlets: outlets, groupBytes: groupBytes)
        var group = SealedGroup(bounds: plan.latencyBounds)
        var counted = path.snapshot()
        while true {
            let next = inbox.wait(for: sealer.timeToClose) { inbox -> [RecordBatch]? in
                if inbox.batches.isEmpty { return inbox.isClosed ? [] : nil }
                defer { inbox.batches = [] }
                return inbox.batches
            }
            let isDone = next?.isEmpty ?? false
            for batch in next ?? [] {
                take(batch, &path, &sealer, &group)
                if sealer.isDue(rawBytes: group.rawBytes) { close(&group, &path, &sealer, &counted) }
            }
            if isDone || sealer.isDue(rawBytes: group.rawBytes) { close(&group, &path, &sealer, &counted) }
            if isDone { return }
        }
    }

    private func take(
        _ batch: RecordBatch,
        _ path: inout RecordPath,
        _ sealer: inout Sealer,
        _ group: inout SealedGroup
    ) {
        path.process(batch)
        sealer.opened()
        group.rawBytes += batch.bytes.count
        group.marks += batch.marks
        for (index, outlet) in outlets.enumerated() {
            sealer.pending(index, path.pending(outlet.kind).bytes)
            if sealer.isFull(index) { seal(index, &path, &sealer, &group) }
        }
    }

    /// Seals what is open and gives the group away.
    private func close(
        _ group: inout SealedGroup,
        _ path: inout RecordPath,
        _ sealer: inout Sealer,
        _ counted: inout SignalSnapshot
    ) {
        guard !group.isEmpty else { return }
        for index in outlets.indices where sealer.hasPending(index) { seal(index, &path, &sealer, &group) }
        let now = path.snapshot()
        group.signals = now.delta(since: counted)
        counted = now
        sealer.closed()
        commit(group)
        group = SealedGroup(bounds: plan.latencyBounds)
    }

    private func seal(
        _ index: Int,
        _ path: inout RecordPath,
        _ sealer: inout Sealer,
        _ group: inout SealedGroup
    ) {
        let outlet = outlets[index]
        sealer.raw.removeAll()
        let pending = path.pending(outlet.kind)
        path.take(outlet.kind, into: &sealer.raw)
        guard let body = sealer.compress(index) else {
            preconditionFailure("a batch of \(sealer.raw.count) bytes cannot be compressed")
        }
        let batch = SealedBatch(
            body: body,
            headers: outlet.headers,
            records: pending.records,
            rawBytes: sealer.raw.count,
            oldest: pending.oldest
        )
        group.batches.append((index, batch))
    }
}
