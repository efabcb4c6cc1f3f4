/// Something that goes wrong with one bulk request, on purpose.
package enum OpenSearchFault: Sendable {
    /// Nothing is stored and this is answered.
    case refuse(status: Int, text: String = "", headers: [(name: String, value: String)] = [])
    /// Every `every`th document, from the first, is not stored and gets this instead; the others are stored.
    case items(status: Int, type: String, every: Int = 1)
    /// As before, but those documents are stored all the same.
    case storedItems(status: Int, type: String, every: Int = 1)
    /// Everything is stored and the answer gets lost in this manner.
    case lose(TestReply.Manner)
    /// Everything is stored and this is answered.
    case store(status: Int, text: String)
    /// Nothing is stored and the connection breaks in this manner.
    case fail(TestReply.Manner)
    /// The connection is reset in the middle of the request.
    case resetRequest(after: Int)

    /// The queue of a shard is full.
    package static func busyItems(every: Int) -> OpenSearchFault {
        .items(status: 429, type: "rejected_execution_exception", every: every)
    }
    /// The disk is full to the flood stage.
    package static func fullDisk(status: Int) -> OpenSearchFault {
        .items(status: status, type: "cluster_block_exception")
    }
    /// A circuit breaker of the cluster is open.
    package static let circuitBreaker = OpenSearchFault.refuse(
        status: 429,
        text:
            #"{"error":{"root_cause":[],"type":"circuit_breaking_exception","reason":"[parent] Data too large"},"status":429}"#
    )
}
