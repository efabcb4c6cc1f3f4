/// Latencies of one service in 528 counters, fine enough for quantiles: every power of two in sixteen equal parts.
///
/// A quantile is the middle of its part, so that it is off by at most 1/32, 3.2%; what is below 1 µs or above 2.4 h
/// counts as that.
package struct LatencySketch: Sendable, Equatable {
    /// How far a quantile may be off, as a share of itself.
    package static let relativeError = 1.0 / 32
    static let parts = 528
    private static let lowestExponent = 10

    private(set) var counts: [UInt32] = Array(repeating: 0, count: parts)

    /// Makes an empty sketch.
    package init() {}

    /// A sketch of `parts` counts.
    init(counts: [UInt32]) {
        precondition(counts.count == Self.parts)
        self.counts = counts
    }

    /// The counts that are not 0, each behind its part: what a sketch takes when it is only remembered.
    package struct Compact: Sendable {
        fileprivate let parts: [(part: UInt16, count: UInt32)]
    }

    /// The same in less memory.
    package var compact: Compact {
        Compact(parts: counts.indices.filter { counts[$0] != 0 }.map { (UInt16($0), counts[$0]) })
    }

    /// The same as it was.
    package init(_ compact: Compact) {
        for (part, count) in compact.parts { counts[Int(part)] = count }
    }

    /// The part of a latency in nanoseconds.
    @inline(__always) static func part(of latency: Int64) -> Int {
        let value = UInt64(max(latency, 1 << Int64(lowestExponent)))
        let exponent = 63 &- value.leadingZeroBitCount
        let sixteenth = Int(truncatingIfNeeded: value &>> UInt64(exponent &- 4)) & 15
        return min((exponent &- lowestExponent) &* 16 &+ sixteenth, parts &- 1)
    }

    /// The least latency of a part.
    static func least(inPart part: Int) -> Int64 {
        part == 0 ? .min : Int64(16 + part % 16) << Int64(part / 16 + lowestExponent - 4)
    }

    /// Adds another host's or worker's counts.
    package static func += (left: inout LatencySketch, right: LatencySketch) {
        for index in left.counts.indices { left.counts[index] &+= right.counts[index] }
    }

    /// What was counted since an earlier state of the same sketch; counters may have wrapped in between.
    package func since(_ earlier: LatencySketch) -> LatencySketch {
        var difference = self
        for index in counts.indices { difference.counts[index] &-= earlier.counts[index] }
        return difference
    }

    /// How many latencies were counted.
    package var total: UInt64 { counts.reduce(0) { $0 + UInt64($1) } }

    /// The latency in nanoseconds that a share of all is not above, 0…1; nil where there are none.
    package func quantile(_ share: Double) -> Double? {
        let total = total
        guard total > 0 else { return nil }
        let rank = max(1, UInt64((Double(total) * share).rounded(.up)))
        var seen: UInt64 = 0
        for (part, count) in counts.enumerated() {
            seen += UInt64(count)
            if seen >= rank { return Self.middle(of: part) }
        }
        return nil
    }

    private static func middle(of part: Int) -> Double {
        let octave = Double(UInt64(1) << UInt64(part / 16 + lowestExponent))
        return octave * (1 + (Double(part % 16) + 0.5) / 16)
    }
}
