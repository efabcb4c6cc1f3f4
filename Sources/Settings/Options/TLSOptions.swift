/// How an encrypted connection is made; the files are read when it is.
package struct TLSOptions: Sendable, Equatable {
    /// A PEM file of the authorities to trust, or nil for the system's.
    package var authorityFile: String?
    /// Our own certificate chain, for servers that ask for one.
    package var certificateFile: String?
    /// The private key of the certificate.
    package var keyFile: String?
    /// The oldest version taken.
    package var minimumVersion: Version

    /// A version of TLS.
    package enum Version: String, Sendable, CaseIterable {
        /// TLS 1.2.
        case tls12 = "1.2"
        /// TLS 1.3.
        case tls13 = "1.3"
    }

    /// Makes options; without arguments they are the defaults.
    package init(
        authorityFile: String? = nil,
        certificateFile: String? = nil,
        keyFile: String? = nil,
        minimumVersion: Version = .tls12
    ) {
        self.authorityFile = authorityFile
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.minimumVersion = minimumVersion
    }
}
