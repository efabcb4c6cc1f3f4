import Outputs
import RecordPath

/// What one worker has in hand: the record path with its encoders, and the group that is being filled.
struct GroupBuilder: ~Copyable {
    private var path: RecordPath
    private var sealer: Sealer
    private var group: SealedGroup
    private var held = HeldMarks()
    /// Lines of the last run that this worker has met again or still waits for.
    private var known = ConsumedLines()
    /// Whether the last group said that lines are known.
    private var hasTold = false
    private var batches: UInt64 = 0
    private var expiredAt = ContinuousClock.now
    private let plan: RecordPlan
    private let outlets: [Worker.Outlet]
    private let claim: @Sendable (String) -> Set<UInt64>?

    /// `claim` gives the lines of a stream that the last run has consumed, once.
    init(
        plan: RecordPlan,
        outlets: [Worker.Outlet],
        groupBytes: Int,
        claim: @escaping @Sendable (String) -> Set<UInt64>?
    ) {
        path = RecordPath(plan)
        sealer = Sealer(outlets: outlets, groupBytes: groupBytes)
        group = SealedGroup(bounds: plan.latencyBounds)
        self.plan = plan
        self.outlets = outlets
        self.claim = claim
    }

    /// How long may be waited for batches; nil: until one comes.
    func patience(now: Int64) -> Duration? {
        guard let release = path.patience(now: now) else { return sealer.timeToClose }
        let wait = Duration.nanoseconds(max(0, release))
        return min(sealer.timeToClose ?? wait, wait)
    }

    /// Whether the group must be closed.
    var isDue: Bool { sealer.isDue(rawBytes: group.rawBytes) }

    /// Brings a batch all the way into the encoders.
    mutating func take(_ batch: RecordBatch, now: Int64) {
        batches += 1
        held.add(batch, number: batches)
        group.rawBytes += batch.bytes.count
        for stream in batch.streams {
            guard let lines = claim(stream.origin.key) else { continue }
            group.claimed.append(stream.origin.key)
            known.add(ConsumedLines([stream.origin.key: lines]))
        }
        known.leaveOut(of: batch)
        path.process(batch, number: batches, now: now)
        // Its lines may be held for long, its bytes are not needed any more.
        batch.bytes = Arena(capacity: 0)
        sealer.opened()
        sealFull()
    }

    /// Hands on what has waited long enough for lines that did not come.
    mutating func release(asOf now: Int64) {
        guard path.release(asOf: now) else { return }
        sealer.opened()
        sealFull()
    }

    /// Seals what is open and gives the group away; nil: there is nothing in it.
    mutating func close() -> SealedGroup? {
        guard sealer.isOpen else { return nil }
        sealer.closed()
        for index in outlets.indices where sealer.hasPending(index) { seal(index) }
        expireSignals()
        group.signals = path.takeSnapshot()
        group.outcomes = path.takeOutcomes()
        var (marks, consumed) = held.take(path.openTails)
        group.marks = marks
        consumed.add(known)
        if !consumed.isEmpty || hasTold { group.consumed = consumed }
        hasTold = !consumed.isEmpty
        defer { group = SealedGroup(bounds: plan.latencyBounds) }
        return group
    }

    private mutating func expireSignals() {
        guard ContinuousClock.now - expiredAt >= SeriesActivity.interval else { return }
        expiredAt = .now
        path.expireSignals(idle: Int(SeriesActivity.limit / SeriesActivity.interval))
    }

    private mutating func sealFull() {
        for (index, outlet) in outlets.enumerated() {
            sealer.pending(index, path.pending(outlet.kind).bytes)
            if sealer.isFull(index) { seal(index) }
        }
    }

    private mutating func seal(_ index: Int) {
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
