/// Why OpenSearch will never store a document: the closed set of reasons that label `martlet_records_dropped_total`.
package enum BulkRejection: String, Sendable, CaseIterable {
    case mapping = "mapping"
    case strictMapping = "strict_mapping"
    case illegalArgument = "illegal_argument"
    case tooLarge = "too_large"
    case conflict = "conflict"
    case pipeline = "ingest_pipeline"
    case badRequest = "bad_request"
    case other = "other"

    /// The reason that an error type of OpenSearch's stands for.
    init(errorType: String) {
        self =
            switch errorType {
            case "mapper_parsing_exception", "document_parsing_exception", "parsing_exception": .mapping
            case "strict_dynamic_mapping_exception": .strictMapping
            case "illegal_argument_exception", "action_request_validation_exception": .illegalArgument
            case "version_conflict_engine_exception": .conflict
            case "ingest_processor_exception", "fail_processor_exception": .pipeline
            default: .other
            }
    }
}
