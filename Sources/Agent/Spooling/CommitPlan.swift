import Outputs
import RecordPath
import Spool

/// Puts together what goes into one frame: decides, and touches nothing.
struct CommitPlan {
    /// What is written.
    private(set) var change = Spool.Change()
    /// What is counted once it is durable.
    private(set) var delta: CheckpointDelta
    /// Batches with the sequences that they get, by lane.
    private(set) var fresh: [[(sequence: UInt64, batch: SealedBatch)]]
    /// The newest time that Loki is given.
    private(set) var newestForLoki: Int64 = 0
    /// How many of the offered groups are in it.
    private(set) var groups = 0
    /// What goes back to the memory budget.
    private(set) var bodyBytes = 0
    /// Events of SLOs.
    private(set) var outcomes: [OutcomeCount] = []
    /// Keys of streams whose lines of the last run a worker has taken over.
    private(set) var claimed: [String] = []
    private(set) var containerEvents: [ContainerSignalState.Series: ContainerSignalState.Events] = [:]
    /// Series that are given up.
    private(set) var idle = IdleSeries()
    /// The lane that has no room for the next group.
    private(set) var fullLane: Int?

    private let names: [String]
    private var states: [LaneState]
    private var series: SeriesBudget

    init(names: [String], states: [LaneState], bounds: [Int64], series: SeriesBudget) {
        self.names = names
        self.states = states
        self.series = series
        delta = CheckpointDelta(bounds: bounds)
        fresh = names.map { _ in [] }
    }

    /// Settles batches; one that was dropped to make room meanwhile has been counted already.
    mutating func add(_ endings: [SpoolLane.Ending]) {
        for ending in endings {
            let lane = ending.settlement.lane
            let isNews = !states[lane].isSettled(ending.settlement.first)
            states[lane].settle(ending.settlement)
            if let position = ending.position {
                change.notes.append((Self.positionNote(names[lane]), Array(position.utf8)))
            }
            guard isNews else { continue }
            change.settlements.append(ending.settlement)
            delta.outputs[names[lane], default: DeliveryCounts()].add(ending.counts)
        }
    }

    /// Takes as many groups as there is room for.
    mutating func add(_ offered: ArraySlice<SealedGroup>, room spool: borrowing Spool) {
        var bytes = names.map { _ in 0 }
        for group in offered {
            let stored = group.batches.map { ($0.output, $0.batch, StoredBatch($0.batch)) }
            var needed = bytes
            for (lane, _, batch) in stored { needed[lane] += batch.storedBytes }
            // The rest goes with the next frame, which can drop what is in this one.
            if groups > 0, names.indices.contains(where: { needed[$0] > spool.frameBytes($0) }) { break }
            if let full = names.indices.first(where: { needed[$0] > bytes[$0] && !spool.hasRoom($0, for: needed[$0]) })
            {
                fullLane = full
                break
            }
            bytes = needed
            add(group, stored)
        }
        for lane in names.indices where bytes[lane] > 0 { dropOldest(lane, bytes[lane], spool) }
    }

    private mutating func add(_ group: SealedGroup, _ stored: [(Int, SealedBatch, StoredBatch)]) {
        for (lane, batch, bytes) in stored {
            change.batches.append((lane, bytes))
            fresh[lane].append((states[lane].next, batch))
            states[lane].next += 1
        }
        change.positions += group.marks.map { ($0.key, $0.position) }
        if let consumed = group.consumed { note(Self.consumedNote("\(group.worker)"), consumed.note) }
        claimed += group.claimed
        newestForLoki = max(newestForLoki, group.newestForLoki)
        outcomes += group.outcomes
        delta.signals.addWithoutSeries(group.signals)
        series.add(group.signals.series, to: &delta.signals)
        groups += 1
        bodyBytes += group.bodyBytes
    }

    private mutating func dropOldest(_ lane: Int, _ bytes: Int, _ spool: borrowing Spool) {
        guard let excess = spool.excess(lane, for: bytes, states[lane]) else { return }
        states[lane].settle(excess.settlement)
        change.settlements.append(excess.settlement)
        var counts = DeliveryCounts()
        counts.dropped["spool_full"] = excess.records
        delta.outputs[names[lane], default: DeliveryCounts()].add(counts)
    }

    /// Counts attempts and gaps.
    mutating func add(_ attempts: [String: DeliveryCounts], _ gaps: [InputStates.Gap: UInt64]) {
        for (name, counts) in attempts { delta.outputs[name, default: DeliveryCounts()].add(counts) }
        delta.gaps.merge(gaps, uniquingKeysWith: &+)
    }

    /// Counts what happened to containers.
    mutating func add(_ events: [ContainerSignalState.Series: ContainerSignalState.Events]) {
        containerEvents = events
        change.counters += ContainerSignalState.Series.counters(events)
    }

    /// Below which sequences batches may be sent.
    mutating func lease(_ lane: Int, below: UInt64) {
        if min(below, states[lane].next) != states[lane].lease { change.leases.append((lane, below)) }
    }

    /// Gives up series, but for those that are counted in the same frame.
    mutating func forget(_ idle: IdleSeries) {
        self.idle = idle.without(delta.signals)
        for key in self.idle.keys(bounds: delta.signals.bounds) { change.counters.append(.init(key, [])) }
    }

    /// Something else that is committed along.
    mutating func note(_ name: String, _ bytes: [UInt8]) { change.notes.append((name, bytes)) }

    /// The change, with all counters.
    mutating func finish() -> Spool.Change {
        change.counters += delta.counters
        return change
    }

    /// Where the lines stand among the notes that a worker has consumed behind its positions.
    static func consumedNote(_ worker: String) -> String { consumedPrefix + worker }
    static let consumedPrefix = "consumed/"

    /// Where an output's own position stands among the notes.
    static func positionNote(_ output: String) -> String { "position/" + output }
}
