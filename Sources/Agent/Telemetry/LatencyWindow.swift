import Admin
import RecordPath
import Synchronization

/// What latencies were some minutes ago, so that quantiles are those of the last five minutes.
final class LatencyWindow: Sendable {
    private struct Entry {
        let time: ContinuousClock.Instant
        let sketches: [String: LatencySketch.Compact]
    }

    /// What the window spans, up to a step more.
    private static let length = Duration.seconds(300)
    private static let step = Duration.seconds(60)

    private let entries = Mutex<[Entry]>([])

    /// Remembers the latencies of now, once a minute; called more often.
    func note(_ sketches: () -> [String: LatencySketch], now: ContinuousClock.Instant = .now) {
        let isDue = entries.withLock { $0.last.map { now - $0.time >= Self.step } ?? true }
        guard isDue else { return }
        let entry = Entry(time: now, sketches: sketches().mapValues(\.compact))
        entries.withLock { entries in
            entries.append(entry)
            // The newest of those that are old enough is the one to compare with.
            while entries.count > 1, now - entries[1].time >= Self.length { entries.removeFirst() }
        }
    }

    /// What each service counted since the oldest that is remembered.
    func recent(_ sketches: [String: LatencySketch]) -> [String: LatencySketch] {
        let earlier = entries.withLock { $0.first?.sketches } ?? [:]
        return Dictionary(
            uniqueKeysWithValues: sketches.map { service, sketch in
                (service, earlier[service].map { sketch.since(LatencySketch($0)) } ?? sketch)
            }
        )
    }

    /// Quantiles of each service since the oldest that is remembered.
    func families(_ sketches: [String: LatencySketch]) -> [MetricFamily] {
        let samples = recent(sketches).sorted { $0.key < $1.key }.flatMap { service, recent -> [MetricSample] in
            [("50", 0.5), ("95", 0.95), ("99", 0.99)].compactMap { name, share in
                recent.quantile(share).map { nanoseconds in
                    let labels = LabelSet([("service", service), ("percentile", name)])
                    return MetricSample(labels, .number(nanoseconds / 1e9))
                }
            }
        }
        return [
            .gauge(
                "martlet_request_latency_seconds",
                unit: "seconds",
                help:
                    "Percentiles of the last five minutes as this host sees them, off by at most 3.2%; never add them.",
                samples
            )
        ]
    }
}
