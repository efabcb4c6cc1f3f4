/// A query over request counters, as SLO documents write it: a rate of one series, or of one less another.
struct MetricQuery: Equatable {
    /// A metric with its label matchers.
    struct Selector: Equatable {
        var metric: String
        var matchers: [Matcher]
    }

    /// One label matcher.
    struct Matcher: Equatable {
        enum Sign: String {
            case equal = "="
            case notEqual = "!="
            case matches = "=~"
            case matchesNot = "!~"
        }

        var label: String
        var sign: Sign
        var value: String
    }

    var counted: Selector
    /// What is taken away: the requests that were fast enough.
    var subtracted: Selector?
}
