import Outputs
import RecordPath
import Settings

/// `signals`: golden signals.
package struct SignalOptions: Sendable {
    /// Latency buckets, nanoseconds, ascending.
    package var bounds: [Int64]
    /// Route templates; ids in paths are recognised without them.
    package var routes: [String]
    /// Series per metric before `__other__`.
    package var maximumSeries: Int
    /// Which requests are errors; nil: `status >= 500 or level in ["error", "fatal"]`, which needs no evaluation.
    package var errors: Expression?

    private static let maximumBuckets = 64
    /// With the thresholds of latency SLOs.
    private static let maximumBounds = 128
    private static let standardErrors = #"status >= 500 or level in ["error", "fatal"]"#

    /// Reads `signals`.
    init(reading reader: ConfigurationReader, attributes: inout AttributeNames) {
        let defaults = RecordPlan.defaultBounds.map { Duration.nanoseconds($0) }
        let buckets = reader.durations("buckets", default: defaults)
        bounds = buckets.map(\.nanoseconds)
        if bounds.isEmpty || bounds.count > Self.maximumBuckets || bounds[0] <= 0
            || zip(bounds, bounds.dropFirst()).contains(where: { $0 >= $1 })
        {
            reader.report(
                "buckets",
                "must be 1 to \(Self.maximumBuckets) durations that ascend",
                "write [5ms, 10ms, 25ms]"
            )
            bounds = RecordPlan.defaultBounds
        }
        routes = reader.strings("routes", default: [])
        for route in routes where !route.hasPrefix("/") {
            reader.report("routes", "`\(route)` does not begin with /", "write a template such as /users/{id}")
        }
        maximumSeries = reader.integer("max_series", default: 5000, in: 10...1_000_000)
        let errors = Expression(reading: "errors", of: reader, attributes: &attributes)
        self.errors = errors?.text == Self.standardErrors ? nil : errors
    }

    /// Adds the thresholds of latency SLOs, so that every one of them is a bound of the histogram.
    mutating func addBounds(_ thresholds: [Int64], reportingTo root: ConfigurationReader) {
        let all = Set(bounds).union(thresholds).sorted()
        guard all.count <= Self.maximumBounds else {
            let problem = "bring the latency histogram to \(all.count) bounds; \(Self.maximumBounds) are possible"
            return root.report("slos", problem, "let latency SLOs share thresholds, or set fewer signals.buckets")
        }
        bounds = all
    }
}
