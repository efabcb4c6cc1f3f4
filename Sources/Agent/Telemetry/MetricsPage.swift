import Admin
import Outputs
import RecordPath

/// Everything on `/metrics`, under the names of SPEC 6.
struct MetricsPage {
    /// What is counted and durable.
    let checkpoint: Checkpoint
    let outputStates: [String: OutputState]
    /// The time of the oldest record on its way, by output; nanoseconds since 1970.
    let oldest: [String: Int64]
    let now: Int64
    /// Inputs and what is wrong with each.
    let inputs: [String: String?]
    let version: String
    let commit: String
    let configurationHash: String
    let reloads: (applied: UInt64, refused: UInt64)
    let order: SeriesOrder

    var signals: SignalSnapshot { checkpoint.signals }

    /// All families, sorted within by their labels so that two scrapes compare.
    var families: [MetricFamily] {
        golden + records + redaction + inputFamilies + outputFamilies + about
    }

    // MARK: Golden signals

    private var golden: [MetricFamily] {
        let requests = order.requests(signals.requests)
        let durations = order.durations(signals.durations)
        return [
            .counter(
                "martlet_requests",
                help: "Requests seen in log lines.",
                SampleList(count: requests.count) { [requests, values = signals.requests] index in
                    MetricSample(requests[index].labels, .count(values[requests[index]]?.count ?? 0))
                }
            ),
            .counter(
                "martlet_request_errors",
                help: "Requests that count as errors by signals.errors.",
                SampleList(count: requests.count) { [requests, values = signals.requests] index in
                    MetricSample(requests[index].labels, .count(values[requests[index]]?.errors ?? 0))
                }
            ),
            .histogram(
                "martlet_request_duration_seconds",
                unit: "seconds",
                help: "Latency of requests as services logged it.",
                bounds: signals.bounds.map { Double($0) / 1e9 },
                SampleList(count: durations.count) {
                    [durations, values = signals.durations, bounds = signals.bounds] index in
                    Self.histogram(durations[index].labelsWithoutStatus, values[durations[index]], bounds)
                }
            ),
        ]
    }

    private static func histogram(
        _ labels: LabelSet,
        _ value: SignalSnapshot.Durations?,
        _ bounds: [Int64]
    ) -> HistogramSample {
        var exemplars: [Exemplar?] = []
        for found in value?.exemplars ?? [] {
            if exemplars.isEmpty { exemplars = Array(repeating: nil, count: bounds.count + 1) }
            exemplars[found.bucket] = exemplar(found)
        }
        return HistogramSample(
            labels,
            counts: value?.buckets.map { Int64(clamping: $0) } ?? Array(repeating: 0, count: bounds.count + 1),
            sum: Double(value?.sum ?? 0) / 1e9,
            exemplars: exemplars
        )
    }

    private static func exemplar(_ exemplar: SignalSnapshot.Exemplar) -> Exemplar {
        Exemplar(
            labels: LabelSet([("trace_id", exemplar.traceID.text)]),
            value: Double(exemplar.latency) / 1e9,
            timestamp: exemplar.time
        )
    }

    // MARK: Records

    /// Those that are always shown.
    private static let formats: [String: UInt64] = ["json": 0, "logfmt": 0, "text": 0]

    private var records: [MetricFamily] {
        [
            .counter(
                "martlet_log_records",
                help: "Log records by severity.",
                pairs(signals.records, "service", "level")
            ),
            .counter(
                "martlet_records_read",
                help: "Records read, after framing and joining.",
                pairs(signals.readRecords, "service", "input")
            ),
            .counter(
                "martlet_bytes_read",
                unit: nil,
                help: "Bytes of records read.",
                pairs(signals.readBytes, "service", "input")
            ),
            .counter(
                "martlet_records_parsed",
                help: "Records by the format they were recognised as.",
                signals.parsed.merging(Self.formats) { count, _ in count }.sorted { $0.key < $1.key }.map {
                    MetricSample(LabelSet([("format", $0.key)]), .count($0.value))
                }
            ),
            .counter(
                "martlet_records_correlated",
                help: "Records by the best id they carry.",
                pairs(signals.correlated, "service", "kind")
            ),
            .counter(
                "martlet_trace_context_breaks",
                help: "Ids that are invalid, changed under one request, or never went on.",
                pairs(signals.breaks, "service", "reason")
            ),
            .counter(
                "martlet_records_truncated",
                help: "Records longer than Martlet reads.",
                signals.truncated.sorted { $0.key < $1.key }.map {
                    MetricSample(LabelSet([("service", $0.key)]), .count($0.value))
                }
            ),
            .counter(
                "martlet_timestamps_replaced",
                help: "Impossible times replaced by the source's.",
                pairs(signals.replacedTimes, "service", "reason")
            ),
            .counter(
                "martlet_series_limited",
                help: "Observations counted under __other__ because of signals.max_series.",
                [MetricSample(LabelSet([("metric", "martlet_requests")]), .count(signals.limited))]
            ),
        ]
    }

    private var redaction: [MetricFamily] {
        let sorted = signals.redactions.sorted {
            ($0.key.detector, $0.key.action) < ($1.key.detector, $1.key.action)
        }
        return [
            .counter(
                "martlet_redactions",
                help: "Values redacted, by detector and action.",
                sorted.map { key, value in
                    MetricSample(LabelSet([("detector", key.detector), ("action", key.action)]), .count(value))
                }
            )
        ]
    }

    private func pairs(_ counts: [SignalSnapshot.Labelled: UInt64], _ first: String, _ second: String) -> [MetricSample]
    {
        counts.sorted { ($0.key.service, $0.key.label) < ($1.key.service, $1.key.label) }.map {
            // What has no level has no label for it.
            let label = $0.key.label.isEmpty ? [] : [(second, $0.key.label)]
            return MetricSample(LabelSet([(first, $0.key.service)] + label), .count($0.value))
        }
    }

    // MARK: Inputs

    private var inputFamilies: [MetricFamily] {
        [
            .gauge(
                "martlet_input_up",
                help: "Whether the input is attached to its source.",
                inputs.sorted { $0.key < $1.key }.map {
                    MetricSample(LabelSet([("input", $0.key)]), .integer($0.value == nil ? 1 : 0))
                }
            ),
            .counter(
                "martlet_input_gaps",
                help: "Times that a source lost lines before they could be read.",
                checkpoint.gaps.sorted { ($0.key.input, $0.key.reason) < ($1.key.input, $1.key.reason) }.map {
                    MetricSample(LabelSet([("input", $0.key.input), ("reason", $0.key.reason)]), .count($0.value))
                }
            ),
        ]
    }

    // MARK: Itself

    private var about: [MetricFamily] {
        [
            .info("martlet_build", help: "What is running.", [LabelSet([("version", version), ("commit", commit)])]),
            .info(
                "martlet_config_hash",
                help: "Hash of the configuration in force.",
                [
                    LabelSet([("hash", configurationHash)])
                ]
            ),
            .counter(
                "martlet_config_reloads",
                help: "Configurations taken over since the start.",
                [MetricSample(.none, .count(reloads.applied))]
            ),
            .counter(
                "martlet_config_reload_errors",
                help: "Configurations refused since the start; the one before stayed in force.",
                [MetricSample(.none, .count(reloads.refused))]
            ),
        ]
    }
}

extension MetricValue {
    /// A count, as far as a signed number goes.
    static func count(_ value: UInt64) -> MetricValue { .integer(Int64(clamping: value)) }
}
