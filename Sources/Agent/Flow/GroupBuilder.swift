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
    /// What the counts of one service take, about; most of it is the sketch of its latencies.
    private static let serviceBytes = 3_000
    private let plan: RecordPlan
    private let outlets: [Worker.Outlet]
    private let surroundings: Worker.Surroundings

    init(plan: RecordPlan, outlets: [Worker.Outlet], memory: MemoryPlan, surroundings: Worker.Surroundings) {
        path = RecordPath(plan)
        sealer = Sealer(outlets: outlets, memory: memory, tables: plan.tables)
        group = SealedGroup(bounds: plan.latencyBounds)
        self.plan = plan
        self.outlets = outlets
        self.surroundings = surroundings
    }

    /// How long may be waited for batches; nil: until one comes.
    func patience(now: Int64) -> Duration? {
        guard let release = path.patience(now: now) else { return sealer.timeToClose }
        let wait = Duration.nanoseconds(max(0, release))
        return min(sealer.timeToClose ?? wait, wait)
    }

    /// Whether the group must be closed.
    var isDue: Bool { sealer.isDue(rawBytes: group.rawBytes, bodyBytes: group.bodyBytes) }

    /// Brings a batch all the way into the encoders.
    mutating func take(_ batch: RecordBatch, now: Int64) {
        batches += 1
        held.add(batch, number: batches)
        group.rawBytes += batch.cost
        for stream in batch.streams {
            guard let lines = surroundings.claim(stream.origin.key) else { continue }
            group.claimed.append(stream.origin.key)
            known.add(ConsumedLines([stream.origin.key: lines]))
        }
        known.leaveOut(of: batch)
        sealer.opened()
        if batch.isLongLine { takeLong(batch, now) } else { process(batch, now) }
    }

    private mutating func process(_ batch: RecordBatch, _ now: Int64) {
        path.process(batch, number: batches, now: now)
        // Its lines may be held for long, its bytes are not needed any more.
        batch.bytes = Arena(capacity: 0)
        sealFull()
    }

    /// A line that is far longer than lines should be finds all memory of this worker free, and leaves none taken.
    private mutating func takeLong(_ batch: RecordBatch, _ now: Int64) {
        surroundings.longLines.take {
            sealAll()
            shrink()
            process(batch, now)
            sealAll()
            path.forgetKeys()
            shrink()
        }
    }

    private mutating func shrink() {
        path.shrink(to: 3 * sealer.share.requestBytes)
        sealer.shrink(to: 3 * sealer.share.requestBytes)
    }

    /// Hands on what has waited long enough for lines that did not come.
    mutating func release(asOf now: Int64) {
        guard path.release(asOf: now) else { return }
        sealer.opened()
        sealFull()
        shrink()
    }

    /// Seals what is open and gives the group away; nil: there is nothing in it.
    mutating func close() -> SealedGroup? {
        guard sealer.isOpen else { return nil }
        sealer.closed()
        sealAll()
        expireSignals()
        group.signals = path.takeCounts()
        group.bodyBytes += group.signals.series.memoryBytes + group.signals.latencies.count * Self.serviceBytes
        group.outcomes = path.takeOutcomes()
        var (marks, consumed) = held.take(path.openTails)
        group.marks = marks
        consumed.add(known)
        if !consumed.isEmpty || hasTold { group.consumed = consumed }
        hasTold = !consumed.isEmpty
        let closed = group
        group = SealedGroup(bounds: plan.latencyBounds)
        shrink()
        if held.lines > HeldMarks.linesMax { release(asOf: .max) }
        return closed
    }

    private mutating func expireSignals() {
        guard ContinuousClock.now - expiredAt >= IdleSeries.interval else { return }
        expiredAt = .now
        path.expireSignals(idle: Int(IdleSeries.limit / IdleSeries.interval))
    }

    private mutating func sealFull() {
        for (index, outlet) in outlets.enumerated() {
            sealer.pending(index, path.pending(outlet.kind).bytes)
            if sealer.isFull(index) { seal(index) }
        }
    }

    private mutating func sealAll() {
        for index in outlets.indices where sealer.hasPending(index) { seal(index) }
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
        group.newestForLoki = max(group.newestForLoki, pending.newest)
        group.bodyBytes += body.count
    }
}
