/// What a spool holds, found without changing anything.
package struct SpoolInspection: Sendable {
    /// One lane.
    package struct Lane: Sendable, Equatable {
        package var name: String
        package var state: LaneState
        package var segments: Int
        package var bytes: Int
        /// Batches that could be read; 0 unless they were.
        package var batches = 0
        /// Records in them.
        package var records: UInt64 = 0
        /// Records that cannot be read.
        package var damagedRecords: UInt64 = 0
    }

    package let state: CommittedState
    /// Frames of the commit log that are damaged.
    package let damagedFrames: UInt64
    /// Neither slot of the commit log can be read.
    package let isLost: Bool
    package private(set) var lanes: [Lane] = []
    /// Files that would go to the quarantine.
    package private(set) var unreadable: [String] = []

    /// Looks at a spool; `readsBatches` reads every batch that waits.
    package init(_ files: any SpoolFiles, readsBatches: Bool) throws(SpoolError) {
        let reading = try CommitLogReading(files)
        state = reading.state
        damagedFrames = reading.damagedFrames
        isLost = reading.isLost
        var quarantine = Quarantine(files)
        for (name, state) in reading.state.lanes.sorted(by: { $0.key < $1.key }) {
            var store = LaneStore(LaneOptions(name: name, quotaBytes: 0), files, SpoolSurroundings(now: { 0 }))
            try store.open(state, &quarantine)
            let view = LaneView(directory: store.directory, segments: store.segments, state: state)
            var lane = Lane(name: name, state: state, segments: view.segments.count, bytes: view.bytes)
            if readsBatches { Self.read(view, files, into: &lane) }
            lanes.append(lane)
        }
        unreadable = quarantine.taken.filter { !$0.hasPrefix("cannot ") }
    }

    private static func read(_ view: LaneView, _ files: any SpoolFiles, into lane: inout Lane) {
        var reader = LaneReader(files, from: view.state)
        while true {
            switch reader.read(view) {
            case .batch(let batch):
                guard !view.state.isSettled(batch.sequence) else { continue }
                lane.batches += 1
                lane.records += UInt64(batch.records)
            case .damaged(let first, let count, let records):
                let known = view.state.settledBeyond.filter { $0.sequence >= first && $0.sequence < first + count }
                lane.damagedRecords += records - min(records, known.reduce(0) { $0 &+ $1.records })
            case .blocked, .end: return
            }
        }
    }
}
