package import Settings
package import Transport

/// `outputs.webhook`: every alert as JSON, one POST when it begins and one when it ends.
package struct WebhookOptions: Sendable {
    /// The whole address.
    package var url: BaseURL
    package var auth: AuthOptions
    package var tls: TLSOptions
    package var delivery: DeliveryOptions

    /// Makes options.
    package init(
        url: BaseURL,
        auth: AuthOptions = .none,
        tls: TLSOptions = TLSOptions(),
        delivery: DeliveryOptions = DeliveryOptions()
    ) {
        self.url = url
        self.auth = auth
        self.tls = tls
        self.delivery = delivery
    }

    /// Reads `outputs.webhook`; nil when there is no usable address, which is reported.
    package init?(reading reader: ConfigurationReader, delivery: DeliveryOptions) {
        let example = "write an address such as https://hooks.example.com/martlet"
        let auth = AuthOptions(reading: reader.child("auth"))
        let tls = TLSOptions(reading: reader.child("tls"))
        let delivery = DeliveryOptions(reading: reader, defaults: delivery)
        guard let text = reader.requiredString("url", example) else { return nil }
        guard let url = BaseURL(text) else {
            reader.report("url", "is no web address", "\(example); what is secret goes to `auth`")
            return nil
        }
        self.init(url: url, auth: auth, tls: tls, delivery: delivery)
    }
}
