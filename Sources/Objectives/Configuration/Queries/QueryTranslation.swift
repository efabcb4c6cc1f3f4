import RecordPath
import Settings

/// Turns queries over request counters into expressions over log lines, where both count the same.
struct QueryTranslation {
    /// An expression and the latency threshold that it holds.
    struct Result {
        var expression: Expression
        var latencyThreshold: Int64?
    }

    /// Why a query says nothing about log lines.
    struct Failure: Error {
        let problem: String
        let advice: String
    }

    let reader: ConfigurationReader
    let service: String

    /// The expression of a key that holds a query; nil where there is none, which is reported.
    func expression(_ key: String, _ attributes: inout AttributeNames) -> Result? {
        guard
            let query = reader.requiredString(
                key,
                "write a query such as sum(rate(http_requests_total{…}[{{.window}}]))"
            )
        else { return nil }
        do throws(Failure) {
            guard let parsed = MetricQueryParser.parse(query) else { throw Self.unreadable }
            return try translate(parsed, &attributes)
        } catch {
            reader.report(key, error.problem, error.advice)
            return nil
        }
    }

    private static let unreadable = Failure(
        problem: "this query cannot be read off log lines",
        advice: "write sum(rate(http_requests_total{code=~\"5..\"}[{{.window}}])), or an SLO in Martlet's own form"
    )

    private func translate(_ query: MetricQuery, _ attributes: inout AttributeNames) throws(Failure) -> Result {
        var conditions = try conditions(query.counted)
        var threshold = try Self.threshold(query.counted)
        if let subtracted = query.subtracted {
            let fast = try self.conditions(subtracted)
            conditions.append("not (\(fast.joined(separator: " and ")))")
            threshold = try Self.threshold(subtracted)
        }
        let text = conditions.joined(separator: " and ")
        do {
            return Result(expression: try Expression(text, attributes: &attributes), latencyThreshold: threshold)
        } catch {
            throw Failure(problem: "the query becomes no expression: \(error.problem)", advice: error.advice)
        }
    }

    // MARK: Metrics

    private func conditions(_ selector: MetricQuery.Selector) throws(Failure) -> [String] {
        let isLogCounter = selector.metric == "martlet_log_records_total"
        var conditions = isLogCounter ? [] : ["status > 0"]
        guard isLogCounter || Self.countsRequests(selector.metric) else {
            throw Failure(
                problem: "\(MessageText.quoted(selector.metric)) does not count requests or log records",
                advice: "use a counter of requests, or write an SLO in Martlet's own form"
            )
        }
        for matcher in selector.matchers {
            if let condition = try condition(matcher, selector.metric) { conditions.append(condition) }
        }
        // All log records: each has a time.
        return conditions.isEmpty ? ["timestamp > \"1970-01-01T00:00:00Z\""] : conditions
    }

    /// `http_requests_total`, `http_request_duration_seconds_count`, `istio_requests_total`…, but no counter of errors.
    private static func countsRequests(_ metric: String) -> Bool {
        let isCounter = ["_total", "_count", "_bucket"].contains { metric.hasSuffix($0) }
        return isCounter && metric.contains("request") && !metric.contains("error") && !metric.contains("size")
    }

    // MARK: Labels

    private func condition(_ matcher: MetricQuery.Matcher, _ metric: String) throws(Failure) -> String? {
        switch matcher.label {
        case "code", "status", "status_code", "http_status", "http_status_code", "http_response_status_code",
            "response_code", "status_class":
            return try Self.status(matcher)
        case "method", "http_method", "http_request_method", "verb": return try Self.text("method", matcher)
        case "route", "http_route", "path", "handler", "endpoint", "uri": return try Self.text("route", matcher)
        case "level", "severity": return try Self.text("level", matcher)
        case "service", "service_name", "sloth_service", "job", "app", "application":
            guard matcher.sign == .equal, matcher.value == service else {
                throw Failure(
                    problem: "`\(matcher.label)` selects another service than \(service)",
                    advice: "write \(matcher.label)=\"\(service)\", or an SLO of that service"
                )
            }
            return nil
        case "le" where metric.hasSuffix("_bucket"): return "latency <= \(try Self.bound(matcher, metric))ns"
        default:
            throw Failure(
                problem: "no log line shows the label \(MessageText.quoted(matcher.label))",
                advice: "leave it out, or write an SLO in Martlet's own form with attributes.\(matcher.label)"
            )
        }
    }

    /// A matcher over status codes or classes as the ranges of codes that it takes.
    private static func status(_ matcher: MetricQuery.Matcher) throws(Failure) -> String {
        let pattern = try pattern(matcher)
        var ranges: [ClosedRange<Int>] = []
        for code in 100...599 {
            let name = matcher.label == "status_class" ? "\(code / 100)xx" : "\(code)"
            guard takes(matcher, name, pattern) else { continue }
            if let last = ranges.last, last.upperBound == code - 1 {
                ranges[ranges.count - 1] = last.lowerBound...code
            } else {
                ranges.append(code...code)
            }
        }
        guard !ranges.isEmpty else {
            throw Failure(
                problem: "no status matches \(MessageText.quoted(matcher.value))",
                advice: "write such as code=~\"5..\""
            )
        }
        let conditions = ranges.map { range in
            range.count == 1
                ? "status == \(range.lowerBound)" : "status >= \(range.lowerBound) and status <= \(range.upperBound)"
        }
        return "(\(conditions.joined(separator: " or ")))"
    }

    private static func takes(_ matcher: MetricQuery.Matcher, _ text: String, _ pattern: Pattern?) -> Bool {
        let isMatch = pattern.map { $0.isFound(in: text) } ?? (text == matcher.value)
        return isMatch == (matcher.sign == .equal || matcher.sign == .matches)
    }

    /// Prometheus' patterns take the whole text.
    private static func anchored(_ pattern: String) -> String { "^(?:\(pattern))$" }

    private static func pattern(_ matcher: MetricQuery.Matcher) throws(Failure) -> Pattern? {
        guard matcher.sign == .matches || matcher.sign == .matchesNot else { return nil }
        do {
            return try Pattern(Array(anchored(matcher.value).utf8))
        } catch {
            throw Failure(problem: "\(MessageText.quoted(matcher.value)): \(error.problem)", advice: error.advice)
        }
    }

    private static func text(_ field: String, _ matcher: MetricQuery.Matcher) throws(Failure) -> String {
        let pattern = try pattern(matcher)
        if field == "level" {
            let names = Level.allCases.dropFirst().map(\.name).filter { takes(matcher, $0, pattern) }
            guard !names.isEmpty else {
                throw Failure(
                    problem: "no level matches \(MessageText.quoted(matcher.value))",
                    advice: "write such as error"
                )
            }
            return "level in [\(names.map(quoted).joined(separator: ", "))]"
        }
        let isNegated = matcher.sign == .notEqual || matcher.sign == .matchesNot
        let condition =
            pattern == nil
            ? "\(field) == \(quoted(matcher.value))" : "\(field) =~ \(patternText(anchored(matcher.value)))"
        return isNegated ? "not (\(condition))" : condition
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    /// A pattern keeps its backslashes; only the quote is escaped.
    private static func patternText(_ pattern: String) -> String {
        var result = "\""
        for scalar in pattern.unicodeScalars {
            if scalar == "\"" { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result + "\""
    }

    // MARK: Latency

    private static func threshold(_ selector: MetricQuery.Selector) throws(Failure) -> Int64? {
        guard let matcher = selector.matchers.first(where: { $0.label == "le" }) else { return nil }
        return try bound(matcher, selector.metric)
    }

    /// The bound of a bucket, in nanoseconds.
    private static func bound(_ matcher: MetricQuery.Matcher, _ metric: String) throws(Failure) -> Int64 {
        let longest: Int128 = 86_400_000_000_000
        guard matcher.sign == .equal, metric.contains("seconds"), let seconds = ExactDecimal(parsing: matcher.value),
            seconds.digits > 0, Int128(seconds.digits) * 1_000_000_000 / Int128(seconds.denominator) <= longest
        else {
            throw Failure(
                problem: "\(MessageText.quoted(matcher.value)) is no bound of a bucket of seconds",
                advice: "write such as le=\"0.3\""
            )
        }
        return Int64(Int128(seconds.digits) * 1_000_000_000 / Int128(seconds.denominator))
    }
}
