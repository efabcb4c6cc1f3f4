import Spool

/// What a spool must hold, said in the plainest way: the oracle of the simulator.
struct SpoolModel: Equatable {
    struct Lane: Equatable {
        var batches: [StoredBatch] = []
        var settled: Set<UInt64> = []
        var lease: UInt64 = 1

        var next: UInt64 { UInt64(batches.count) + 1 }
        var cursor: UInt64 { (1...next).first { !settled.contains($0) } ?? next }
        var waiting: [StoredBatch] { batches.filter { !settled.contains($0.sequence) } }
        var records: UInt64 { batches.reduce(0) { $0 + UInt64($1.records) } }
        var recordsWaiting: UInt64 { waiting.reduce(0) { $0 + UInt64($1.records) } }
    }

    var lanes: [Lane]
    var positions: [String: String] = [:]
    var counters: [String: [UInt64]] = [:]
    var notes: [String: [UInt8]] = [:]

    /// The model after a change.
    func after(_ change: Spool.Change) -> SpoolModel {
        var model = self
        for (lane, var batch) in change.batches {
            batch.sequence = model.lanes[lane].next
            model.lanes[lane].batches.append(batch)
        }
        for settlement in change.settlements {
            for sequence in settlement.first..<(settlement.first + settlement.count) {
                model.lanes[settlement.lane].settled.insert(sequence)
            }
        }
        for (lane, below) in change.leases { model.lanes[lane].lease = min(below, model.lanes[lane].next) }
        for (key, position) in change.positions { model.positions[key] = position }
        for (name, note) in change.notes { model.notes[name] = note }
        for counter in change.counters {
            var values = model.counters[counter.key] ?? []
            while values.count < counter.values.count { values.append(0) }
            for (index, value) in counter.values.enumerated() { values[index] &+= value }
            model.counters[counter.key] = values
        }
        return model
    }

    /// Where a spool differs; nil: nowhere.
    func difference(_ state: CommittedState, _ names: [String]) -> String? {
        for (name, lane) in zip(names, lanes) {
            let found = state.lanes[name] ?? LaneState()
            if found.next != lane.next { return "\(name): next \(found.next), not \(lane.next)" }
            if found.cursor != lane.cursor { return "\(name): cursor \(found.cursor), not \(lane.cursor)" }
            if found.recordsAppended != lane.records { return "\(name): records \(found.recordsAppended)" }
            if found.recordsWaiting != lane.recordsWaiting { return "\(name): waiting \(found.recordsWaiting)" }
            if found.lease != lane.lease { return "\(name): lease \(found.lease), not \(lane.lease)" }
        }
        if state.positions != positions { return "positions \(state.positions), not \(positions)" }
        if state.notes != notes { return "notes differ" }
        let found = Dictionary(uniqueKeysWithValues: state.counters.map { ($0.key, $0.values) })
        return found == counters ? nil : "counters \(found), not \(counters)"
    }

    /// Where the readable batches of a lane differ; nil: nowhere.
    func difference(_ read: [StoredBatch], lane: Int) -> String? {
        let expected = lanes[lane].waiting
        let unsettled = read.filter { !lanes[lane].settled.contains($0.sequence) }
        return unsettled == expected
            ? nil : "lane \(lane): read \(unsettled.map(\.sequence)), not \(expected.map(\.sequence))"
    }
}
