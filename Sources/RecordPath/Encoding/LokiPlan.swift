/// How records become Loki entries: the part of `outputs.loki` that the record path needs.
package struct LokiPlan: Sendable {
    /// Where the value of a stream label comes from.
    ///
    /// Nothing else can become a label, so no log line chooses one.
    package enum Source: Sendable, Equatable {
        case serviceName, level, host, input, stream, container, image, unit
        /// A label of the container, by its name.
        case containerLabel(String)
        case constant(String)
    }

    /// Wire format of the push request.
    package enum Encoding: String, Sendable, CaseIterable {
        case protobuf, json
    }

    package var encoding: Encoding
    /// Label names and where their values come from.
    package var labels: [(name: String, source: Source)]
    /// Whether ids and container details go along as structured metadata (Loki 3.0 and later).
    package var structuredMetadata: Bool
    /// Name of this host.
    package var host: String

    /// Makes a plan.
    package init(
        encoding: Encoding,
        labels: [(name: String, source: Source)],
        structuredMetadata: Bool,
        host: String
    ) {
        self.encoding = encoding
        self.labels = labels
        self.structuredMetadata = structuredMetadata
        self.host = host
    }
}
