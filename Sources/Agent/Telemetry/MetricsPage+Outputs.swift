import Admin
import Outputs
import RecordPath

extension MetricsPage {
    private typealias Output = (key: String, value: Checkpoint.Output)

    /// What became of records, per output.
    var outputFamilies: [MetricFamily] {
        let outputs = checkpoint.outputs.sorted { $0.key < $1.key }
        return deliveries(outputs) + durations(outputs) + conservation(outputs) + states()
    }

    private func states() -> [MetricFamily] {
        let outputs = outputStates.sorted { $0.key < $1.key }
        return [
            .gauge(
                "martlet_output_up",
                help: "Whether the last attempt at the output succeeded.",
                outputs.map { MetricSample(Self.output($0.key), .integer($0.value == .up ? 1 : 0)) }
            ),
            .gauge(
                "martlet_output_breaker_open",
                help: "Whether the output is only probed.",
                outputs.map { MetricSample(Self.output($0.key), .integer($0.value.breakerIsOpen ? 1 : 0)) }
            ),
            .gauge(
                "martlet_output_retry_seconds",
                unit: "seconds",
                help: "Time to the next attempt after a failure.",
                outputs.map { MetricSample(Self.output($0.key), .number($0.value.delaySeconds)) }
            ),
        ]
    }

    private func deliveries(_ outputs: [Output]) -> [MetricFamily] {
        [
            .counter(
                "martlet_output_requests",
                help: "Requests to outputs, by status code.",
                outputs.flatMap { Self.samples($0.key, "code", $0.value.counts.requests) }
            ),
            .counter(
                "martlet_output_bytes",
                help: "Bytes of request bodies sent, as compressed.",
                outputs.flatMap { Self.samples($0.key, "encoding", $0.value.counts.bytes) }
            ),
            .counter(
                "martlet_output_uncertain_records",
                help: "Records that may stand twice at the output.",
                outputs.map { MetricSample(Self.output($0.key), .count($0.value.counts.uncertain)) }
            ),
        ]
    }

    private func durations(_ outputs: [Output]) -> [MetricFamily] {
        [
            .histogram(
                "martlet_output_request_duration_seconds",
                unit: "seconds",
                help: "Duration of requests to outputs.",
                bounds: DeliveryCounts.requestBounds,
                outputs.map { Self.histogram($0.key, $0.value.counts.durations) }
            ),
            .histogram(
                "martlet_delivery_lag_seconds",
                unit: "seconds",
                help: "From a line's time to its acknowledgement.",
                bounds: DeliveryCounts.lagBounds,
                outputs.map { Self.histogram($0.key, $0.value.counts.lag) }
            ),
        ]
    }

    /// read = shipped + dropped + in flight, each counted on its own, all from one durable frame.
    private func conservation(_ outputs: [Output]) -> [MetricFamily] {
        [
            .counter(
                "martlet_records_shipped",
                help: "Records that the output has acknowledged.",
                outputs.map { MetricSample(Self.output($0.key), .count($0.value.counts.shipped)) }
            ),
            .counter(
                "martlet_records_dropped",
                help: "Records that will never reach the output, by reason.",
                outputs.flatMap { name, output in
                    let dropped = output.counts.dropped.merging(checkpoint.signals.dropped, uniquingKeysWith: +)
                    return Self.samples(name, "reason", dropped)
                }
            ),
            .gauge(
                "martlet_records_in_flight",
                help: "Records in the spool: read, and neither shipped nor dropped.",
                outputs.map { MetricSample(Self.output($0.key), .count($0.value.waiting)) }
            ),
            .gauge(
                "martlet_conservation_error",
                help: "Records read less those shipped, dropped and in flight: always 0.",
                outputs.map { MetricSample(Self.output($0.key), .integer(checkpoint.conservationError($0.value))) }
            ),
            .gauge(
                "martlet_spool_oldest_seconds",
                unit: "seconds",
                help: "Age of the oldest record that is to be sent next; 0 when nothing waits.",
                outputs.map { name, _ in
                    let age = oldest[name].map { max(0, Double(now &- $0) / 1e9) } ?? 0
                    return MetricSample(Self.output(name), .number(age))
                }
            ),
            .gauge(
                "martlet_spool_bytes",
                unit: "bytes",
                help: "Bytes of the output's lane on disk.",
                outputs.map { MetricSample(Self.output($0.key), .integer(Int64($0.value.spoolBytes))) }
            ),
        ]
    }

    /// Counts of an output by one more label.
    private static func samples(_ output: String, _ label: String, _ counts: [String: UInt64]) -> [MetricSample] {
        counts.sorted { $0.key < $1.key }.map {
            MetricSample(LabelSet([("output", output), (label, $0.key)]), .count($0.value))
        }
    }

    private static func output(_ name: String) -> LabelSet { LabelSet([("output", name)]) }

    private static func histogram(_ name: String, _ histogram: DeliveryCounts.Histogram) -> HistogramSample {
        HistogramSample(
            output(name),
            counts: histogram.counts.map { Int64(clamping: $0) },
            sum: Double(histogram.sumMicroseconds) / 1e6
        )
    }
}

extension OutputState {
    var breakerIsOpen: Bool {
        switch self {
        case .up: false
        case .retrying(_, _, let isOpen), .held(_, _, let isOpen): isOpen
        }
    }

    /// Seconds to the next attempt; 0 when it is up.
    var delaySeconds: Double {
        switch self {
        case .up: 0
        case .retrying(_, let delay, _), .held(_, let delay, _):
            delay.seconds
        }
    }
}
