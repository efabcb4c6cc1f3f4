import Outputs
import Spool

/// Everything counted of one output.
struct DeliveryCounts: Sendable {
    /// Upper bounds of request durations, seconds.
    static let requestBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Upper bounds of the delivery lag, seconds.
    static let lagBounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200]

    /// A histogram over fixed bounds.
    struct Histogram: Sendable {
        var counts: [UInt64]
        var sumMicroseconds: UInt64 = 0

        init(bounds: [Double]) { counts = Array(repeating: 0, count: bounds.count + 1) }

        mutating func add(_ value: Duration, bounds: [Double]) {
            let parts = value.components
            let seconds = Double(parts.seconds) + Double(parts.attoseconds) / 1e18
            counts[bounds.firstIndex { seconds <= $0 } ?? bounds.count] += 1
            sumMicroseconds &+= UInt64(max(0, seconds) * 1e6)
        }

        mutating func add(_ other: Histogram) {
            for index in counts.indices { counts[index] &+= other.counts[index] }
            sumMicroseconds &+= other.sumMicroseconds
        }

        /// As they stand in a frame.
        var values: [UInt64] { counts + [sumMicroseconds] }

        mutating func restore(_ values: [UInt64]) {
            guard values.count == counts.count + 1 else { return }
            counts = Array(values.dropLast())
            sumMicroseconds = values[counts.count]
        }
    }

    var requests: [String: UInt64] = [:]
    var bytes: [String: UInt64] = [:]
    var shipped: UInt64 = 0
    var dropped: [String: UInt64] = [:]
    var uncertain: UInt64 = 0
    var collisions: UInt64 = 0
    var durations = Histogram(bounds: requestBounds)
    var lag = Histogram(bounds: lagBounds)

    init() {}

    /// What the end of a batch adds.
    init(_ result: BatchResult) {
        shipped = UInt64(result.shipped)
        dropped = result.dropped.mapValues { UInt64($0) }
        uncertain = UInt64(result.uncertain)
        collisions = UInt64(result.collisions)
        if let time = result.lag { lag.add(time, bounds: Self.lagBounds) }
    }

    /// Records that came to their end.
    var settled: UInt64 { dropped.values.reduce(shipped, +) }

    mutating func add(_ other: DeliveryCounts) {
        requests.merge(other.requests, uniquingKeysWith: &+)
        bytes.merge(other.bytes, uniquingKeysWith: &+)
        dropped.merge(other.dropped, uniquingKeysWith: &+)
        shipped += other.shipped
        uncertain += other.uncertain
        collisions += other.collisions
        durations.add(other.durations)
        lag.add(other.lag)
    }

    // MARK: In a frame

    /// The counts of an output as they stand in a frame; what is zero is left out.
    func counters(_ output: String) -> [CommittedState.Counter] {
        var counters: [CommittedState.Counter] = []
        func add(_ key: String, _ values: [UInt64]) {
            if values.contains(where: { $0 != 0 }) { counters.append(.init(key, values)) }
        }
        add(CounterKey.text("os", output), [shipped, uncertain, collisions])
        add(CounterKey.text("ou", output), durations.values)
        add(CounterKey.text("ol", output), lag.values)
        for (reason, count) in dropped { add(CounterKey.text("od", output, reason), [count]) }
        for (code, count) in requests { add(CounterKey.text("oq", output, code), [count]) }
        for (encoding, count) in bytes { add(CounterKey.text("ob", output, encoding), [count]) }
        return counters
    }

    /// Takes over a counter of this output that was committed.
    mutating func restore(_ family: Substring, _ label: String?, _ values: [UInt64]) {
        guard let value = values.first else { return }
        switch (family, label) {
        case ("os", nil) where values.count == 3: (shipped, uncertain, collisions) = (value, values[1], values[2])
        case ("ou", nil): durations.restore(values)
        case ("ol", nil): lag.restore(values)
        case ("od", let reason?): dropped[reason] = value
        case ("oq", let code?): requests[code] = value
        case ("ob", let encoding?): bytes[encoding] = value
        default: return
        }
    }
}
