package import Settings
internal import Transport

extension OpenSearchOptions {
    /// Reads `outputs.opensearch`; nil when there is no usable address, which is reported.
    package init?(reading reader: ConfigurationReader, delivery: DeliveryOptions) {
        let url = Self.url(reader)
        let dataStream = Self.dataStream(reader)
        let bootstrap = reader.bool("bootstrap", default: true)
        // Shorter than an hour is below what the policy is checked at; 100 years is for ever.
        let retention = reader.duration(
            "retention",
            default: .seconds(30 * 86_400),
            in: .seconds(3600) ... .seconds(36_500 * 86_400)
        )
        let auth = AuthOptions(reading: reader.child("auth"))
        let tls = TLSOptions(reading: reader.child("tls"))
        let delivery = DeliveryOptions(reading: reader, defaults: delivery)
        guard let url else { return nil }
        self.init(
            url: url,
            dataStream: dataStream,
            bootstrap: bootstrap,
            retention: retention,
            auth: auth,
            tls: tls,
            delivery: delivery
        )
    }

    private static func url(_ reader: ConfigurationReader) -> BaseURL? {
        let example = "write the address of the cluster, such as https://opensearch:9200"
        guard let text = reader.requiredString("url", example) else { return nil }
        guard let url = BaseURL(text) else {
            reader.report("url", "is not an address of a server", "\(example); users and passwords go to `auth`")
            return nil
        }
        return url
    }

    private static func dataStream(_ reader: ConfigurationReader) -> String {
        let standard = "logs-martlet-default"
        let name = reader.string("data_stream", default: standard)
        guard isDataStreamName(name) else {
            reader.report(
                "data_stream",
                "is no name of a data stream",
                "use at most 200 of a-z, 0-9, - _ and ., a letter or digit first, such as \(standard)"
            )
            return standard
        }
        return name
    }

    /// Stricter than OpenSearch, so that a name never needs an escape in an address.
    private static func isDataStreamName(_ text: String) -> Bool {
        func isWord(_ byte: UInt8) -> Bool {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard let first = text.utf8.first, isWord(first), text.utf8.count <= 200 else { return false }
        return text.utf8.allSatisfy { isWord($0) || "-_.".utf8.contains($0) }
    }
}
