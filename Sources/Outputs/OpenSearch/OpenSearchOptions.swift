package import Settings
package import Transport

/// `outputs.opensearch`.
package struct OpenSearchOptions: Sendable {
    /// The cluster's address.
    package var url: BaseURL
    /// Documents are created here.
    package var dataStream: String
    /// Whether the index template and the retention policy are put when they are missing.
    package var bootstrap: Bool
    /// How long documents are kept at least.
    package var retention: Duration
    package var auth: AuthOptions
    package var tls: TLSOptions
    package var delivery: DeliveryOptions

    /// Makes options; all but the address have defaults.
    package init(
        url: BaseURL,
        dataStream: String = "logs-martlet-default",
        bootstrap: Bool = true,
        retention: Duration = .seconds(30 * 86_400),
        auth: AuthOptions = .none,
        tls: TLSOptions = TLSOptions(),
        delivery: DeliveryOptions = DeliveryOptions()
    ) {
        self.url = url
        self.dataStream = dataStream
        self.bootstrap = bootstrap
        self.retention = retention
        self.auth = auth
        self.tls = tls
        self.delivery = delivery
    }
}
