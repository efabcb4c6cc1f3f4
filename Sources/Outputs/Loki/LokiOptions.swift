package import Settings
package import Transport

/// `outputs.loki`.
package struct LokiOptions: Sendable {
    /// Wire format of a push.
    package enum Encoding: String, Sendable, CaseIterable {
        /// protobuf in a snappy block.
        case protobuf
        /// JSON, compressed as `delivery.compression` says.
        case json
    }

    /// A choice between what suits and nothing.
    package enum Switch: String, Sendable, CaseIterable {
        case auto
        case off
    }

    /// Most labels that one stream may have by Loki's default limits.
    package static let labelsMax = 15

    /// The server's address; pushes go to `/loki/api/v1/push` below it.
    package var url: BaseURL
    package var encoding: Encoding
    /// `X-Scope-OrgID`.
    package var tenant: String?
    package var labels: [LokiLabel]
    /// Labels with constant values.
    package var extra: [(name: String, value: String)]
    package var structuredMetadata: Switch
    /// Whether an uncertain batch is looked for before it is sent again.
    package var readback: Switch
    package var auth: AuthOptions
    package var tls: TLSOptions
    package var delivery: DeliveryOptions

    /// The labels that are used when none are named.
    package static let defaultLabels = [
        LokiLabel(name: "service_name", source: .serviceName), LokiLabel(name: "level", source: .level),
        LokiLabel(name: "host", source: .host),
    ]

    /// Makes options; all but the address have defaults.
    package init(
        url: BaseURL,
        encoding: Encoding = .protobuf,
        tenant: String? = nil,
        labels: [LokiLabel] = defaultLabels,
        extra: [(name: String, value: String)] = [],
        structuredMetadata: Switch = .auto,
        readback: Switch = .auto,
        auth: AuthOptions = .none,
        tls: TLSOptions = TLSOptions(),
        delivery: DeliveryOptions = DeliveryOptions()
    ) {
        self.url = url
        self.encoding = encoding
        self.tenant = tenant
        self.labels = labels
        self.extra = extra
        self.structuredMetadata = structuredMetadata
        self.readback = readback
        self.auth = auth
        self.tls = tls
        self.delivery = delivery
    }

    /// How request bodies are compressed, where `best` is the fastest gzip codec of this host.
    package func compression(best: GzipCodec) -> Compression {
        encoding == .protobuf ? .snappy : Compression(delivery.compression, best: best)
    }

    /// Headers that belong to a body made with these options.
    package func bodyHeaders(_ compression: Compression) -> [(name: String, value: String)] {
        let type = encoding == .protobuf ? "application/x-protobuf" : "application/json"
        // Protobuf bodies are always snappy; Loki wants no header that says so.
        if encoding == .protobuf || compression == .none { return [("Content-Type", type)] }
        return [("Content-Type", type), ("Content-Encoding", compression.name)]
    }
}
