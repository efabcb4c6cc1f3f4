/// Metric families as the body of `/metrics`, piece by piece.
///
/// One pass through one buffer: labels are escaped already and bounds become text once for a family, so a series costs
/// a few copies. However many there are, no more than a piece of the text is in memory.
struct ExpositionWriter {
    /// A piece ends with the series that makes it this long.
    static let pieceBytes = 128 << 10
    private static let exemplarCharactersMax = 128

    private let format: ExpositionFormat
    private let families: [MetricFamily]
    private var family = 0
    private var sample = 0
    /// The `le` labels of the family at hand.
    private var buckets: [[UInt8]] = []
    private var bytes: [UInt8] = []
    private var isAtEnd = false

    /// Families of one name are merged first.
    init(_ families: [MetricFamily], as format: ExpositionFormat) {
        self.families = MetricFamily.merged(families)
        self.format = format
    }

    /// The next part of the body; nil behind its end.
    mutating func next() -> (piece: [UInt8], isLast: Bool)? {
        if isAtEnd { return nil }
        bytes = []
        bytes.reserveCapacity(Self.pieceBytes + Self.pieceBytes / 8)
        while bytes.count < Self.pieceBytes, family < families.count { appendNext(of: families[family]) }
        if family == families.count {
            isAtEnd = true
            if format == .openMetrics { bytes += "# EOF\n".utf8 }
        }
        return (bytes, isAtEnd)
    }

    /// Appends the next series of a family, below what stands above them all.
    private mutating func appendNext(of family: MetricFamily) {
        let count: Int
        switch family.series {
        case .samples(let samples):
            count = samples.count
            if sample == 0, count > 0 { appendMetadata(family) }
            if sample < count { append(samples[sample], name: family.name + Self.suffix(family.kind)) }
        case .histograms(let bounds, let samples):
            count = samples.count
            if sample == 0, count > 0 {
                appendMetadata(family)
                buckets = (bounds + [.infinity]).map {
                    Array("le=\"".utf8) + DecimalText.bound($0) + Array("\"".utf8)
                }
            }
            if sample < count { append(samples[sample], name: family.name) }
        }
        sample += 1
        if sample >= count { (self.family, sample) = (self.family + 1, 0) }
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

    private mutating func append(_ sample: MetricSample, name: String) {
        bytes += name.utf8
        appendLabels(sample.labels)
        switch sample.value {
        case .integer(let value): DecimalText.append(value, to: &bytes)
        case .number(let value): DecimalText.append(value, to: &bytes)
        }
        appendExemplar(sample.exemplar)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func append(_ sample: HistogramSample, name: String) {
        precondition(sample.counts.count == buckets.count, "\(name): a sample has one count for each bucket")
        var cumulative: Int64 = 0
        for (index, bucket) in buckets.enumerated() {
            cumulative &+= sample.counts[index]
            bytes += name.utf8
            bytes += "_bucket".utf8
            appendLabels(sample.labels, and: bucket)
            DecimalText.append(cumulative, to: &bytes)
            if !sample.exemplars.isEmpty { appendExemplar(sample.exemplars[index]) }
            bytes.append(UInt8(ascii: "\n"))
        }
        bytes += name.utf8
        bytes += "_sum".utf8
        appendLabels(sample.labels)
        DecimalText.append(sample.sum, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        bytes += name.utf8
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
