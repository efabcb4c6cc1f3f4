package import Settings
package import Transport

/// `outputs.alertmanager`: burn-rate alerts without a Prometheus.
package struct AlertmanagerOptions: Sendable {
    /// Without `/api/v2/alerts`.
    package var url: BaseURL
    /// Time between two tellings of a firing alert.
    package var resend: Duration
    package var auth: AuthOptions
    package var tls: TLSOptions
    package var delivery: DeliveryOptions

    /// Makes options.
    package init(
        url: BaseURL,
        resend: Duration = .seconds(60),
        auth: AuthOptions = .none,
        tls: TLSOptions = TLSOptions(),
        delivery: DeliveryOptions = DeliveryOptions()
    ) {
        self.url = url
        self.resend = resend
        self.auth = auth
        self.tls = tls
        self.delivery = delivery
    }

    /// Reads `outputs.alertmanager`; nil when there is no usable address, which is reported.
    package init?(reading reader: ConfigurationReader, delivery: DeliveryOptions) {
        let example = "write the address of Alertmanager, such as http://alertmanager:9093"
        let resend = reader.duration("resend", default: .seconds(60), in: .seconds(1) ... .seconds(600))
        let auth = AuthOptions(reading: reader.child("auth"))
        let tls = TLSOptions(reading: reader.child("tls"))
        let delivery = DeliveryOptions(reading: reader, defaults: delivery)
        guard let text = reader.requiredString("url", example) else { return nil }
        guard let url = BaseURL(text), !text.hasSuffix("/alerts") else {
            reader.report("url", "is not the address of an Alertmanager", "\(example); the path is added")
            return nil
        }
        self.init(url: url, resend: resend, auth: auth, tls: tls, delivery: delivery)
    }
}
