package import Transport

/// Tells every alert by a POST of its own, once when it begins and once when it ends.
package struct WebhookSink: AlertSink {
    package let name = "webhook"
    package let repetition = AlertRepetition(interval: nil, resolvedFor: .seconds(86_400), batch: 1)
    private let options: WebhookOptions
    private let transport: any HTTPTransport

    /// Makes a sink.
    package init(_ options: WebhookOptions, transport: any HTTPTransport) {
        self.options = options
        self.transport = transport
    }

    package func tell(_ alerts: [Alert]) async -> AlertReception {
        var reception = AlertReception.taken
        for alert in alerts where reception == .taken {
            let request = TransportRequest(
                method: "POST",
                url: options.url.description,
                headers: [("Content-Type", "application/json")],
                body: Self.body(alert)
            )
            reception = await AlertReception(sending: request, by: transport)
        }
        return reception
    }

    static func body(_ alert: Alert) -> [UInt8] {
        let end = alert.isResolved ? alert.endsAt.map(JSONText.quoted) ?? "null" : "null"
        let status = alert.isResolved ? "resolved" : "firing"
        return Array(
            ("{\"version\":\"1\",\"status\":\"\(status)\",\"labels\":\(Alert.object(alert.labels)),"
                + "\"annotations\":\(Alert.object(alert.annotations)),"
                + "\"startsAt\":\(JSONText.quoted(alert.startsAt)),\"endsAt\":\(end)}\n").utf8
        )
    }
}
