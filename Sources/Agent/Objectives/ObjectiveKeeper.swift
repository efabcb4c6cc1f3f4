import Logging
import Objectives
import RecordPath
import Spool
import Synchronization

/// The SLOs of a running agent: takes counts from workers at batch boundaries, evaluates alerts on a tick, keeps its
/// state on disk.
///
/// What it shows is what is on disk, so that a restart never takes a counter back.
final class ObjectiveKeeper: Sendable {
    /// How one SLO of one service stands.
    struct Standing: Sendable {
        let slo: SLO
        let reading: ObjectiveReading
    }

    /// What the alerts of all SLOs are, for those who tell them.
    struct Alerts: Sendable {
        /// When those fired that fire or are held.
        var active: [AlertBook.Key: Int64] = [:]
        /// When those ended that ended since they were last asked for.
        var ended: [AlertBook.Key: Int64] = [:]
    }

    private struct State {
        var board: ObjectiveBoard
        var journal: OutcomeJournal
        /// As of the last tick that is on disk.
        var standings: [Standing] = []
        var alerts = Alerts()
        /// Ends that are not shown yet.
        var freshEnds: [AlertBook.Key: Int64] = [:]
        var saveProblem: String?
    }

    private let state: Mutex<State>
    /// Held while a commit is under way and while the state is written: each knows where the other stands.
    private let gate = Mutex(())
    private let file: StateFile
    private let clock: @Sendable () -> SteadyClock.Reading
    private let log: Logger

    /// Goes on where the state in the data directory stopped; `note` is what the last commit carried along.
    init(
        _ set: SLOSet,
        directory: String,
        note: [UInt8]? = nil,
        tables: TableBudget = TableBudget(),
        clock: @escaping @Sendable () -> SteadyClock.Reading = { HostClock.reading },
        log: Logger
    ) throws(FileFailure) {
        file = StateFile(files: DiskFiles(root: directory), name: "slo-state", kind: "martlet slo state 1")
        self.clock = clock
        self.log = log
        let admits: @Sendable (Int) -> Bool = { tables.take($0, for: .objectives) }
        for slo in set.slos where !slo.isForEveryService { tables.add(Ladder.bytes(over: slo.period), to: .objectives) }
        var board: ObjectiveBoard?
        var epoch: UInt64 = 0
        switch try file.read() {
        case .absent: break
        case .damaged:
            let path = "\(directory)/\(file.name)"
            log.error("the state of the SLOs is damaged, they start anew", metadata: ["file": "\(path)"])
        case .bytes(let bytes):
            var reader = StateReader(bytes)
            epoch = reader.unsigned() ?? 0
            board = reader.block().flatMap { ObjectiveBoard(set, restoring: $0.rest, now: clock(), admits: admits) }
            if board == nil { log.error("the state of the SLOs is not understood, they start anew") }
        }
        let start = board ?? ObjectiveBoard(set, clock: SteadyClock(clock()), admits: admits)
        state = Mutex(State(board: start, journal: OutcomeJournal(epoch: epoch)))
        if let note { add(OutcomeJournal.outcomes(of: note, set, epoch: epoch)) }
        state.withLock { Self.show(Self.picture(of: &$0), &$0) }
    }

    /// Whether there are any SLOs.
    var isEmpty: Bool { state.withLock { $0.board.set.slos.isEmpty } }

    // MARK: What happens

    /// Has a commit carry events along, and takes them once it is durable.
    ///
    /// `body` gets what must stand in the frame; nil: there are no events.
    func commit(_ counts: [OutcomeCount], _ body: ([UInt8]?) -> SpoolKeeper.Outcome) -> SpoolKeeper.Outcome {
        gate.withLock { _ in
            let outcome = body(counts.isEmpty ? nil : note(adding: counts))
            if outcome == .durable { add(counts) }
            return outcome
        }
    }

    private func note(adding counts: [OutcomeCount]) -> [UInt8] {
        state.withLock { state in
            var journal = state.journal
            journal.add(counts)
            return journal.note(state.board.set)
        }
    }

    private func add(_ counts: [OutcomeCount]) {
        guard !counts.isEmpty else { return }
        state.withLock { state in
            state.journal.add(counts)
            for count in counts {
                state.board.add(
                    ObjectiveCount(
                        slo: count.objective,
                        service: count.service,
                        good: count.good,
                        bad: count.bad,
                        time: count.time / 1_000_000
                    )
                )
            }
        }
    }

    /// Moves on to now, evaluates all alerts, and shows the result once it is on disk.
    ///
    /// What passed since the last tick counts as observed where `isObserved`.
    func tick(isObserved: Bool) { gate.withLock { _ in tickAlone(isObserved) } }

    private func tickAlone(_ isObserved: Bool) {
        let (bytes, picture, journal) = state.withLock { state in
            state.board.advance(to: clock(), isObserved: isObserved)
            for event in state.board.evaluate() { Self.note(event, &state, log) }
            let next = state.journal.epoch &+ 1
            let journal = state.journal
            state.journal = OutcomeJournal(epoch: next)
            return (Self.encoded(state.board, next), Self.picture(of: &state), journal)
        }
        do {
            try file.write(bytes)
            state.withLock { Self.show(picture, &$0) }
            report(nil)
        } catch {
            // The file of the epoch before is still there: what came since goes with its events.
            state.withLock { state in
                var journal = journal
                journal.add(state.journal.outcomes)
                state.journal = journal
            }
            report(error.description)
        }
    }

    private static func encoded(_ board: ObjectiveBoard, _ epoch: UInt64) -> [UInt8] {
        var writer = StateWriter()
        writer.put(epoch)
        writer.put(board.encoded())
        return writer.bytes
    }

    private static func note(_ event: AlertEvent, _ state: inout State, _ log: Logger) {
        let metadata: Logger.Metadata = ["sloth_id": "\(event.slothID)", "tier": "\(event.tier)"]
        switch event.action {
        case .fire: log.warning("an error budget burns", metadata: metadata)
        case .resolve(_, let endedAt):
            log.notice("an error budget burns no more", metadata: metadata)
            state.freshEnds[AlertBook.Key(slothID: event.slothID, tier: event.tier)] = endedAt.wall
        }
    }

    /// How everything stands at this moment.
    private static func picture(of state: inout State) -> (standings: [Standing], ends: [AlertBook.Key: Int64]) {
        defer { state.freshEnds = [:] }
        let standings = zip(state.board.trackers, state.board.readings).map { Standing(slo: $0.slo, reading: $1) }
        return (standings, state.freshEnds)
    }

    /// Shows a picture, once it is on disk.
    private static func show(
        _ picture: (standings: [Standing], ends: [AlertBook.Key: Int64]),
        _ state: inout State
    ) {
        var active: [AlertBook.Key: Int64] = [:]
        for standing in picture.standings {
            for alert in standing.reading.alerts where alert.isActive {
                let key = AlertBook.Key(slothID: standing.reading.slothID, tier: alert.tier)
                active[key] = alert.firedAt?.wall ?? 0
            }
        }
        state.standings = picture.standings
        state.alerts.active = active
        state.alerts.ended.merge(picture.ends) { $1 }
    }

    private func report(_ problem: String?) {
        let isNew = state.withLock { state in
            defer { state.saveProblem = problem }
            return state.saveProblem != problem
        }
        guard isNew, let problem else { return }
        log.error("the state of the SLOs is not saved; what is shown stands still", metadata: ["error": "\(problem)"])
    }

    // MARK: How it stands

    /// How every SLO of every service stands.
    var standings: [Standing] { state.withLock { $0.standings } }

    /// How alerts stand; ends that have been given out are forgotten.
    func takeAlerts() -> Alerts {
        state.withLock { state in
            defer { state.alerts.ended = [:] }
            return state.alerts
        }
    }

    /// Events of the last so many seconds of an SLO by its name or id, one for each service that it has.
    func counts(of name: String, overSeconds seconds: Int64) -> [(slo: SLO, slothID: String, counts: EventCounts)] {
        state.withLock { state in
            state.board.trackers.filter { $0.slo.name == name || $0.slothID == name || $0.slo.slothID == name }
                .map { ($0.slo, $0.slothID, $0.ladder.counts(overSeconds: seconds)) }
        }
    }
}
