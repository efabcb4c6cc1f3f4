/// What is known of the containers beside their lines: lifecycles and saturation, told to `ContainerSignals`.
///
/// No I/O.
package struct ContainerObserver: Sendable {
    private let signals: any ContainerSignals
    private let since: Int64
    private let hostPids: UInt64?
    private var containers: [String: ContainerDetails] = [:]
    private var lifecycles: [String: ContainerLifecycle] = [:]
    private var meters: [String: SaturationMeter] = [:]
    private var schedule: SamplingSchedule

    /// Makes an observer.
    ///
    /// - Parameters:
    ///   - signals: Where to tell.
    ///   - interval: Every container is sampled once in it; zero: never.
    ///   - since: Nanoseconds since 1970; restarts before are not counted.
    ///   - hostPids: The limit on processes and threads of a container without one.
    package init(_ signals: any ContainerSignals, interval: Duration, since: Int64, hostPids: UInt64? = nil) {
        self.signals = signals
        self.since = since
        self.hostPids = hostPids
        schedule = SamplingSchedule(intervalMilliseconds: interval.wholeMilliseconds)
    }

    /// Inspect has told of a container that is read.
    package mutating func observed(_ details: ContainerDetails) {
        let id = details.id
        containers[id] = details
        var lifecycle = lifecycles[id] ?? ContainerLifecycle(since: since)
        lifecycle.inspected(details.life, isRunning: details.isRunning, finishedAt: details.finishedAt)
        lifecycles[id] = lifecycle
        if details.isRunning, !details.life.isRestarting {
            signals.found(details.identity)
            schedule.add(id)
        } else {
            stop(id)
        }
        tell(id)
    }

    /// The engine has told of something that happened to any container; `now` where it does not say when.
    package mutating func happened(_ event: EngineJSON.Event, to id: String, now: Int64) {
        let time = event.time ?? now
        var lifecycle = lifecycles[id] ?? ContainerLifecycle(since: since)
        switch event.action {
        case "start":
            lifecycle.started(at: time)
            meters[id]?.restarted()
        case "die":
            lifecycle.died(at: time, exitCode: event.exitCode.flatMap { Int($0) })
            stop(id)
        case "oom": lifecycle.ranOutOfMemory()
        case "kill": lifecycle.signalled(event.signal)
        default: return
        }
        lifecycles[id] = lifecycle
        tell(id)
    }

    /// There is no such container any more, or it is not read any more.
    package mutating func removed(_ id: String) {
        schedule.remove(id)
        meters[id] = nil
        lifecycles[id] = nil
        guard let details = containers.removeValue(forKey: id) else { return }
        signals.removed(details.identity)
    }

    /// The containers that there are; all others have been removed.
    package mutating func listed(_ ids: Set<String>) {
        for id in Set(containers.keys).union(lifecycles.keys) where !ids.contains(id) { removed(id) }
    }

    /// The container whose stats are to be asked for now.
    package mutating func next(now: Int64) -> String? { schedule.next(now: now) }

    /// When `next` will have one.
    package var nextAt: Int64? { schedule.nextAt }

    /// The engine has told the stats of a container.
    package mutating func measured(_ id: String, _ stats: EngineJSON.Stats) {
        guard let details = containers[id], details.isRunning else { return }
        var meter = meters[id] ?? SaturationMeter()
        let sample = meter.take(stats, limits: details.limits, hostPids: hostPids)
        meters[id] = meter
        if !sample.isEmpty { signals.sample(sample, of: details.identity) }
    }

    private mutating func stop(_ id: String) {
        schedule.remove(id)
        meters[id] = nil
        containers[id]?.isRunning = false
        if let identity = containers[id]?.identity { signals.stopped(identity) }
    }

    /// Before the container is known as one that is read, its news wait.
    private mutating func tell(_ id: String) {
        guard let identity = containers[id]?.identity, let news = lifecycles[id]?.takeNews() else { return }
        if news.restarts > 0 { signals.restarted(identity, times: news.restarts) }
        if news.oomKills > 0 { signals.oomKilled(identity, times: news.oomKills) }
    }
}
