import NIOSSL

extension TLSFiles {
    /// Reads the files.
    func configuration() throws(TLSFileError) -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = minVersion == .tls13 ? .tlsv13 : .tlsv12
        if let ca {
            configuration.trustRoots = .certificates(try Self.read(ca, NIOSSLCertificate.fromPEMFile))
        }
        if let cert {
            let chain = try Self.read(cert, NIOSSLCertificate.fromPEMFile)
            configuration.certificateChain = chain.map { .certificate($0) }
        }
        if let key {
            configuration.privateKey = .privateKey(
                try Self.read(key) { file throws in try NIOSSLPrivateKey(file: file, format: .pem) }
            )
        }
        return configuration
    }

    private static func read<T>(_ file: String, _ parse: (String) throws -> T) throws(TLSFileError) -> T {
        do {
            return try parse(file)
        } catch {
            throw TLSFileError(description: "\(file): \(error); give a PEM file that this user may read")
        }
    }
}
