package import Settings
internal import Transport

extension LokiOptions {
    /// Reads `outputs.loki`; nil when there is no usable address, which is reported.
    package init?(reading reader: ConfigurationReader, delivery: DeliveryOptions) {
        let url = Self.url(reader)
        let tenant = Self.tenant(reader)
        let labels = Self.labels(reader)
        let options = (
            encoding: reader.choice("encoding", default: Encoding.protobuf),
            metadata: reader.choice("structured_metadata", default: Switch.auto),
            readback: reader.choice("readback", default: Switch.auto),
            auth: AuthOptions(reading: reader.child("auth")), tls: TLSOptions(reading: reader.child("tls")),
            delivery: DeliveryOptions(reading: reader, defaults: delivery)
        )
        let extra = Self.extra(reader, besides: labels)
        guard let url else { return nil }
        self.init(
            url: url,
            encoding: options.encoding,
            tenant: tenant,
            labels: labels,
            extra: extra,
            structuredMetadata: options.metadata,
            readback: options.readback,
            auth: options.auth,
            tls: options.tls,
            delivery: options.delivery
        )
    }

    private static func url(_ reader: ConfigurationReader) -> BaseURL? {
        let example = "write the address of Loki, such as http://loki:3100"
        guard let text = reader.requiredString("url", example) else { return nil }
        let pushPath = "/loki/api/v1/push"
        if text.hasSuffix(pushPath) {
            reader.report("url", "ends in \(pushPath)", "leave that out, it is added")
            return nil
        }
        guard let url = BaseURL(text) else {
            reader.report("url", "is not an address of a server", "\(example); users and passwords go to `auth`")
            return nil
        }
        return url
    }

    private static func tenant(_ reader: ConfigurationReader) -> String? {
        guard let tenant = reader.optionalString("tenant") else { return nil }
        // Loki's own rule for tenant names.
        let special = "!-_.*'()"
        let isName =
            tenant.utf8.count <= 150 && tenant != "." && tenant != ".."
            && tenant.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || special.contains($0)) }
        guard isName else {
            reader.report(
                "tenant",
                "is not a tenant name",
                "use at most 150 of a-z, A-Z, 0-9 and \(special)"
            )
            return nil
        }
        return tenant
    }

    private static func labels(_ reader: ConfigurationReader) -> [LokiLabel] {
        guard let nodes = reader.list("labels") else { return defaultLabels }
        var labels: [LokiLabel] = []
        for node in nodes {
            guard let label = label(node, reader) else { continue }
            if labels.contains(where: { $0.name == label.name }) {
                reader.report(at: node, "names the label `\(label.name)` twice", "keep one")
            } else {
                labels.append(label)
            }
        }
        if labels.count > labelsMax {
            reader.report("labels", "has \(labels.count) labels", "Loki takes \(labelsMax) at most by default")
        }
        return labels
    }

    private static func label(_ node: ConfigurationNode, _ reader: ConfigurationReader) -> LokiLabel? {
        let sources = "service_name, level, host, input, stream, container, image, unit or container.label.NAME"
        let pair: (name: String, source: String)? =
            if let scalar = node.scalar {
                (scalar.text, scalar.text)
            } else if let entries = node.entries, entries.count == 1, let source = entries[0].value.scalar {
                (entries[0].key, source.text)
            } else {
                nil
            }
        guard let pair else {
            reader.report(at: node, "is no label", "write a name or {name: source}; sources are \(sources)")
            return nil
        }
        guard let source = LokiLabel.Source(pair.source) else {
            reader.report(at: node, "`\(pair.source)` is no source of a label", "use \(sources)")
            return nil
        }
        guard LokiLabel.isName(pair.name) else {
            reader.report(at: node, "`\(pair.name)` is no label name", "use letters, digits and _, no digit first")
            return nil
        }
        return LokiLabel(name: pair.name, source: source)
    }

    private static func extra(
        _ reader: ConfigurationReader,
        besides labels: [LokiLabel]
    ) -> [(name: String, value: String)] {
        var extra: [(name: String, value: String)] = []
        for pair in reader.pairs("extra") {
            if !LokiLabel.isName(pair.key) {
                reader.report(
                    "extra",
                    "`\(pair.key)` is no label name",
                    "use letters, digits and _, no digit first"
                )
            } else if labels.contains(where: { $0.name == pair.key }) {
                reader.report("extra", "`\(pair.key)` stands in `labels` too", "keep one of them")
            } else if pair.value.utf8.count > 1024 {
                reader.report("extra", "the value of `\(pair.key)` is too long", "keep it below 1024 bytes")
            } else {
                extra.append((pair.key, pair.value))
            }
        }
        return extra
    }
}
