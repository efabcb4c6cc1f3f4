/// Finds the bucket of a latency without a search: the latency's part in `LatencySketch` tells where to begin, and
/// few parts have a bound inside.
struct LatencyBuckets: ~Copyable {
    /// The bounds, ascending, then `.max`, which ends every search.
    private let bounds: Column<Int64>
    /// How many bounds lie below each part.
    private let firsts: Column<UInt32>

    init(_ bounds: [Int64]) {
        self.bounds = Column(bounds + [.max])
        firsts = Column(
            (0..<LatencySketch.parts).map { part in
                UInt32(bounds.prefix { $0 < LatencySketch.least(inPart: part) }.count)
            }
        )
    }

    /// How many bounds a latency is above; `part` is its part.
    @inline(__always) func number(of latency: Int64, part: Int) -> Int {
        let first = Int(firsts[part])
        // Without a branch as far as most parts go, for nobody can foresee it.
        var number = first &+ (latency > bounds[first] ? 1 : 0)
        while latency > bounds[number] { number &+= 1 }
        return number
    }
}
