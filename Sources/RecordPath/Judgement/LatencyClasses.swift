/// Latencies in as few classes as expressions tell apart: between two constants every comparison has one outcome.
struct LatencyClasses: ~Copyable {
    /// Classes fit seven bits.
    static let maximumClasses = 128

    private let buckets: LatencyBuckets

    /// The classes that comparisons with these constants tell apart; nil: there are too many.
    init?(constants: [Int64]) {
        // `<=` and `==` draw a line behind the constant, `<` before it.
        let lines = constants.flatMap { [$0 &- 1, $0] }.filter { $0 >= 0 && $0 < .max - 1 }
        let bounds = Set(lines).sorted()
        guard bounds.count + 2 <= Self.maximumClasses else { return nil }
        buckets = LatencyBuckets(bounds)
    }

    /// One class for all latencies.
    init() { buckets = LatencyBuckets([]) }

    /// The class of a latency; 0 for none, which is negative.
    @inline(__always) func number(of latency: Int64) -> UInt64 {
        guard latency >= 0 else { return 0 }
        return 1 &+ UInt64(truncatingIfNeeded: buckets.number(of: latency, part: LatencySketch.part(of: latency)))
    }
}
