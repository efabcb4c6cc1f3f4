/// One batch as an output will send it: encoded, compressed, immutable.
package struct SealedBatch: Sendable {
    /// The request body, byte for byte the same at every attempt.
    package let body: [UInt8]
    /// Headers that belong to the body (`Content-Type`, `Content-Encoding`).
    package let headers: [(name: String, value: String)]
    /// Records in it.
    package let records: Int
    /// Bytes before compression.
    package let rawBytes: Int
    /// Time of the oldest record in it, nanoseconds since 1970: for the delivery lag.
    package let oldest: Int64

    /// Makes a batch.
    package init(
        body: [UInt8], headers: [(name: String, value: String)], records: Int, rawBytes: Int, oldest: Int64
    ) {
        self.body = body
        self.headers = headers
        self.records = records
        self.rawBytes = rawBytes
        self.oldest = oldest
    }
}

/// What became of one attempt to send a batch.
package enum Outcome: Sendable, Equatable {
    /// Every record is stored.
    case delivered
    /// The output stored all but some records and will never take those: count by reason, do not send again.
    case partly(rejected: [Rejection])
    /// Nothing is known to be stored; the same bytes may succeed later.
    case retry(reason: String, after: Duration?)
    /// Nothing is stored and nothing will be until somebody mends it (401, 403, 404, 260): hold, retry slowly, say so.
    case hold(reason: String)
    /// The batch is too large for the output: send its parts.
    case tooLarge
    /// Nothing of it will ever be stored.
    case rejected(reason: String)

    /// Records that will never be stored, and why (a bounded set of reasons).
    package struct Rejection: Sendable, Equatable {
        package let reason: String
        package let records: Int

        /// Makes a rejection.
        package init(reason: String, records: Int) {
            self.reason = reason
            self.records = records
        }
    }
}

/// Somewhere that batches go.
package protocol Output: Sendable {
    /// `loki`, `opensearch`, `archive`: the `output` label of its series.
    var name: String { get }
    /// One attempt, within the output's own time-outs. Never throws.
    func send(_ batch: SealedBatch) async -> Outcome
}
