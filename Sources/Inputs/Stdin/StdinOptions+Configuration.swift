package import Settings

extension StdinOptions {
    /// Reads the mapping `stdin` of `inputs`.
    package init(reading reader: ConfigurationReader) { self.init(service: reader.optionalString("service")) }
}
