/// Something that goes wrong with one push, on purpose.
package enum LokiFault: Sendable {
    /// Nothing is stored and this is answered.
    case refuse(status: Int, text: String = "", headers: [(name: String, value: String)] = [])
    /// Everything is stored and the answer gets lost in this manner.
    case lose(TestReply.Manner)
    /// The first entries of every stream are stored, then this is answered.
    case storeSome(entries: Int, status: Int, text: String)
    /// Nothing is stored and the connection breaks in this manner.
    case fail(TestReply.Manner)
    /// The connection is reset in the middle of the request.
    case resetRequest(after: Int)
    /// Everything is handled as it should be, and the answer comes in this manner.
    case answer(TestReply.Manner)

    /// Ingestion is blocked for the tenant: a status that looks like success.
    package static let blocked = LokiFault.refuse(
        status: 260,
        text: "ingestion blocked for user 'fake' until '2030-01-01T00:00:00Z' with status code '260'"
    )
    /// The tenant sends too fast.
    package static let rateLimited = LokiFault.refuse(
        status: 429,
        text: "ingestion rate limit exceeded for user fake (limit: 4194304 bytes/sec) while attempting to ingest '10' "
            + "lines totaling '1000' bytes, reduce log volume or contact your Loki administrator to see if the limit "
            + "can be increased"
    )
    /// A stream got too much: some of it was stored.
    package static let streamRateLimited = LokiFault.storeSome(
        entries: 1,
        status: 429,
        text: "entry with timestamp 2026-01-01 00:00:00 +0000 UTC ignored, reason: 'Per stream rate limit exceeded "
            + "(limit: 3MB/sec) while attempting to ingest for stream '{}' totaling 1kB', user 'fake', total ignored: "
            + "1 out of 2 for stream: {}"
    )
    /// Too many streams.
    package static let streamLimited = LokiFault.refuse(
        status: 429,
        text: "maximum active stream limit exceeded when trying to create stream {}, reduce the number of active "
            + "streams (reduce labels or reduce label values), or contact your Loki administrator"
    )
    /// Too busy.
    package static let busy = LokiFault.refuse(
        status: 503,
        text: "The server cannot accept more requests at this time.",
        headers: [("Retry-After", "1")]
    )
    /// The ring has no ingesters.
    package static let broken = LokiFault.refuse(
        status: 500,
        text: "at least 2 live replicas required, could only find 1"
    )
}
