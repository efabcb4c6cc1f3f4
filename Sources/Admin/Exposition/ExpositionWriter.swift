/// Metric families as the body of `/metrics`.
///
/// One pass into one buffer: labels are escaped already and bounds become text once for a family, so a series costs a
/// few copies.
struct ExpositionWriter {
    private let format: ExpositionFormat
    private(set) var bytes: [UInt8] = []

    private static let exemplarCharactersMax = 128

    /// The whole body; families of one name are merged first.
    static func write(_ families: [MetricFamily], as format: ExpositionFormat) -> [UInt8] {
        var writer = ExpositionWriter(format: format)
        writer.bytes.reserveCapacity(64 * 1024)
        for family in MetricFamily.merged(families) { writer.append(family) }
        if format == .openMetrics { writer.bytes += "# EOF\n".utf8 }
        return writer.bytes
    }

    private init(format: ExpositionFormat) { self.format = format }

    private mutating func append(_ family: MetricFamily) {
        switch family.series {
        case .samples(let samples):
            guard !samples.isEmpty else { return }
            appendMetadata(family)
            let name = Array((family.name + Self.suffix(family.kind)).utf8)
            for sample in samples { append(sample, name: name) }
        case .histograms(let bounds, let samples):
            guard !samples.isEmpty else { return }
            appendMetadata(family)
            let buckets = (bounds + [.infinity]).map { Array("le=\"".utf8) + DecimalText.bound($0) + Array("\"".utf8) }
            for sample in samples { append(sample, name: Array(family.name.utf8), buckets: buckets) }
        }
    }

    private static func suffix(_ kind: MetricFamily.Kind) -> String {
        switch kind {
        case .counter: "_total"
        case .info: "_info"
        case .gauge, .histogram: ""
        }
    }

    // MARK: - What stands above the series

    private mutating func appendMetadata(_ family: MetricFamily) {
        switch format {
        case .openMetrics:
            bytes += "# TYPE \(family.name) \(family.kind.rawValue)\n".utf8
            if let unit = family.unit { bytes += "# UNIT \(family.name) \(unit)\n".utf8 }
            bytes += "# HELP \(family.name) ".utf8
            LabelSet.escape(family.help, into: &bytes)
        case .text:
            let name = family.name + Self.suffix(family.kind)
            bytes += "# HELP \(name) ".utf8
            appendTextHelp(family.help)
            bytes += "\n# TYPE \(name) \(family.kind == .info ? "gauge" : family.kind.rawValue)".utf8
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// In the older format a quote in a help text stays as it is.
    private mutating func appendTextHelp(_ help: String) {
        for byte in help.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            default: bytes.append(byte)
            }
        }
    }

    // MARK: - Series

    private mutating func append(_ sample: MetricSample, name: [UInt8]) {
        bytes += name
        appendLabels(sample.labels)
        switch sample.value {
        case .integer(let value): DecimalText.append(value, to: &bytes)
        case .number(let value): DecimalText.append(value, to: &bytes)
        }
        appendExemplar(sample.exemplar)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ sample: HistogramSample, name: [UInt8], buckets: [[UInt8]]) {
        var cumulative: Int64 = 0
        for (index, bucket) in buckets.enumerated() {
            cumulative &+= sample.counts[index]
            bytes += name
            bytes += "_bucket".utf8
            appendLabels(sample.labels, and: bucket)
            DecimalText.append(cumulative, to: &bytes)
            if !sample.exemplars.isEmpty { appendExemplar(sample.exemplars[index]) }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes += name
        bytes += "_sum".utf8
        appendLabels(sample.labels)
        DecimalText.append(sample.sum, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        bytes += name
        bytes += "_count".utf8
        appendLabels(sample.labels)
        DecimalText.append(cumulative, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The labels in braces, or nothing, and the space before the number.
    private mutating func appendLabels(_ labels: LabelSet, and bucket: [UInt8] = []) {
        if !labels.isEmpty || !bucket.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            bytes += labels.text
            if !labels.isEmpty && !bucket.isEmpty { bytes.append(UInt8(ascii: ",")) }
            bytes += bucket
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
    }

    private mutating func appendExemplar(_ exemplar: Exemplar?) {
        guard format == .openMetrics, let exemplar, exemplar.labels.characters <= Self.exemplarCharactersMax else {
            return
        }
        bytes += " # {".utf8
        bytes += exemplar.labels.text
        bytes += "} ".utf8
        DecimalText.append(exemplar.value, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        DecimalText.append(timestamp: exemplar.timestamp, to: &bytes)
    }
}
