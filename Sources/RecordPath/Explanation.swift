/// What the record path makes of one line, for `martlet explain`.
package struct Explanation: Sendable {
    /// A value that was redacted.
    package struct Redaction: Sendable, Equatable {
        package var detector: String
        package var field: String
        package var action: String
    }

    /// A value that was left although it looks like something to redact.
    package struct Kept: Sendable, Equatable {
        package var detector: String
        package var field: String
        /// As the redacted line has it.
        package var text: String
        package var reason: String
    }

    /// What the record is to an SLO that counts it.
    package struct Outcome: Sendable, Equatable {
        /// Index in the plan's objectives.
        package var objective: Int
        package var isBad: Bool
    }

    /// Why no output gets a record that a rule of `filter` drops.
    package static let filtered = "filter"

    /// A name and a text.
    package typealias Pair = (name: String, value: String)

    package var format: String
    package var timestamp: Int64
    package var level: String
    package var message: String
    package var service: String
    package var traceID: String?
    package var spanID: String?
    package var requestID: String?
    package var method: String?
    package var route: String?
    package var status: Int?
    package var latencySeconds: Double?
    package var redactions: [Redaction]
    /// What looks like something to redact and stayed.
    package var lookAlikes: [Kept] = []
    package var isError: Bool
    package var outcomes: [Outcome] = []
    /// The redacted line.
    package var line: String
    package var lokiLabels: [Pair]
    package var lokiMetadata: [Pair]
    /// The OpenSearch document, as JSON.
    package var document: String
    /// Why no output gets the record; nil: they do.
    package var dropped: String?
}
