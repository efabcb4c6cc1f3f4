package import RecordPath

/// What some lines of a service are like, as the record path counts them.
package struct LogEvidence: Sendable, Equatable {
    /// Records looked at.
    package var records: UInt64 = 0
    /// Records with fields: JSON, logfmt, or a text format that is known.
    package var structured: UInt64 = 0
    package var withTraceID: UInt64 = 0
    /// With a request id and no trace id.
    package var withRequestID: UInt64 = 0
    /// Values that redaction takes out, by detector.
    package var redactions: [String: UInt64] = [:]

    /// Makes evidence without any lines.
    package init() {}

    /// What a record path has counted of nothing but these lines.
    package init(_ snapshot: SignalSnapshot) {
        records = snapshot.readRecords.values.reduce(0, +)
        structured = snapshot.parsed.filter { $0.key != "text" }.values.reduce(0, +)
        withTraceID = Self.sum(snapshot, "trace")
        withRequestID = Self.sum(snapshot, "request")
        for (key, count) in snapshot.redactions { redactions[key.detector, default: 0] += count }
    }

    /// The share of records with an id, by what the agent has counted of a service.
    package init(traced: UInt64, requested: UInt64, of records: UInt64) {
        self.records = records
        withTraceID = traced
        withRequestID = requested
    }

    /// Detectors of personal data that found some, the most frequent first.
    var personalData: [(detector: String, count: UInt64)] { redactions(of: .pii) }

    /// Detectors of secrets that found some, the most frequent first.
    var secrets: [(detector: String, count: UInt64)] { redactions(of: .secrets) }

    private func redactions(of group: DetectorGroup) -> [(detector: String, count: UInt64)] {
        redactions.filter { DetectorGroup(ofDetector: $0.key) == group }
            .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { (detector: $0.key, count: $0.value) }
    }

    private static func sum(_ snapshot: SignalSnapshot, _ kind: String) -> UInt64 {
        snapshot.correlated.filter { $0.key.label == kind }.values.reduce(0, +)
    }

    /// `12 of 480 (2%)`.
    static func share(_ part: UInt64, of all: UInt64) -> String {
        "\(part) of \(all) (\(all == 0 ? 0 : part * 100 / all)%)"
    }
}
