/// One alert as it is told to others: what it is, since when, and until when.
package struct Alert: Sendable, Equatable {
    /// A name and a text.
    package struct Pair: Sendable, Equatable {
        package let name: String
        package let value: String

        /// Makes a pair.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What tells it from other alerts; `alertname` is one of them.
    package var labels: [Pair]
    /// What people read.
    package var annotations: [Pair]
    /// RFC 3339.
    package var startsAt: String
    /// When it ended or, while it fires, until when it counts as firing without being told again; RFC 3339.
    package var endsAt: String?
    /// Whether it is over.
    package var isResolved: Bool

    /// Makes an alert.
    package init(labels: [Pair], annotations: [Pair], startsAt: String, endsAt: String?, isResolved: Bool) {
        self.labels = labels
        self.annotations = annotations
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.isResolved = isResolved
    }

    /// Pairs as a JSON object.
    static func object(_ pairs: [Pair]) -> String {
        "{" + pairs.map { "\(JSONText.quoted($0.name)):\(JSONText.quoted($0.value))" }.joined(separator: ",") + "}"
    }
}

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
}

/// What became of telling.
package enum AlertReception: Sendable, Equatable {
    case taken
    /// It will never be taken: what was sent is wrong.
    case refused(reason: String)
    /// It may be taken later.
    case failed(reason: String)

    /// By the status of an answer.
    init(_ response: (status: Int, text: String)) {
        switch response.status {
        case 200...299: self = .taken
        case 408, 429, 500...599: self = .failed(reason: "status \(response.status)")
        // A redirect, missing rights or a wrong path can be mended without a word from us.
        case 300...399, 401, 403, 404: self = .failed(reason: "status \(response.status)")
        default: self = .refused(reason: "status \(response.status) \(response.text)")
        }
    }
}
