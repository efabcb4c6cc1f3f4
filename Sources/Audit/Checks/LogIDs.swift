extension Check {
    /// Whether a request can be followed.
    static let logIDs = Check(
        "log-ids",
        .medium,
        "Writes request or trace ids",
        why: "Without an id the lines of one request cannot be found among those of all others.",
        mend: "log trace_id and span_id from the W3C traceparent header, or at least the X-Request-Id, with every line",
        references: ["A-8.2.2", "A-10.1.1"],
        needsInspection: false
    ) { container in
        guard let log = container.readableLog else { return .noLines }
        let traced = LogEvidence.share(log.withTraceID, of: log.records)
        let requested = LogEvidence.share(log.withRequestID, of: log.records)
        // Start-up and background work belong to no request: half is a service that does it.
        guard (log.withTraceID + log.withRequestID) * 2 >= log.records else {
            return .finding("log", "has a trace id in \(traced) records, a request id alone in \(requested)")
        }
        return .pass("\(traced) records have a trace id, \(requested) a request id alone")
    }
}
