/// Rules that Prometheus evaluates together, in this order.
package struct RuleGroup: Sendable {
    package let name: String
    /// How often; nil: as often as Prometheus does by default.
    package var interval: String?
    package var recordings: [RecordingRule] = []
    package var alerts: [AlertRule] = []

    init(_ name: String, interval: String? = nil, recordings: [RecordingRule] = [], alerts: [AlertRule] = []) {
        self.name = name
        self.interval = interval
        self.recordings = recordings
        self.alerts = alerts
    }

    func node(_ places: Places) -> Node {
        .members(
            ("name", .text(name)),
            ("interval", interval.map { .text($0) }),
            ("rules", .list(recordings.map(\.node) + alerts.map { $0.node(places) }))
        )
    }
}
