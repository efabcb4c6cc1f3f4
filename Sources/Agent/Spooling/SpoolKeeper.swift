import Logging
import Outputs
import RecordPath
import Spool
import Synchronization

/// The one who commits: takes groups from workers and endings from shippers, makes them durable together, and only
/// then gives budgets back, shows counters and lets batches be sent.
///
/// On a thread of its own, because it waits for the disk.
final class SpoolKeeper: Sendable {
    private struct Inbox {
        var groups: [SealedGroup] = []
        var endings: [SpoolLane.Ending] = []
        /// Groups that were offered and are not durable yet.
        var groupsOpen = 0
        var isClosing = false

        var hasNews: Bool { !groups.isEmpty || !endings.isEmpty || isClosing }
    }

    /// Endings wait so long for company: a frame costs two syncs.
    private static let endingsWait = Duration.milliseconds(20)
    /// Attempts are shown this long after they were made, and a disk that refused is asked again.
    private static let idle = Duration.seconds(1)

    /// Where the outputs of the last run stand among the notes.
    private static let outputsNote = "outputs"

    let lanes: [SpoolLane]
    /// Positions of the last run, by key.
    let positions: [String: String]
    let recovery: Spool.Recovery
    private let names: [String]
    private let spool: Locked<Spool>
    private let inbox = Monitor(Inbox())
    private let shown: Mutex<Checkpoint>
    private let trouble = Mutex<String?>(nil)
    private let deadLetters: Mutex<DeadLetterFiles>
    private let counters: DeliveryCounters
    private let states: InputStates
    private let budget: MemoryBudget
    private let log: Logger
    private let bounds: [Int64]

    /// What a keeper works with.
    struct Parts {
        /// The data directory, for dead letters.
        var folder: any SpoolFiles
        var outputs: [LaneOptions]
        var counters: DeliveryCounters
        var states: InputStates
        var budget: MemoryBudget
        var bounds: [Int64]
        var log: Logger
    }

    /// Opens the spool of a data directory.
    init(_ files: any SpoolFiles, _ parts: Parts, now: @escaping @Sendable () -> Int64) throws(SpoolError) {
        let opened = try Spool(files, lanes: parts.outputs, surroundings: SpoolSurroundings(now: now))
        names = parts.outputs.map(\.name)
        (counters, states, budget) = (parts.counters, parts.states, parts.budget)
        (bounds, log) = (parts.bounds, parts.log)
        recovery = opened.recovery
        positions = opened.state.positions
        shown = Mutex(Checkpoint(bounds: bounds, outputs: names, committed: opened.state))
        deadLetters = Mutex(DeadLetterFiles(parts.folder, outputs: names, committed: opened.state))
        let inbox = inbox
        lanes = names.indices.map { index in
            SpoolLane(index, files: files, view: opened.view(index)) { ending in
                inbox.update { $0.endings.append(ending) }
            }
        }
        spool = Locked(opened)
        tellRecovery()
    }

    // MARK: For others

    /// What is durable, and nothing else.
    var checkpoint: Checkpoint { shown.withLock { $0 } }
    /// Why nothing becomes durable at the moment; nil: it does.
    var problem: String? { trouble.withLock { $0 } }

    /// What an output wanted to be kept with its last acknowledgement.
    func position(of output: String) -> String? {
        spool.withLock { $0.state.notes[CommitPlan.positionNote(output)].map { String(decoding: $0, as: UTF8.self) } }
    }

    /// Takes a group; it is durable some time later.
    func offer(_ group: SealedGroup) {
        inbox.update { inbox in
            inbox.groups.append(group)
            inbox.groupsOpen += 1
        }
    }

    /// Waits until everything offered is durable, or until `isOver` says that it has taken too long.
    ///
    /// True: it is.
    func flush(isOver: () -> Bool) -> Bool {
        while true {
            if inbox.wait(for: .milliseconds(100), until: { $0.groupsOpen == 0 ? true : nil }) != nil { return true }
            if isOver() { return false }
        }
    }

    /// Ends `run` after a last commit.
    func close() { inbox.update { $0.isClosing = true } }

    // MARK: The thread

    /// Prepares a run: what outputs had before their first acknowledgement, and where new outputs come in.
    func begin(positions: [(output: String, position: String)]) {
        spool.withLock { spool in
            var plan = plan(spool)
            for (output, position) in positions { plan.note(CommitPlan.positionNote(output), Array(position.utf8)) }
            var change = plan.finish()
            change.counters += shown.withLock { newcomers(&$0, spool.state) }
            if !change.counters.isEmpty {
                change.notes.append((Self.outputsNote, Array(names.joined(separator: ",").utf8)))
            }
            if !change.isEmpty, commit(change, &spool) == .durable { tell(nil) }
        }
    }

    /// Commits until closed.
    func run() {
        var waiting: [SealedGroup] = []
        while true {
            _ = inbox.wait(for: Self.idle) { $0.hasNews ? true : nil }
            // Let a few endings come together, unless there is something to make durable anyway.
            _ = inbox.wait(for: Self.endingsWait) { !$0.groups.isEmpty || $0.isClosing ? true : nil }
            let (endings, isClosing) = inbox.update { inbox in
                waiting += inbox.groups
                defer { (inbox.groups, inbox.endings) = ([], []) }
                return (inbox.endings, inbox.isClosing)
            }
            let isDecided = spool.withLock { commitOnce(&$0, &waiting, endings, isLast: isClosing) }
            if isClosing || !isDecided { return }
        }
    }

    private func plan(_ spool: borrowing Spool) -> CommitPlan {
        CommitPlan(names: names, states: names.indices.map { spool.state($0) }, bounds: bounds)
    }

    /// False: the end came before it was known whether the commit holds.
    private func commitOnce(
        _ spool: inout Spool,
        _ waiting: inout [SealedGroup],
        _ endings: [SpoolLane.Ending],
        isLast: Bool
    ) -> Bool {
        let attempts = counters.takePending()
        let gaps = states.takeGaps()
        var notes: [String: [UInt8]]?
        // When the disk does not take the batches, what is settled and counted goes without them.
        for offered in [waiting[...], []] {
            var plan = plan(spool)
            plan.add(endings)
            plan.add(attempts, gaps)
            plan.add(offered, room: spool)
            for lane in lanes { plan.lease(lane.index, below: isLast ? lane.leaseAtRest : lane.wantedLease) }
            let kept = notes ?? keep(plan.deadLetters)
            notes = kept
            for (name, note) in kept { plan.note(name, note) }
            let change = plan.finish()
            switch change.isEmpty ? .durable : commit(change, &spool) {
            case .durable:
                waiting.removeFirst(plan.groups)
                if !change.isEmpty { publish(plan, spool) }
                if let lane = plan.fullLane {
                    tell("there is no room in the spool of \(names[lane]); nothing is lost, inputs wait")
                } else if !offered.isEmpty || waiting.isEmpty {
                    tell(nil)
                }
                return true
            case .undecided: return false
            case .nothing: continue
            }
        }
        return true
    }

    /// Writes refused records down; what is to be committed with the acknowledgement.
    private func keep(_ letters: [(lane: Int, letter: BatchResult.DeadLetter)]) -> [String: [UInt8]] {
        var notes: [String: [UInt8]] = [:]
        for (lane, letter) in letters {
            let time = LogLine.text(of: WallClock.now())
            guard let lines = DeadLetterText.lines(letter, output: names[lane], time: time) else { continue }
            do throws(FileFailure) {
                notes[DeadLetterFiles.note(names[lane])] = try deadLetters.withLock { files throws(FileFailure) in
                    try files.append(lines, of: names[lane])
                }
            } catch {
                // They are counted as dropped either way; the record itself is then lost.
                log.error("dead letters cannot be kept", metadata: ["problem": "\(error)"])
            }
        }
        return notes
    }

    private enum Outcome {
        case durable, nothing, undecided
    }

    private func commit(_ change: Spool.Change, _ spool: inout Spool) -> Outcome {
        switch spool.commit(change) {
        case .durable: return .durable
        case .failed(let failure):
            tell("\(failure); nothing is lost, inputs wait")
            return .nothing
        case .unconfirmed(let failure):
            tell("\(failure); nothing is lost, nothing is sent until the commit log can be written")
            while (try? spool.confirm()) == nil {
                // What is undecided must not be built upon; the next start finds it one way or the other.
                if inbox.wait(for: Self.idle, until: { $0.isClosing ? true : nil }) != nil { return .undecided }
            }
            return .durable
        }
    }

    private func publish(_ plan: CommitPlan, _ spool: borrowing Spool) {
        let views = names.indices.map { spool.view($0) }
        shown.withLock { checkpoint in
            checkpoint.add(plan.delta)
            for (name, view) in zip(names, views) {
                checkpoint.outputs[name, default: .init()].show(view.state, bytes: view.bytes)
            }
        }
        for lane in lanes { lane.publish(views[lane.index], fresh: plan.fresh[lane.index]) }
        budget.release(plan.rawBytes)
        inbox.update { $0.groupsOpen -= plan.groups }
    }

    /// An output that was not there in the last run never gets what was read meanwhile.
    private func newcomers(_ checkpoint: inout Checkpoint, _ state: CommittedState) -> [CommittedState.Counter] {
        let text = String(decoding: state.notes[Self.outputsNote] ?? [], as: UTF8.self)
        let known = Set(text.split(separator: ",").map { String($0) })
        var counters: [CommittedState.Counter] = []
        for name in names where !known.contains(name) {
            var output = checkpoint.outputs[name] ?? Checkpoint.Output()
            let before = UInt64(bitPattern: checkpoint.conservationError(output))
            output.before &+= before
            checkpoint.outputs[name] = output
            counters.append(.init(CounterKey.text("be", name), [before]))
        }
        return counters
    }

    // MARK: Telling

    private func tellRecovery() {
        if recovery.isLost {
            log.critical("the spool could not be read and is in the quarantine; inputs start anew")
        }
        if recovery.damagedFrames > 0 {
            log.error("the commit log is damaged", metadata: ["frames lost": "\(recovery.damagedFrames)"])
        }
        for file in recovery.quarantined { log.error("moved to the quarantine", metadata: ["file": "\(file)"]) }
    }

    private func tell(_ problem: String?) {
        let before = trouble.withLock { current in
            defer { current = problem }
            return current
        }
        guard before != problem else { return }
        if let problem {
            log.error("the spool takes nothing", metadata: ["problem": "\(problem)"])
        } else {
            log.info("the spool works again")
        }
    }
}
