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
    /// What the last run's workers had consumed behind their positions, as long as nobody has met it again.
    private static let restOfLines = "rest"
    /// Events of SLOs since their state was written.
    private static let objectivesNote = "slo"

    let lanes: [SpoolLane]
    /// Positions of the last run, by key.
    let positions: [String: String]
    let recovery: Spool.Recovery
    /// This run, and how far those before it came.
    let lokiRun: LokiRun
    private let lokiFrontier: Mutex<Int64>
    private let names: [String]
    private let spool: Locked<Spool>
    private let inbox = Monitor(Inbox())
    private let shown: Mutex<Checkpoint>
    private let trouble = Mutex<String?>(nil)
    private let deadLetters: Mutex<DeadLetterFiles>
    private let claims: Mutex<ConsumedLines>
    private let unclaimed: Mutex<ConsumedLines>
    private let counters: DeliveryCounters
    private let states: InputStates
    private let containers: ContainerSignalTable
    private let sealed: MemoryBudget
    private let log: Logger
    private let bounds: [Int64]
    private let memory: MemoryPlan
    private let tables: TableBudget
    let relief: MemoryRelief

    /// What a keeper works with.
    struct Parts {
        /// The data directory, for dead letters.
        var folder: any SpoolFiles
        var outputs: [LaneOptions]
        var counters: DeliveryCounters
        var states: InputStates
        var containers: ContainerSignalTable
        var memory: MemoryPlan
        /// Of which series take their part.
        var tables: TableBudget
        var bounds: [Int64]
        var log: Logger
    }

    /// Opens the spool of a data directory.
    init(_ files: any SpoolFiles, _ parts: Parts, now: @escaping @Sendable () -> Int64) throws(SpoolError) {
        let opened = try Spool(files, lanes: parts.outputs, surroundings: SpoolSurroundings(now: now))
        names = parts.outputs.map(\.name)
        (counters, states) = (parts.counters, parts.states)
        relief = MemoryRelief(limit: parts.memory.limit)
        sealed = MemoryBudget(limit: parts.memory.sealedBytes)
        containers = parts.containers
        containers.restore(ContainerSignalState.Series.events(opened.state))
        (bounds, memory, tables, log) = (parts.bounds, parts.memory, parts.tables, parts.log)
        recovery = opened.recovery
        positions = opened.state.positions
        lokiRun = opened.state.notes[LokiRun.note].map { LokiRun(note: $0).next } ?? LokiRun()
        lokiFrontier = Mutex(lokiRun.frontier)
        shown = Mutex(Checkpoint(bounds: bounds, outputs: names, committed: opened.state))
        deadLetters = Mutex(DeadLetterFiles(parts.folder, outputs: names, committed: opened.state))
        let consumed = Self.consumed(opened.state)
        claims = Mutex(consumed)
        unclaimed = Mutex(consumed)
        let inbox = inbox
        lanes = names.indices.map { index in
            SpoolLane(index, files: files, view: opened.view(index), memory: parts.memory) { ending in
                inbox.update { $0.endings.append(ending) }
            }
        }
        spool = Locked(opened)
        tellRecovery()
        noteSeries(seriesCount)
    }

    // MARK: For others

    /// What is durable, and nothing else.
    var checkpoint: Checkpoint { shown.withLock { $0 } }
    /// Why nothing becomes durable at the moment; nil: it does.
    var problem: String? { trouble.withLock { $0 } }

    /// The time of the oldest record on its way, by output; nanoseconds since 1970.
    var oldestOnTheWay: [String: Int64] {
        var oldest: [String: Int64] = [:]
        for (name, lane) in zip(names, lanes) { oldest[name] = lane.oldestOnTheWay }
        return oldest
    }

    /// What an output wanted to be kept with its last acknowledgement.
    func position(of output: String) -> String? {
        spool.withLock { $0.state.notes[CommitPlan.positionNote(output)].map { String(decoding: $0, as: UTF8.self) } }
    }

    /// What the last commit said of SLOs.
    var objectives: [UInt8]? { spool.withLock { $0.state.notes[Self.objectivesNote] } }

    /// The lines of a stream that the last run has consumed behind its positions; given out once.
    func claim(_ key: String) -> Set<UInt64>? { claims.withLock { $0.take(key) } }

    /// Takes a group, which is durable some time later; waits while too much waits for the disk.
    func offer(_ group: SealedGroup) {
        sealed.acquireInAnyCase(group.bodyBytes)
        relief.look()
        inbox.update { inbox in
            inbox.groups.append(group)
            inbox.groupsOpen += 1
        }
    }

    /// No more than what inputs have read comes now: nobody has to wait.
    func drain() { sealed.close() }

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
            change.notes += gathered(spool.state)
            if !change.counters.isEmpty {
                change.notes.append((Self.outputsNote, Array(names.joined(separator: ",").utf8)))
            }
            if names.contains("loki") { change.notes.append((LokiRun.note, lokiRun.note)) }
            if !change.isEmpty, commit(change, &spool) == .durable { tell(nil) }
        }
    }

    /// Commits until closed; `objectives` count what is durable.
    func run(_ objectives: ObjectiveKeeper) {
        var pending = PendingCommit()
        while true {
            _ = inbox.wait(for: Self.idle) { $0.hasNews ? true : nil }
            // Let a few endings come together, unless there is something to make durable anyway.
            _ = inbox.wait(for: Self.endingsWait) { !$0.groups.isEmpty || $0.isClosing ? true : nil }
            let isClosing = inbox.update { inbox in
                pending.groups += inbox.groups
                pending.endings += inbox.endings
                (inbox.groups, inbox.endings) = ([], [])
                return inbox.isClosing
            }
            pending.add(counters.takePending(), states.takeGaps())
            relief.look()
            let isDecided = spool.withLock { commitOnce(&$0, &pending, objectives, isLast: isClosing) }
            if isClosing || !isDecided { return }
        }
    }

    private func plan(_ spool: borrowing Spool) -> CommitPlan {
        CommitPlan(names: names, states: names.indices.map { spool.state($0) }, bounds: bounds, series: seriesBudget)
    }

    /// Looks into what is shown and keeps no copy of it, for that would have to be copied when it changes.
    private var seriesBudget: SeriesBudget {
        let counts = seriesCount
        let room = tables.room(for: .series) / memory.bytesOfSeries
        return SeriesBudget(
            maximum: min(memory.series, max(counts.requests, counts.durations) + room),
            requests: .init(count: counts.requests) { key in self.shown.withLock { $0.signals.requests[key] != nil } },
            durations: .init(count: counts.durations) { key in
                self.shown.withLock { $0.signals.durations[key] != nil }
            }
        )
    }

    private var seriesCount: (requests: Int, durations: Int) {
        shown.withLock { ($0.signals.requests.count, $0.signals.durations.count) }
    }

    /// What series have of the memory for tables.
    private func noteSeries(_ counts: (requests: Int, durations: Int)) {
        tables.set(max(counts.requests, counts.durations) * memory.bytesOfSeries, for: .series)
    }

    /// False: the end came before it was known whether the commit holds.
    private func commitOnce(
        _ spool: inout Spool,
        _ pending: inout PendingCommit,
        _ objectives: ObjectiveKeeper,
        isLast: Bool
    ) -> Bool {
        keepDeadLetters(&pending, spool)
        // When the disk does not take the batches, what is settled and counted goes without them.
        for offered in [pending.groups[...], []] {
            var plan = plan(spool)
            plan.add(pending.endings)
            plan.add(pending.attempts, pending.gaps)
            plan.add(containers.fresh)
            plan.add(offered, room: spool)
            for lane in lanes { plan.lease(lane.index, below: isLast ? lane.leaseAtRest : lane.wantedLease) }
            for (name, note) in pending.notes { plan.note(name, note) }
            let left = plan.claimed.isEmpty ? nil : unclaimed.withLock { $0.without(plan.claimed) }
            if let left { plan.note(CommitPlan.consumedNote(Self.restOfLines), left.note) }
            forgetIdle(&plan)
            noteLoki(&plan)
            let outcome = objectives.commit(plan.outcomes) { note in
                if let note { plan.note(Self.objectivesNote, note) }
                let change = plan.finish()
                return change.isEmpty ? .nothing : commit(change, &spool)
            }
            switch outcome {
            case .durable, .nothing:
                if outcome == .durable {
                    if let left { unclaimed.withLock { $0 = left } }
                    pending.committed(plan)
                    publish(plan, spool)
                }
                if let lane = plan.fullLane {
                    tell("there is no room in the spool of \(names[lane]); nothing is lost, inputs wait")
                } else if !offered.isEmpty || pending.groups.isEmpty {
                    tell(nil)
                }
                return true
            case .undecided: return false
            case .failed: continue
            }
        }
        return true
    }

    /// A later run must know how far this one came.
    private func noteLoki(_ plan: inout CommitPlan) {
        guard plan.newestForLoki > lokiFrontier.withLock({ $0 }) else { return }
        var reached = lokiRun
        reached.frontier = plan.newestForLoki
        plan.note(LokiRun.note, reached.note)
    }

    /// Series that have not changed for long are forgotten, so that others find room.
    private func forgetIdle(_ plan: inout CommitPlan) {
        let due = shown.withLock { $0.takeIdle(now: .now) }
        if let due { plan.forget(due) }
    }

    /// Writes refused records down; what tells of it is committed with the acknowledgement.
    private func keepDeadLetters(_ pending: inout PendingCommit, _ spool: borrowing Spool) {
        for index in pending.endings.indices where !pending.endings[index].deadLetters.isEmpty {
            let ending = pending.endings[index]
            pending.endings[index].deadLetters = []
            // One that was dropped to make room meanwhile has been counted already.
            guard !spool.state(ending.settlement.lane).isSettled(ending.settlement.first) else { continue }
            for letter in ending.deadLetters { keep(letter, of: names[ending.settlement.lane], &pending) }
        }
    }

    private func keep(_ letter: BatchResult.DeadLetter, of output: String, _ pending: inout PendingCommit) {
        let time = LogLine.text(of: WallClock.now())
        guard let lines = DeadLetterText.lines(letter, output: output, time: time) else { return }
        do throws(FileFailure) {
            pending.notes[DeadLetterFiles.note(output)] = try deadLetters.withLock { files throws(FileFailure) in
                try files.append(lines, of: output)
            }
        } catch {
            // They are counted as dropped either way; the record itself is then lost.
            log.error("dead letters cannot be kept", metadata: ["problem": "\(error)"])
        }
    }

    /// What became of an attempt to commit.
    enum Outcome {
        case durable
        /// There was nothing to commit.
        case nothing
        case failed
        /// The end came before it was known.
        case undecided
    }

    private func commit(_ change: Spool.Change, _ spool: inout Spool) -> Outcome {
        switch spool.commit(change) {
        case .durable: return .durable
        case .failed(let failure):
            tell("\(failure); nothing is lost, inputs wait")
            return .failed
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
            checkpoint.forget(plan.idle)
            for (name, view) in zip(names, views) {
                checkpoint.outputs[name, default: .init()].show(view.state, bytes: view.bytes)
            }
        }
        noteSeries(seriesCount)
        if plan.newestForLoki > 0 { lokiFrontier.withLock { $0 = max($0, plan.newestForLoki) } }
        for lane in lanes { lane.publish(views[lane.index], fresh: plan.fresh[lane.index]) }
        containers.settle(plan.containerEvents)
        sealed.release(plan.bodyBytes)
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

    // MARK: Consumed lines

    private static func consumed(_ state: CommittedState) -> ConsumedLines {
        state.notes.filter { $0.key.hasPrefix(CommitPlan.consumedPrefix) }
            .reduce(into: ConsumedLines()) { $0.add(ConsumedLines(note: $1.value)) }
    }

    /// The notes that put in one place what the workers of the last run had left, for this run may have others.
    private func gathered(_ state: CommittedState) -> [(name: String, bytes: [UInt8])] {
        let old = state.notes.filter { $0.key.hasPrefix(CommitPlan.consumedPrefix) }
        guard !old.isEmpty else { return [] }
        let none = ConsumedLines().note
        return [(CommitPlan.consumedNote(Self.restOfLines), unclaimed.withLock { $0.note })]
            + old.keys.filter { $0 != CommitPlan.consumedNote(Self.restOfLines) }.map { ($0, none) }
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
