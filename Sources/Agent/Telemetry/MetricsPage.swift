import Admin
import Outputs
import RecordPath

/// Everything on `/metrics`, under the names of SPEC 6.
struct MetricsPage {
    /// What is counted and durable.
    let checkpoint: Checkpoint
    let outputStates: [String: OutputState]
    /// Inputs and what is wrong with each.
    let inputs: [String: String?]
    let version: String
    let commit: String
    let configurationHash: String
    let reloads: UInt64

    private var signals: SignalSnapshot { checkpoint.signals }

    /// All families, sorted within by their labels so that two scrapes compare.
    var families: [MetricFamily] {
        golden + records + redaction + inputFamilies + outputFamilies + about
    }

    // MARK: Golden signals

    private var golden: [MetricFamily] {
        let requests = signals.requests.sorted { Self.isBefore($0.key, $1.key) }
        let durations = signals.durations.sorted { Self.isBefore($0.key, $1.key) }
        return [
            .counter(
                "martlet_requests",
                help: "Requests seen in log lines.",
                requests.map { MetricSample(Self.labels($0.key), .count($0.value.count)) }
            ),
            .counter(
                "martlet_request_errors",
                help: "Requests that count as errors by signals.errors.",
                requests.map { MetricSample(Self.labels($0.key), .count($0.value.errors)) }
            ),
            .histogram(
                "martlet_request_duration_seconds",
                unit: "seconds",
                help: "Latency of requests as services logged it.",
                bounds: signals.bounds.map { Double($0) / 1e9 },
                durations.map { key, value in
                    HistogramSample(
                        LabelSet([("service", key.service), ("method", key.method), ("route", key.route)]),
                        counts: value.buckets.map { Int64(clamping: $0) },
                        sum: Double(value.sum) / 1e9
                    )
                }
            ),
        ]
    }

    private static func labels(_ key: SignalSnapshot.Request) -> LabelSet {
        LabelSet([
            ("service", key.service), ("method", key.method), ("route", key.route), ("status_class", key.statusClass),
        ])
    }

    private static func isBefore(_ left: SignalSnapshot.Request, _ right: SignalSnapshot.Request) -> Bool {
        (left.service, left.route, left.method, left.statusClass)
            < (right.service, right.route, right.method, right.statusClass)
    }

    // MARK: Records

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
                signals.parsed.sorted { $0.key < $1.key }.map {
                    MetricSample(LabelSet([("format", $0.key)]), .count($0.value))
                }
            ),
            .counter(
                "martlet_records_correlated",
                help: "Records by the best id they carry.",
                pairs(signals.correlated, "service", "kind")
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
            MetricSample(LabelSet([(first, $0.key.service), (second, $0.key.label)]), .count($0.value))
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
                [MetricSample(.none, .count(reloads))]
            ),
        ]
    }
}

extension MetricValue {
    /// A count, as far as a signed number goes.
    static func count(_ value: UInt64) -> MetricValue { .integer(Int64(clamping: value)) }
}
