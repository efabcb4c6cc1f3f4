/// What the live page shows: readiness and metric families, with numbers as numbers.
struct StateDocument {
    /// Seconds since 1970.
    let time: Double
    let readiness: Readiness
    let families: [MetricFamily]

    /// The document as text; of its series no more than one is there in another form at a time.
    var bytes: [UInt8] {
        let head: JSONValue = [
            "time": .number(time), "ready": .bool(readiness.isReady), "problems": readiness.problemsValue,
        ]
        var bytes = Array(head.bytes.dropLast()) + Array(",\"families\":".utf8)
        JSONValue.appendList(families, "[", "]", to: &bytes, Self.append)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func append(_ family: MetricFamily, to bytes: inout [UInt8]) {
        var members: [JSONValue.Member] = [
            JSONValue.Member("name", .string(family.name)), JSONValue.Member("kind", .string(family.kind.rawValue)),
            JSONValue.Member("unit", family.unit.map { .string($0) } ?? .null),
        ]
        if case .histograms(let bounds, _) = family.series {
            members.append(JSONValue.Member("bounds", .array(bounds.map { .number($0) })))
        }
        bytes += JSONValue.object(members).bytes.dropLast()
        bytes += ",\"samples\":".utf8
        switch family.series {
        case .samples(let samples):
            JSONValue.appendList(samples, "[", "]", to: &bytes) { sample, bytes in
                bytes += (["labels": labels(sample.labels), "value": number(sample.value)] as JSONValue).bytes
            }
        case .histograms(_, let samples):
            JSONValue.appendList(samples, "[", "]", to: &bytes) { $1 += value($0).bytes }
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// Counts are of each bucket alone, not cumulative; the last one is what lies above all bounds.
    private static func value(_ sample: HistogramSample) -> JSONValue {
        [
            "labels": labels(sample.labels), "counts": .array(sample.counts.map { .integer($0) }),
            "sum": .number(sample.sum),
        ]
    }

    private static func labels(_ labels: LabelSet) -> JSONValue {
        .object(labels.pairs.map { JSONValue.Member($0.name, .string($0.value)) })
    }

    private static func number(_ value: MetricValue) -> JSONValue {
        switch value {
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        }
    }
}
