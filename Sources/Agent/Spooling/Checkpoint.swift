import RecordPath
import Spool

/// Everything counted up to one durable frame: what `/metrics` shows.
///
/// All terms of `read = shipped + dropped + in flight` come from the same frame, so that the equation holds exactly.
struct Checkpoint: Sendable {
    /// One output.
    struct Output: Sendable {
        var counts = DeliveryCounts()
        /// Records that had been read when the output was added: it never gets them.
        var before: UInt64 = 0
        var spoolBytes = 0
        var state = LaneState()
        /// Records in its lane.
        var waiting: UInt64 { state.recordsWaiting }
    }

    var signals: SignalSnapshot
    var outputs: [String: Output] = [:]
    var gaps: [InputStates.Gap: UInt64] = [:]
    private static let exemplarsMax = 8192
    /// How many were added since there were none.
    private var exemplars = 0
    /// Moments of series are seconds since then.
    private let begin = ContinuousClock.now
    private var lookedForIdleAt = ContinuousClock.now

    /// Records read, less those that go to no output.
    var recordsForOutputs: UInt64 {
        signals.readRecords.values.reduce(0, &+) &- signals.dropped.values.reduce(0, &+)
    }

    /// What is missing in the equation of an output: always 0.
    func conservationError(_ output: Output) -> Int64 {
        Int64(bitPattern: recordsForOutputs &- output.before &- output.counts.settled &- output.waiting)
    }

    /// Where a run goes on from.
    init(bounds: [Int64], outputs names: [String], committed: CommittedState) {
        signals = SignalSnapshot(bounds: bounds, committed: committed)
        for name in names { outputs[name] = Output() }
        for counter in committed.counters { restore(counter) }
        for name in names { outputs[name]?.show(committed.lanes[name] ?? LaneState()) }
    }

    /// Series to be given up, once a minute.
    mutating func takeIdle(now: ContinuousClock.Instant) -> IdleSeries? {
        guard now - lookedForIdleAt >= IdleSeries.interval else { return nil }
        lookedForIdleAt = now
        guard now - begin > IdleSeries.limit else { return nil }
        let idle = IdleSeries(of: signals, before: moment(now - IdleSeries.limit))
        return idle.isEmpty ? nil : idle
    }

    /// Series are given up: should they come again, they begin at zero like new ones.
    mutating func forget(_ idle: IdleSeries) { signals.forget(idle) }

    /// Those that were shown for a while make room together.
    private mutating func boundExemplars(_ added: SignalSnapshot) {
        exemplars += added.durations.values.reduce(0) { $0 + $1.exemplars.count }
        guard exemplars > Self.exemplarsMax else { return }
        exemplars = 0
        for key in signals.durations.keys { signals.durations[key]?.exemplars = [] }
    }

    private func moment(_ now: ContinuousClock.Instant) -> UInt32 {
        UInt32(clamping: (now - begin).components.seconds)
    }

    private mutating func restore(_ counter: CommittedState.Counter) {
        let (family, labels) = CounterKey.parts(counter.key)
        guard let name = labels.first else { return }
        switch family {
        case "ga" where labels.count == 2:
            gaps[InputStates.Gap(input: name, reason: labels[1])] = counter.values.first
        case "be": outputs[name]?.before = counter.values.first ?? 0
        default: outputs[name]?.counts.restore(family, labels.count > 1 ? labels[1] : nil, counter.values)
        }
    }

    /// Adds what a durable frame says.
    mutating func add(_ delta: CheckpointDelta) {
        signals.add(delta.signals)
        boundExemplars(delta.signals)
        signals.note(delta.signals, at: moment(.now))
        for (name, counts) in delta.outputs { outputs[name, default: Output()].counts.add(counts) }
        gaps.merge(delta.gaps, uniquingKeysWith: &+)
    }
}

extension Checkpoint.Output {
    /// Takes over where the lane stands.
    mutating func show(_ state: LaneState, bytes: Int = 0) {
        self.state = state
        spoolBytes = bytes
    }
}

/// What one frame adds to the counters.
struct CheckpointDelta: Sendable {
    var signals: SignalSnapshot
    var outputs: [String: DeliveryCounts] = [:]
    var gaps: [InputStates.Gap: UInt64] = [:]

    init(bounds: [Int64]) { signals = SignalSnapshot(bounds: bounds) }

    /// As it stands in a frame.
    var counters: [CommittedState.Counter] {
        var counters = signals.counters
        for (name, counts) in outputs { counters += counts.counters(name) }
        for (gap, count) in gaps { counters.append(.init(CounterKey.text("ga", gap.input, gap.reason), [count])) }
        return counters
    }
}
