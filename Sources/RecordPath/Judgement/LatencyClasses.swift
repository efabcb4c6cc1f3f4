/// Latencies in as few classes as expressions tell apart: between two constants every comparison has one outcome.
struct LatencyClasses {
    /// Classes fit seven bits.
    static let maximumClasses = 128

    /// The first latency of every class but the lowest, ascending.
    private let bounds: [Int64]

    private init(bounds: [Int64]) { self.bounds = bounds }

    /// One class for all latencies.
    static let one = LatencyClasses(bounds: [])

    /// The classes that comparisons with these constants tell apart; nil: there are too many.
    init?(constants: [Int64]) {
        // `<=` and `==` draw a line behind the constant, `<` before it.
        let lines = constants.flatMap { [$0, $0 == .max ? $0 : $0 + 1] }.filter { $0 > 0 && $0 < .max }
        bounds = Set(lines).sorted()
        guard bounds.count + 2 <= Self.maximumClasses else { return nil }
    }

    /// The class of a latency; 0 for none, which is negative.
    @inline(__always) func number(of latency: Int64) -> UInt64 {
        guard latency >= 0 else { return 0 }
        var number: UInt64 = 1
        for bound in bounds { number &+= latency >= bound ? 1 : 0 }
        return number
    }

    /// A latency of a class; nil for none.
    func latency(inClass number: UInt64) -> Int64? {
        number == 0 ? nil : number == 1 ? 0 : bounds[Int(number) - 2]
    }
}
