/// One batch as an output will send it: encoded, compressed, immutable.
package struct SealedBatch: Sendable, Equatable {
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
        body: [UInt8],
        headers: [(name: String, value: String)],
        records: Int,
        rawBytes: Int,
        oldest: Int64
    ) {
        self.body = body
        self.headers = headers
        self.records = records
        self.rawBytes = rawBytes
        self.oldest = oldest
    }

    /// Whether two batches are the same request for the same records.
    package static func == (left: SealedBatch, right: SealedBatch) -> Bool {
        left.body == right.body && left.headers.elementsEqual(right.headers, by: ==) && left.records == right.records
            && left.rawBytes == right.rawBytes && left.oldest == right.oldest
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
    /// Whether anything is stored is not known (time-out, cut connection, server error): look before sending again.
    case uncertain(reason: String, after: Duration? = nil)
    /// The records went different ways, and the output said which.
    case divided(Division)
    /// Nothing more will be stored until somebody mends it (401, 403, 404, 260): hold, retry slowly, say so.
    /// `mayBeStored`: some records may have been taken all the same.
    case hold(reason: String, mayBeStored: Bool = false)
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

    /// What became of the records of one batch, each of them in one of three groups.
    package struct Division: Sendable, Equatable {
        /// Records that are stored.
        package var delivered = 0
        /// Records that will never be stored.
        package var rejected: [Rejection] = []
        /// The rejected records as a body that can be sent again by hand.
        package var deadLetters: SealedBatch?
        /// Records that may still be stored, to be sent in place of the batch.
        package var remaining: SealedBatch?
        /// Why there are remaining ones.
        package var reason = ""
        /// Some of the remaining ones may be stored all the same: finding them there is no collision.
        package var isRepeat = false
        /// Somebody has to mend something before the remaining ones can be stored.
        package var isHeld = false
        /// Records whose id was taken by another one; they are among the remaining, with new ids.
        package var collisions = 0

        /// Makes a division of no records.
        package init() {}
    }
}

/// What a look at an output says about a batch whose outcome is not known.
package enum Readback: Sendable, Equatable {
    /// Every record is there.
    case stored
    /// These records are not there: send them in place of the batch.
    case missing(SealedBatch)
    /// The output cannot be asked, or did not answer.
    case unknown
}

/// Somewhere that batches go.
package protocol Output: Sendable {
    /// `loki`, `opensearch`, `archive`: the `output` label of its series.
    var name: String { get }
    /// One attempt, within the output's own time-outs. Never throws.
    func send(_ batch: SealedBatch) async -> Outcome
    /// One attempt with bytes of which some or all may be stored already.
    func resend(_ batch: SealedBatch) async -> Outcome
    /// Asks the output what it has of a batch.
    func missing(from batch: SealedBatch) async -> Readback
    /// How long a request may still be at work at the output after nobody waits for it any more: it is asked only then.
    var settleTime: Duration { get }
    /// The batch in two or more parts, in order; none when it cannot be divided.
    func parts(of batch: SealedBatch) -> [SealedBatch]
    /// What must be kept with the acknowledgement of the last batch, so that the output can go on from there.
    func position() async -> String?
}

extension Output {
    /// Most outputs do not treat a repetition otherwise.
    package func resend(_ batch: SealedBatch) async -> Outcome { await send(batch) }
    /// Most outputs know a record by its id, or take one request at a time.
    package var settleTime: Duration { .zero }
    /// Most outputs cannot be asked.
    package func missing(from batch: SealedBatch) async -> Readback { .unknown }
    /// Most bodies cannot be divided.
    package func parts(of batch: SealedBatch) -> [SealedBatch] { [] }
    /// Most outputs keep no position.
    package func position() async -> String? { nil }
}
