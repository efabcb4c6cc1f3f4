import RecordPath

/// Request and latency series that nothing was counted for in a long time.
struct IdleSeries: Sendable {
    var requests: Set<SignalSnapshot.Request> = []
    var durations: Set<SignalSnapshot.Request> = []

    /// The same but for those that a snapshot counts.
    func without(_ signals: SignalSnapshot) -> IdleSeries {
        IdleSeries(
            requests: requests.filter { signals.requests[$0] == nil },
            durations: durations.filter { signals.durations[$0] == nil }
        )
    }
}

/// When request and latency series were last counted.
struct SeriesActivity: Sendable {
    /// A series that nothing was counted for in so long is idle.
    static let limit = Duration.seconds(6 * 3600)
    /// How often is looked for idle ones.
    static let interval = Duration.seconds(60)

    private var requests: [SignalSnapshot.Request: ContinuousClock.Instant] = [:]
    private var durations: [SignalSnapshot.Request: ContinuousClock.Instant] = [:]
    private var lookedAt = ContinuousClock.now

    /// Everything in a snapshot was counted now.
    mutating func note(_ signals: SignalSnapshot, now: ContinuousClock.Instant) {
        for key in signals.requests.keys { requests[key] = now }
        for key in signals.durations.keys { durations[key] = now }
    }

    /// Those that are idle; nil most of the time, for it looks once a minute.
    mutating func idle(now: ContinuousClock.Instant) -> IdleSeries? {
        guard now - lookedAt >= Self.interval else { return nil }
        lookedAt = now
        let idle = IdleSeries(
            requests: Set(requests.filter { now - $0.value > Self.limit }.keys),
            durations: Set(durations.filter { now - $0.value > Self.limit }.keys)
        )
        return idle.requests.isEmpty && idle.durations.isEmpty ? nil : idle
    }

    /// Series are gone.
    mutating func forget(_ idle: IdleSeries) {
        for key in idle.requests { requests[key] = nil }
        for key in idle.durations { durations[key] = nil }
    }
}
