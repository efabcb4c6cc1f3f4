import Logging
import Objectives
import Outputs
import Settings
import Spool
import Synchronization

/// Tells burn-rate alerts to Alertmanager and webhook, and keeps in the data directory what each has heard.
final class AlertDesk: Sendable {
    /// What became of tellings to one sink.
    struct Tellings: Sendable {
        var taken: UInt64 = 0
        var refused: UInt64 = 0
        var failed: UInt64 = 0
        /// Why the last one failed; nil: it did not.
        var problem: String?
    }

    private struct Place {
        var book: AlertBook
        var tellings = Tellings()
    }

    /// How often it is looked whether something is due.
    private static let pace = Duration.milliseconds(500)
    private static let longestDelay = Duration.seconds(30)

    private let sinks: [any AlertSink]
    private let files: [StateFile]
    private let places: Mutex<[Place]>
    private let keeper: ObjectiveKeeper
    private let labels: [Alert.Pair]
    private let now: @Sendable () -> Int64
    private let log: Logger

    /// Goes on where the books in the data directory stopped; `now` tells milliseconds since 1970.
    init(
        _ sinks: [any AlertSink],
        directory: String,
        keeper: ObjectiveKeeper,
        labels: [AgentOptions.Label],
        now: @escaping @Sendable () -> Int64 = { WallClock.now() / 1_000_000 },
        log: Logger
    ) throws(FileFailure) {
        self.sinks = sinks
        self.keeper = keeper
        self.labels = labels.map { Alert.Pair($0.name, $0.value) }
        self.now = now
        self.log = log
        var files: [StateFile] = []
        var places: [Place] = []
        for sink in sinks {
            let file = StateFile(
                files: DiskFiles(root: directory),
                name: "alerts-\(sink.name)",
                kind: "martlet alerts 1"
            )
            files.append(file)
            if case .bytes(let bytes) = try file.read(), let book = AlertBook(bytes) {
                places.append(Place(book: book))
            } else {
                places.append(Place(book: AlertBook()))
            }
        }
        self.files = files
        self.places = Mutex(places)
    }

    /// Hears how alerts stand; asked after every evaluation.
    func follow() {
        let alerts = keeper.takeAlerts()
        let time = now()
        places.withLock { places in
            for index in places.indices {
                places[index].book.follow(active: alerts.active, ended: alerts.ended, now: time)
            }
        }
        for index in sinks.indices { save(index) }
    }

    /// What became of tellings, by sink.
    var tellings: [(sink: String, counts: Tellings)] {
        places.withLock { places in zip(sinks, places).map { ($0.name, $1.tellings) } }
    }

    /// Tells what is due until it is cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            for index in sinks.indices { group.addTask { await self.serve(index) } }
        }
    }

    private func serve(_ index: Int) async {
        var delay = Self.pace
        while !Task.isCancelled {
            let isWell = await round(index)
            delay = isWell ? Self.pace : min(delay * 2, Self.longestDelay)
            // Full jitter would let an alert wait for nothing; a quarter keeps hosts apart.
            try? await Task.sleep(for: delay * Double.random(in: 0.75...1))
        }
    }

    /// Tells everything that is due; false when the sink does not take it.
    func round(_ index: Int) async -> Bool {
        let sink = sinks[index]
        let due = places.withLock { $0[index].book.due(sink.repetition, now: now()) }
        let standings = due.isEmpty ? [] : keeper.standings
        var rest = due[...]
        while !rest.isEmpty {
            let batch = rest.prefix(sink.repetition.batch)
            rest = rest.dropFirst(batch.count)
            let known = batch.compactMap { item in
                alert(item.key, item.entry, standings, sink.repetition).map { (item, $0) }
            }
            let reception = known.isEmpty ? .taken : await sink.tell(known.map(\.1))
            guard take(reception, Array(batch), index) else { return false }
        }
        places.withLock { $0[index].book.forget(sink.repetition, now: now()) }
        save(index)
        return true
    }

    /// Notes what became of some alerts; false when they must be told again.
    private func take(
        _ reception: AlertReception,
        _ batch: [(key: AlertBook.Key, entry: AlertBook.Entry)],
        _ index: Int
    ) -> Bool {
        let time = now()
        let problem: String? = places.withLock { places in
            let before = places[index].tellings.problem
            switch reception {
            case .taken: places[index].tellings.taken += UInt64(batch.count)
            case .refused: places[index].tellings.refused += UInt64(batch.count)
            case .failed: places[index].tellings.failed += UInt64(batch.count)
            }
            places[index].tellings.problem = reception.problem
            if reception.isSettled {
                for item in batch { places[index].book.told(item.key, item.entry, now: time) }
            }
            return before == reception.problem ? nil : reception.problem
        }
        if let problem {
            log.warning("alerts are not taken", metadata: ["output": "\(sinks[index].name)", "reason": "\(problem)"])
        }
        return reception.isSettled
    }

    private func save(_ index: Int) {
        let bytes: [UInt8]? = places.withLock { places in
            places[index].book.isChanged ? places[index].book.encoded() : nil
        }
        guard let bytes else { return }
        do {
            try files[index].write(bytes)
        } catch {
            log.error("told alerts are not saved; they may be told again", metadata: ["error": "\(error.description)"])
        }
    }

    // MARK: What is told

    /// An alert as the sink hears it; nil where the configuration has no such SLO any more.
    private func alert(
        _ key: AlertBook.Key,
        _ entry: AlertBook.Entry,
        _ standings: [ObjectiveKeeper.Standing],
        _ repetition: AlertRepetition
    ) -> Alert? {
        guard let standing = standings.first(where: { $0.reading.slothID == key.slothID }) else { return nil }
        let alert = BurnAlert(
            slo: standing.slo,
            service: standing.reading.service,
            tier: key.tier,
            agentLabels: labels
        )
        // Four tellings may be lost before it counts as over by itself.
        let patience = repetition.interval.map { max(300_000, $0.components.seconds * 4_000) }
        let end = entry.endedAt ?? patience.map { now() + $0 }
        return Alert(
            labels: alert.labels,
            annotations: alert.annotations(standing.reading),
            startsAt: Moment(wall: entry.firedAt).rfc3339,
            endsAt: end.map { Moment(wall: $0).rfc3339 },
            isResolved: entry.endedAt != nil
        )
    }
}

extension AlertReception {
    /// Whether it need not be told again.
    fileprivate var isSettled: Bool {
        if case .failed = self { return false }
        return true
    }

    fileprivate var problem: String? {
        switch self {
        case .taken: nil
        case .refused(let reason), .failed(let reason): reason
        }
    }
}
