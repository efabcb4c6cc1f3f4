import RecordPath

/// What the demo's screen shows: figures over the last seconds, from two snapshots.
///
/// Pure, so that it can be tested.
struct DemoFigures: Sendable {
    /// One service's golden signals over the window.
    struct Service: Sendable, Equatable {
        var name: String
        var requestsPerSecond: Double
        var errorRatio: Double
        /// Seconds; nil without a latency.
        var p50: Double?
        var p95: Double?
        /// How fast the error budget of a 99.9 % objective burns; 1 lasts exactly the period.
        var burnRate: Double { errorRatio / 0.001 }
    }

    var seconds: Double
    var records: UInt64
    var bytes: UInt64
    var recordsPerSecond: Double
    var redactions: [(detector: String, count: UInt64)]
    var services: [Service]
    var correlatedRatio: Double

    /// Figures of `now`, with rates since `before`, which was `window` seconds earlier.
    init(now: SignalSnapshot, before: SignalSnapshot, window: Double, seconds: Double) {
        self.seconds = seconds
        records = now.readRecords.values.reduce(0, +)
        bytes = now.readBytes.values.reduce(0, +)
        recordsPerSecond = Double(records - min(records, before.readRecords.values.reduce(0, +))) / max(window, 0.001)
        var byDetector: [String: UInt64] = [:]
        for (key, count) in now.redactions { byDetector[key.detector, default: 0] += count }
        redactions = byDetector.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
        services = Self.services(now, before, window)
        let none = now.correlated.filter { $0.key.label == "none" }.values.reduce(0, +)
        let all = now.correlated.values.reduce(0, +)
        correlatedRatio = all == 0 ? 0 : 1 - Double(none) / Double(all)
    }

    private static func services(_ now: SignalSnapshot, _ before: SignalSnapshot, _ window: Double) -> [Service] {
        var requests: [String: (count: UInt64, errors: UInt64)] = [:]
        for (key, value) in now.requests {
            let old = before.requests[key]
            requests[key.service, default: (0, 0)].count += value.count - (old?.count ?? 0)
            requests[key.service, default: (0, 0)].errors += value.errors - (old?.errors ?? 0)
        }
        var buckets: [String: [UInt64]] = [:]
        for (key, value) in now.durations {
            let old = before.durations[key]?.buckets
            var sum = buckets[key.service] ?? Array(repeating: 0, count: value.buckets.count)
            for index in sum.indices { sum[index] += value.buckets[index] - (old?[index] ?? 0) }
            buckets[key.service] = sum
        }
        return requests.map { name, value in
            Service(
                name: name,
                requestsPerSecond: Double(value.count) / max(window, 0.001),
                errorRatio: value.count == 0 ? 0 : Double(value.errors) / Double(value.count),
                p50: quantile(0.5, buckets[name], now.bounds),
                p95: quantile(0.95, buckets[name], now.bounds)
            )
        }.sorted { ($1.errorRatio, $0.name) < ($0.errorRatio, $1.name) }
    }

    /// A quantile by linear interpolation inside its bucket, in seconds; the error is at most the bucket's width.
    static func quantile(_ quantile: Double, _ buckets: [UInt64]?, _ bounds: [Int64]) -> Double? {
        guard let buckets, buckets.count == bounds.count + 1 else { return nil }
        let total = buckets.reduce(0, +)
        guard total > 0 else { return nil }
        let rank = quantile * Double(total)
        var below = 0.0
        for (index, count) in buckets.enumerated() {
            if below + Double(count) >= rank, count > 0 {
                guard index < bounds.count else { return Double(bounds[bounds.count - 1]) / 1e9 }
                let low = index == 0 ? 0 : Double(bounds[index - 1])
                return (low + (Double(bounds[index]) - low) * (rank - below) / Double(count)) / 1e9
            }
            below += Double(count)
        }
        return nil
    }
}
