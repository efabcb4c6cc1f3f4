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
