import Admin
import RecordPath

extension AdminRoute {
    /// Redacted records as they go by, on `/api/v1/tap`: `?watcher=ID&format=text|json|raw`, and any of `service`,
    /// `level` (and above), `trace`, `grep`.
    ///
    /// Who asks with the same id again gets what came since; after ten seconds without a question it is forgotten. The
    /// first line is `{"missed":N}`, records that found no room; each further one is a record, which in the forms `text`
    /// and `raw` may have several lines. 429 when too many watch.
    ///
    /// `now` are nanoseconds of the workers' clock.
    static func tap(_ tap: RecordTap, now: @escaping @Sendable () -> Int64) -> AdminRoute {
        AdminRoute("/api/v1/tap", .token) { request in
            guard let watcher = request.parameter("watcher"), (1...64).contains(watcher.utf8.count) else {
                return .refusal(400, "give watcher, an id of your own")
            }
            let filter: TapFilter
            switch TapFilter.read(request) {
            case .success(let read): filter = read
            case .failure(let problem): return .refusal(400, problem.text)
            }
            guard let found = tap.ask(watcher, filter, now: now()) else {
                return .refusal(429, "\(RecordTap.maximumWatchers) others watch already")
            }
            return AdminResponse(
                status: 200,
                contentType: "text/plain; charset=utf-8",
                body: Array("{\"missed\":\(found.missed)}\n".utf8) + found.bytes
            )
        }
    }
}

extension TapFilter {
    struct Problem: Error {
        let text: String
    }

    /// What a question asks for.
    static func read(_ request: AdminRequest) -> Result<TapFilter, Problem> {
        guard let form = Form(rawValue: request.parameter("format") ?? "text") else {
            return .failure(Problem(text: "format is text, json or raw"))
        }
        var filter = TapFilter(form: form, service: request.parameter("service"))
        filter.text = Array((request.parameter("grep") ?? "").utf8)
        if let name = request.parameter("level") {
            guard let level = Level.allCases.first(where: { $0.name == name && $0 != .none }) else {
                return .failure(Problem(text: "level is trace, debug, info, warn, error or fatal"))
            }
            filter.level = level
        }
        if let text = request.parameter("trace") {
            let digits = Array(text.utf8)
            guard digits.count == TraceID.hexBytes, let high = UInt64(text.prefix(16), radix: 16),
                let low = UInt64(text.dropFirst(16), radix: 16), let trace = TraceID(high: high, low: low)
            else { return .failure(Problem(text: "trace is an id of 32 hexadecimal digits")) }
            filter.trace = trace
        }
        return .success(filter)
    }
}
