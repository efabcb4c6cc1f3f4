/// What the live page shows: readiness and metric families, with numbers as numbers.
struct StateDocument {
    /// Seconds since 1970.
    let time: Double
    let readiness: Readiness
    let families: [MetricFamily]

    var value: JSONValue {
        [
            "time": .number(time), "ready": .bool(readiness.isReady), "problems": readiness.problemsValue,
            "families": .array(families.map(Self.value)),
        ]
    }

    private static func value(_ family: MetricFamily) -> JSONValue {
        var members: [JSONValue.Member] = [
            JSONValue.Member("name", .string(family.name)), JSONValue.Member("kind", .string(family.kind.rawValue)),
            JSONValue.Member("unit", family.unit.map { .string($0) } ?? .null),
        ]
        switch family.series {
        case .samples(let samples):
            members.append(
                JSONValue.Member(
                    "samples",
                    .array(samples.map { ["labels": labels($0.labels), "value": number($0.value)] })
                )
            )
        case .histograms(let bounds, let samples):
            members.append(JSONValue.Member("bounds", .array(bounds.map { .number($0) })))
            members.append(JSONValue.Member("samples", .array(samples.map(value))))
        }
        return .object(members)
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
