import Objectives
import Outputs
import RecordPath

/// What `martlet top` shows.
struct TopFigures: Sendable {
    /// The golden signals of one service.
    struct Service: Sendable {
        var name: String
        /// Nil: not known yet.
        var requestsPerSecond: Double?
        /// 0…1; nil without requests.
        var errorRatio: Double?
        /// Percentiles of the last five minutes, seconds.
        var p50, p95, p99: Double?
        /// The highest of its containers' shares of their limits; nil: not known.
        var saturation: Double?
    }

    /// One output.
    struct Output: Sendable {
        var name: String
        /// Nil: it is up.
        var problem: String?
        var shippedPerSecond: Double?
        /// Records in the spool.
        var waiting: UInt64
        /// Bytes of its lane on disk.
        var spoolBytes: Int
    }

    /// By input what is wrong; nil: nothing.
    var inputs: [String: String?] = [:]
    var records: UInt64
    var recordsPerSecond: Double?
    var bytesPerSecond: Double?
    /// The busiest first.
    var services: [Service]
    var objectives: [ObjectiveReading] = []
    var outputs: [Output] = []

    /// Figures of `now`, with rates since `before`.
    init(
        _ now: TopTotals,
        since before: (totals: TopTotals, age: Duration)?,
        latencies: [String: LatencySketch],
        saturation: [String: Double]
    ) {
        let rate = Rate(before?.age)
        let old = before?.totals ?? TopTotals()
        records = now.records
        recordsPerSecond = rate.of(now.records, old.records)
        bytesPerSecond = rate.of(now.bytes, old.bytes)
        services = Set(now.services.keys).union(saturation.keys).map { name in
            let (requests, former) = (now.services[name] ?? .init(), old.services[name] ?? .init())
            let count = requests.count &- former.count
            let sketch = latencies[name]
            return Service(
                name: name,
                requestsPerSecond: rate.of(requests.count, former.count),
                errorRatio: count == 0 ? nil : Double(requests.errors &- former.errors) / Double(count),
                p50: sketch?.quantile(0.5).map { $0 / 1e9 },
                p95: sketch?.quantile(0.95).map { $0 / 1e9 },
                p99: sketch?.quantile(0.99).map { $0 / 1e9 },
                saturation: saturation[name]
            )
        }
        .sorted { ($1.requestsPerSecond ?? 0, $0.name) < ($0.requestsPerSecond ?? 0, $1.name) }
    }

    /// Adds an output that has shipped so much, and had before.
    mutating func add(_ output: Output, shipped: UInt64, since before: (totals: TopTotals, age: Duration)?) {
        var output = output
        output.shippedPerSecond = Rate(before?.age).of(shipped, before?.totals.shipped[output.name] ?? 0)
        outputs.append(output)
    }
}

/// Differences by time.
private struct Rate {
    private let seconds: Double

    init(_ age: Duration?) { seconds = age?.seconds ?? 0 }

    /// Nil: no time has gone by.
    func of(_ now: UInt64, _ before: UInt64) -> Double? {
        seconds > 0 ? Double(now >= before ? now - before : now) / seconds : nil
    }
}
