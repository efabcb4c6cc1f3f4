/// Whom alerts are told.
package protocol AlertSink: Sendable {
    /// `alertmanager`, `webhook`: the label of its metrics.
    var name: String { get }
    /// How firing alerts are repeated: Alertmanager forgets those that it does not hear of again.
    var repetition: AlertRepetition { get }
    /// Tells some alerts, at most `repetition.batch` of them.
    func tell(_ alerts: [Alert]) async -> AlertReception
}

/// How often a sink wants to hear of an alert.
package struct AlertRepetition: Sendable, Equatable {
    /// Time between two tellings of the same alert; nil: once is enough.
    package let interval: Duration?
    /// How long after its end an alert is still told.
    package let resolvedFor: Duration
    /// Alerts told at once.
    package let batch: Int

    /// Makes a repetition.
    package init(interval: Duration?, resolvedFor: Duration, batch: Int) {
        self.interval = interval
        self.resolvedFor = resolvedFor
        self.batch = batch
    }
}
