/// A crash-safe store of what outputs shall still receive, and of everything that must change together with it.
///
/// Lanes of immutable batches, one an output, and a commit log; `docs/formats/spool.md` is the format and says why
/// it holds. One owner at a time writes; lanes are read beside it through `LaneReader`.
package struct Spool: ~Copyable {
    /// What opening found.
    package struct Recovery: Sendable, Equatable {
        /// There was none before.
        package var isNew = false
        /// There was one that could not be read; it is in the quarantine.
        package var isLost = false
        /// Frames of the commit log that were damaged.
        package var damagedFrames: UInt64 = 0
        /// Files that were moved to the quarantine, in words.
        package var quarantined: [String] = []
    }

    /// What shall become durable together.
    package struct Change: Sendable {
        /// Batches for lanes, in order.
        package var batches: [(lane: Int, batch: StoredBatch)] = []
        package var settlements: [Settlement] = []
        /// Below which sequence batches may be sent before the next commit.
        package var leases: [(lane: Int, below: UInt64)] = []
        package var positions: [(key: String, position: String?)] = []
        /// What is added to counters; a counter without values is forgotten.
        package var counters: [CommittedState.Counter] = []
        package var notes: [(name: String, bytes: [UInt8])] = []

        /// Makes a change of nothing.
        package init() {}

        /// Whether nothing would change.
        package var isEmpty: Bool {
            batches.isEmpty && settlements.isEmpty && leases.isEmpty && positions.isEmpty && counters.isEmpty
                && notes.isEmpty
        }
    }

    /// What became of a commit.
    package enum Result: Sendable, Equatable {
        /// It holds.
        case durable
        /// It will hold or not: nothing of it may be shown or sent before `confirm` succeeds.
        case unconfirmed(FileFailure)
        /// Nothing happened; the same change may be tried again.
        case failed(FileFailure)
    }

    /// What opening found.
    package let recovery: Recovery
    /// What is committed, or will be once an unconfirmed commit is confirmed.
    package private(set) var state: CommittedState
    private let files: any SpoolFiles
    private let options: [LaneOptions]
    private var lanes: [LaneStore]
    private var log: CommitLog
    private var isUnconfirmed = false

    /// Opens a spool, which is made when there is none.
    package init(
        _ files: any SpoolFiles,
        lanes options: [LaneOptions],
        surroundings: SpoolSurroundings
    ) throws(SpoolError) {
        do throws(FileFailure) {
            // A run that was killed between a rename and this left entries that only the memory of the kernel has.
            try files.makeDirectory("lanes")
            for directory in ["", "lanes"] { try files.syncDirectory(directory) }
        } catch {
            throw .file(error)
        }
        let reading = try CommitLogReading(files)
        var quarantine = Quarantine(files)
        if reading.isLost { try Self.clear(files, reading, &quarantine) }
        var recovery = Recovery(isNew: reading.isNew, isLost: reading.isLost, damagedFrames: reading.damagedFrames)
        var state = reading.state
        var lanes: [LaneStore] = []
        for lane in options {
            var store = LaneStore(lane, files, surroundings)
            try store.open(state.lanes[lane.name] ?? LaneState(), &quarantine)
            if state.lanes[lane.name] == nil { state.lanes[lane.name] = LaneState() }
            lanes.append(store)
        }
        do throws(FileFailure) {
            log = try CommitLog(files, surroundings, reading: reading, state: state)
        } catch {
            throw .file(error)
        }
        for lane in lanes.indices { lanes[lane].removeSettled(state.lanes[lanes[lane].name] ?? LaneState()) }
        recovery.quarantined = quarantine.taken
        self.files = files
        self.options = options
        self.lanes = lanes
        self.state = state
        self.recovery = recovery
    }

    deinit {
        log.close()
        for lane in lanes { var lane = lane; lane.close() }
    }

    /// Without a log nobody knows what the segments were for.
    private static func clear(
        _ files: any SpoolFiles,
        _ reading: CommitLogReading,
        _ quarantine: inout Quarantine
    ) throws(SpoolError) {
        do throws(FileFailure) {
            for lane in try files.list("lanes") {
                for name in try files.list("lanes/" + lane) where LaneView.number(name) != nil {
                    quarantine.take("lanes/\(lane)/\(name)", as: "\(lane)-\(name)", reason: "no commit log")
                }
            }
            for slot in reading.damaged { quarantine.take(slot, as: slot, reason: "damaged") }
        } catch {
            throw .file(error)
        }
    }

    // MARK: Looking

    /// What can be read of a lane.
    package func view(_ lane: Int) -> LaneView {
        LaneView(directory: lanes[lane].directory, segments: lanes[lane].segments, state: state(lane))
    }

    /// Where a lane stands.
    package func state(_ lane: Int) -> LaneState { state.lanes[options[lane].name] ?? LaneState() }

    /// Whether `bytes` more fit into a lane, which may first have to lose its oldest segments.
    package func hasRoom(_ lane: Int, for bytes: Int) -> Bool {
        guard hasFreeSpace(for: bytes) else { return false }
        switch options[lane].whenFull {
        // A batch that is larger than everything goes when there is nothing else.
        case .wait:
            return lanes[lane].bytes + bytes + FileHeader.bytes <= options[lane].quotaBytes
                || state(lane).recordsWaiting == 0
        case .dropOldest: return true
        }
    }

    /// Bytes that one commit should bring to a lane at most, so that there is something to drop for the next one.
    package func frameBytes(_ lane: Int) -> Int { options[lane].quotaBytes / 4 }

    /// Whether the file system has space beyond the reserve.
    package func hasFreeSpace(for bytes: Int) -> Bool {
        guard let space = try? files.space() else { return true }
        return space.free - bytes >= min(64 << 20, space.total / 20)
    }

    /// What must be settled as dropped so that `bytes` more fit into a lane that drops its oldest segments.
    ///
    /// `records` of it were not settled before. `state` is where the lane stands when what was settled in the same
    /// commit is taken into account.
    package func excess(_ lane: Int, for bytes: Int, _ state: LaneState) -> (settlement: Settlement, records: UInt64)? {
        guard options[lane].whenFull == .dropOldest,
            var settlement = lanes[lane].excess(bytes, quota: options[lane].quotaBytes, state)
        else { return nil }
        settlement.lane = lane
        var after = state
        return (settlement, after.settle(settlement))
    }

    // MARK: Committing

    /// Makes a change durable, all of it or nothing.
    package mutating func commit(_ change: Change) -> Result {
        precondition(!isUnconfirmed, "confirm the commit before first")
        var states = lanes.indices.map { state($0) }
        do throws(FileFailure) {
            for lane in lanes.indices {
                let batches = change.batches.lazy.filter { $0.lane == lane }.map(\.batch)
                if !batches.isEmpty { try lanes[lane].append(Array(batches), to: &states[lane]) }
            }
        } catch {
            for lane in lanes.indices { lanes[lane].takeBack(to: state(lane)) }
            return .failed(error)
        }
        let edit = edit(change, &states)
        state.apply(edit)
        do throws(FileFailure) {
            try log.append(edit)
            if log.isFull { try? log.rotate(state) }
        } catch {
            isUnconfirmed = true
            return (try? confirm()) == nil ? .unconfirmed(error) : .durable
        }
        tidy()
        return .durable
    }

    /// Makes a commit known whose fate is not: writes everything there is into a new file.
    package mutating func confirm() throws(FileFailure) {
        guard isUnconfirmed else { return }
        try log.rotate(state)
        isUnconfirmed = false
        tidy()
    }

    private func edit(_ change: borrowing Change, _ states: inout [LaneState]) -> StateEdit {
        for settlement in change.settlements { _ = states[settlement.lane].settle(settlement) }
        for (lane, below) in change.leases { states[lane].lease = min(below, states[lane].next) }
        var edit = StateEdit()
        for lane in lanes.indices where states[lane] != state(lane) {
            edit.lanes.append((options[lane].name, states[lane]))
        }
        edit.positions = change.positions
        edit.counters = change.counters
        edit.notes = change.notes
        return edit
    }

    private mutating func tidy() {
        for lane in lanes.indices {
            let (quota, segment) = (options[lane].quotaBytes, options[lane].segmentBytes)
            let isScarce = lanes[lane].bytes > quota / 2 || !hasFreeSpace(for: segment)
            lanes[lane].removeSettled(state(lane), isScarce: isScarce)
        }
    }
}
