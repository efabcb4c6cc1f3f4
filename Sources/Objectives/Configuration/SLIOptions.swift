import RecordPath
import Settings

/// What `sli` says: expressions for bad, good and total, or a latency threshold.
struct SLIOptions {
    var indicator: Indicator
    /// Nanoseconds.
    var latencyThreshold: Int64?

    /// What counts for a latency SLO that does not say it: requests.
    private static let requests = "status > 0"

    /// Reads `sli`; nil where it names nothing that could be counted, which is reported.
    init?(reading reader: ConfigurationReader, attributes: inout AttributeNames) {
        let known = ["bad", "good", "total"].filter { reader.keys.contains($0) }
        let bad = Expression(reading: "bad", of: reader, attributes: &attributes)
        let good = Expression(reading: "good", of: reader, attributes: &attributes)
        let total = Expression(reading: "total", of: reader, attributes: &attributes)
        // Asked for in any case, so that a slip of the hand is told of both forms.
        let latency = reader.child("latency")
        let threshold = latency.optionalDuration("threshold")
        if latency.isPresent {
            for key in ["bad", "good"] where reader.keys.contains(key) {
                reader.report(key, "stands beside `latency`", "keep one of the two")
                return nil
            }
            self.init(latency, threshold, total: total, attributes: &attributes)
            // With a wrong `total` there is no SLO, but that has been reported.
            if known.contains("total"), total == nil { return nil }
            return
        }
        guard known.contains("bad") || known.contains("good") else {
            let problem = reader.isPresent ? "says nothing about what is bad" : "is missing"
            reader.reportSelf(
                problem,
                "write {bad: 'status >= 500', total: 'status > 0'} or {latency: {threshold: 300ms}}"
            )
            return nil
        }
        guard bad != nil || good != nil else { return nil }
        // A wrong `total` has been reported; without it everything would count.
        if known.contains("total"), total == nil { return nil }
        self.init(indicator: Indicator(bad: bad, good: good, total: total), latencyThreshold: nil)
    }

    /// Exact at the threshold: good is what took at most so long, and what has no latency does not count.
    private init?(
        _ reader: ConfigurationReader,
        _ threshold: Duration?,
        total: Expression?,
        attributes: inout AttributeNames
    ) {
        guard let threshold else {
            if !reader.keys.contains("threshold") { reader.reportSelf("has no threshold", "write {threshold: 300ms}") }
            return nil
        }
        guard let nanoseconds = threshold.wholeNanoseconds, nanoseconds > 0 else {
            reader.report("threshold", "no request takes less than nothing", "write a duration such as 300ms")
            return nil
        }
        self.init(latencyAtMost: nanoseconds, total: total, attributes: &attributes)
    }

    /// A latency SLO of requests, or of what `total` says.
    init?(latencyAtMost nanoseconds: Int64, total: Expression?, attributes: inout AttributeNames) {
        guard let bad = try? Expression("latency > \(nanoseconds)ns", attributes: &attributes),
            let good = try? Expression("latency <= \(nanoseconds)ns", attributes: &attributes),
            let requests = try? Expression(Self.requests, attributes: &attributes)
        else { return nil }
        let indicator = Indicator(bad: bad, good: good, total: total ?? requests)
        self.init(indicator: indicator, latencyThreshold: nanoseconds)
    }

    init(indicator: Indicator, latencyThreshold: Int64?) {
        self.indicator = indicator
        self.latencyThreshold = latencyThreshold
    }
}
