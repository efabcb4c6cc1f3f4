extension TLSOptions {
    /// Reads `tls` of an output or an input.
    package init(reading reader: ConfigurationReader) {
        self.init(
            authorityFile: Self.path(reader, "ca"),
            certificateFile: Self.path(reader, "cert"),
            keyFile: Self.path(reader, "key"),
            minimumVersion: reader.choice("min_version", default: .tls12)
        )
        if certificateFile != nil, keyFile == nil {
            reader.report("cert", "a certificate without its `key`", "write `key`, the file of its private key")
        }
        if keyFile != nil, certificateFile == nil {
            reader.report("key", "a private key without its `cert`", "write `cert`, the file of its certificate")
        }
    }

    private static func path(_ reader: ConfigurationReader, _ key: String) -> String? {
        guard let path = reader.optionalString(key) else { return nil }
        guard !path.isEmpty, !path.hasPrefix("-----BEGIN") else {
            // A key pasted here must not be printed.
            reader.report(key, "is not the name of a file", "write the path of a PEM file")
            return nil
        }
        return path
    }
}
