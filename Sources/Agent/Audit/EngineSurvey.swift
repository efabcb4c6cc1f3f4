import Audit
import Inputs
import RecordPath

/// Gathers what the audit judges by: the engine's answers, and the last lines of each container.
///
/// GET only, and nothing is kept. What cannot be had is absent, and the checks that need it say so.
struct EngineSurvey {
    /// Lines of each container that are looked at.
    static let lines = 500
    /// Containers that are looked at; of more, those that the engine names first.
    static let containersMax = 500
    /// Events of so long ago are looked for; the engine has the last 256 only.
    private static let eventNanoseconds: Int64 = 24 * 3600 * 1_000_000_000

    private var client: EngineClient
    private let configuration: AgentConfiguration
    private let scope: Scope
    private let own = OwnContainer.detect()
    private let selector: ContainerSelector
    private let now: Int64

    /// Which containers are looked at.
    enum Scope {
        /// All of the engine.
        case all
        /// Those that the Docker input reads, and Martlet's own.
        case read
    }

    /// Makes a survey; `stop` ends every wait, `now` is in nanoseconds since 1970.
    init(
        _ configuration: AgentConfiguration,
        _ address: EngineAddress,
        _ scope: Scope,
        stop: StopSignal,
        now: Int64
    ) {
        client = EngineClient(address, stop: stop)
        self.configuration = configuration
        self.scope = scope
        let options = configuration.docker
        selector = ContainerSelector(include: options?.include ?? [], exclude: options?.exclude ?? [], own: own)
        self.now = now
    }

    /// Asks about every container; `progress` hears how many are done, of how many.
    mutating func run(progress: (Int, Int) -> Void) throws(EngineFailure) -> [ContainerEvidence] {
        try client.negotiate()
        let ids = try client.containers().prefix(Self.containersMax).map(\.id)
        let engine = answer(.info)
        let events = self.events
        var found: [ContainerEvidence] = []
        for (index, id) in ids.enumerated() {
            progress(index, ids.count)
            guard var evidence = evidence(id) else { continue }
            evidence.engine = engine
            evidence.events = events[id] ?? []
            found.append(evidence)
        }
        progress(ids.count, ids.count)
        return found
    }

    /// Nil when it has gone meanwhile, or shall not be looked at.
    private func evidence(_ id: String) -> ContainerEvidence? {
        guard let body = try? client.document(.container(id: id)),
            let details = ContainerDetails(id: id, inspection: body)
        else { return nil }
        let isRead = selector.selects(details)
        guard scope == .all || isRead || own.isSelf(id) else { return nil }
        var evidence = ContainerEvidence(id: id, name: details.name, service: details.identity.service)
        evidence.isOwn = own.isSelf(id)
        evidence.inspect = EngineAnswer(body)
        evidence.image = answer(.image(reference: details.image))
        if details.isRunning { evidence.processes = answer(.processes(id: id)) }
        // Whoever keeps a container's lines from Martlet keeps them from its audit.
        if isRead, let batches = try? LogTail.read(details, lines: Self.lines, client, now: now) {
            evidence.log = log(batches)
        }
        return evidence
    }

    private func answer(_ document: EngineDocument) -> EngineAnswer {
        (try? client.document(document)).map { EngineAnswer($0) } ?? .absent
    }

    private var events: [String: [EngineAnswer]] {
        let body = (try? client.document(.events(since: now - Self.eventNanoseconds, until: now))) ?? []
        let events = body.split(separator: 0x0A).map { EngineAnswer($0) }
        return Dictionary(grouping: events) { $0.Actor.ID.text ?? $0.id.text ?? "" }
    }

    /// What the record path of the agent makes of the lines, without signals' outputs.
    private func log(_ batches: [RecordBatch]) -> LogEvidence {
        var plan = RecordPlan(configuration)
        plan.loki = nil
        plan.documents = nil
        plan.objectives = nil
        plan.drops = []
        // Ids of this sample are nobody else's business.
        plan.exchange = nil
        var path = RecordPath(plan)
        for batch in batches { path.process(batch) }
        _ = path.release(asOf: .max)
        var signals = SignalSnapshot(bounds: plan.latencyBounds)
        signals.add(path.takeCounts())
        return LogEvidence(signals)
    }
}
