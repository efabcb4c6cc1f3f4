/// How to trust a server and to be trusted by it.
///
/// Files are PEM and are read again when they change.
package struct TLSFiles: Sendable, Equatable {
    /// The oldest protocol version that is spoken.
    package enum Version: String, Sendable, CaseIterable {
        case tls12 = "1.2"
        case tls13 = "1.3"
    }

    /// Certificates that are trusted, instead of the host's.
    package var ca: String?
    /// Our own certificate chain, for mutual TLS.
    package var cert: String?
    /// The private key of `cert`.
    package var key: String?
    package var minVersion: Version
    /// The files are looked at again no more often than this.
    package var reloadEvery: Duration

    /// Makes options.
    package init(
        ca: String? = nil,
        cert: String? = nil,
        key: String? = nil,
        minVersion: Version = .tls12,
        reloadEvery: Duration = .seconds(10)
    ) {
        self.ca = ca
        self.cert = cert
        self.key = key
        self.minVersion = minVersion
        self.reloadEvery = reloadEvery
    }

    /// The files it names.
    var files: [String] { [ca, cert, key].compactMap(\.self) }
}
