package import Transport

/// Tells alerts to an Alertmanager by its API v2.
package struct AlertmanagerSink: AlertSink {
    package let name = "alertmanager"
    private let options: AlertmanagerOptions
    private let transport: any HTTPTransport

    /// As long as Prometheus tells of what is over: an Alertmanager that restarts meanwhile hears of it too.
    private static let resolvedFor = Duration.seconds(900)

    /// Makes a sink.
    package init(_ options: AlertmanagerOptions, transport: any HTTPTransport) {
        self.options = options
        self.transport = transport
    }

    package var repetition: AlertRepetition {
        AlertRepetition(interval: options.resend, resolvedFor: Self.resolvedFor, batch: 64)
    }

    package func tell(_ alerts: [Alert]) async -> AlertReception {
        let request = TransportRequest(
            method: "POST",
            url: options.url.appending("/api/v2/alerts"),
            headers: [("Content-Type", "application/json")],
            body: Self.body(alerts)
        )
        return await AlertReception(sending: request, by: transport)
    }

    static func body(_ alerts: [Alert]) -> [UInt8] {
        let items = alerts.map { alert in
            let end = alert.endsAt.map { ",\"endsAt\":\(JSONText.quoted($0))" } ?? ""
            return "{\"labels\":\(Alert.object(alert.labels)),\"annotations\":\(Alert.object(alert.annotations)),"
                + "\"startsAt\":\(JSONText.quoted(alert.startsAt))\(end)}"
        }
        return Array("[\(items.joined(separator: ","))]".utf8)
    }
}
