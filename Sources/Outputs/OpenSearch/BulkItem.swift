/// What became of one document, in OpenSearch's words.
struct BulkItem: Equatable {
    /// HTTP status of this document.
    var status: Int
    /// Type of the error; empty when there is none.
    var errorType = ""

    /// Which way the document went.
    enum Fate: Equatable {
        case stored
        /// Another document has this id.
        case exists
        /// Not stored; may be later.
        case retry
        /// Nobody knows; safe to send again because of the id.
        case uncertain
        /// Not stored until somebody mends something.
        case held
        /// Never.
        case rejected(BulkRejection)
    }

    /// Which way it went.
    var fate: Fate {
        switch (status, errorType) {
        case (200...299, _): .stored
        case (409, "version_conflict_engine_exception"): .exists
        // A full disk or a closed index; 403 or 429 by version.
        case (_, "cluster_block_exception"), (_, "index_closed_exception"): .held
        case (429, _): .retry
        case (404, _), (401, _), (403, _): .held
        case (500..., _), (408, _): .uncertain
        case (413, _): .rejected(.tooLarge)
        default: .rejected(BulkRejection(errorType: errorType))
        }
    }
}
