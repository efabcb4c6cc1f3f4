package import Settings
package import Transport

extension TransportOptions {
    /// What the settings of an output mean for its transport.
    package init(_ delivery: DeliveryOptions, auth: AuthOptions, tls: TLSOptions, connections: Int) {
        self.init(
            connectTimeout: delivery.timeout.connect,
            requestTimeout: delivery.timeout.request,
            connections: connections,
            authorization: Authorization(auth),
            tls: TLSFiles(
                ca: tls.authorityFile,
                cert: tls.certificateFile,
                key: tls.keyFile,
                minVersion: tls.minimumVersion == .tls13 ? .tls13 : .tls12
            )
        )
    }
}

extension Authorization {
    /// The same, with the secret taken out.
    package init(_ auth: AuthOptions) {
        switch auth {
        case .none: self = .none
        case .basic(let user, let password): self = .basic(user: user, password: password.value)
        case .bearer(let token): self = .bearer(token: token.value)
        }
    }
}
