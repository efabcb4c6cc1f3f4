import RecordPath

/// Request and latency series that nothing was counted for in a long time.
struct IdleSeries: Sendable {
    /// A series that nothing was counted for in so long is idle.
    static let limit = Duration.seconds(6 * 3600)
    /// How often is looked for idle ones.
    static let interval = Duration.seconds(60)

    var requests: Set<SignalSnapshot.Request> = []
    var durations: Set<SignalSnapshot.Request> = []

    init() {}

    /// Those of a snapshot that were last counted before a moment.
    init(of signals: SignalSnapshot, before moment: UInt32) {
        requests = Set(signals.requests.lazy.filter { $0.value.countedAt < moment }.map(\.key))
        durations = Set(signals.durations.lazy.filter { $0.value.countedAt < moment }.map(\.key))
    }

    var isEmpty: Bool { requests.isEmpty && durations.isEmpty }

    /// The same but for those that a snapshot counts.
    func without(_ signals: SignalSnapshot) -> IdleSeries {
        var left = self
        left.requests = requests.filter { signals.requests[$0] == nil }
        left.durations = durations.filter { signals.durations[$0] == nil }
        return left
    }
}

extension SignalSnapshot {
    /// Notes that everything in another snapshot was counted now.
    mutating func note(_ counted: SignalSnapshot, at moment: UInt32) {
        for key in counted.requests.keys { requests[key]?.countedAt = moment }
        for key in counted.durations.keys { durations[key]?.countedAt = moment }
    }

    /// Leaves series out.
    mutating func forget(_ idle: IdleSeries) {
        for key in idle.requests { requests[key] = nil }
        for key in idle.durations { durations[key] = nil }
    }
}
