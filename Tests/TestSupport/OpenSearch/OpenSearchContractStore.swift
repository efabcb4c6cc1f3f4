/// The data streams, templates and policies of the contract server.
struct OpenSearchContractStore {
    /// One backing index.
    struct Index {
        var documents: [String: [UInt8]] = [:]
        /// Ids that a search sees: what was there at the last refresh.
        var visible: Set<String> = []
    }

    /// A policy with its numbers for optimistic locking.
    struct Policy {
        var body: String
        var sequence: Int
    }

    var templates: [String: String] = [:]
    var policies: [String: Policy] = [:]
    /// Data streams by name, the write index last.
    var streams: [String: [Index]] = [:]
    private var mappings: [String: OpenSearchContractMapping] = [:]
    /// Indexes that nobody meant to make.
    var plainIndexes: Set<String> = []

    /// The template that makes a data stream of this name.
    func template(for name: String) -> String? {
        templates.values.first { $0.contains("\"\(name)\"") && $0.contains("\"data_stream\"") }
    }

    /// The mapping that a stream's template gives it, read once for each template.
    private mutating func mapping(of stream: String) -> OpenSearchContractMapping {
        let text = template(for: stream) ?? ""
        if let known = mappings[text] { return known }
        let mapping = OpenSearchContractMapping(template: text)
        mappings[text] = mapping
        return mapping
    }

    /// Creates one document; the status and error of its item.
    mutating func create(_ stream: String, id: String, source: [UInt8]) -> (status: Int, type: String, reason: String) {
        guard id.utf8.count <= 512 else {
            return (400, "illegal_argument_exception", "id is too long, must be no longer than 512 bytes")
        }
        if streams[stream] == nil {
            guard template(for: stream) != nil else {
                // What OpenSearch does, and what nobody wants.
                plainIndexes.insert(stream)
                return (201, "", "")
            }
            streams[stream] = [Index()]
        }
        if let refusal = OpenSearchContractDocument.refusal(source, mapping(of: stream)) {
            return (400, refusal.type, refusal.reason)
        }
        let write = (streams[stream]?.count ?? 1) - 1
        guard streams[stream]?[write].documents[id] == nil else {
            return (409, "version_conflict_engine_exception", "[\(id)]: version conflict, document already exists")
        }
        streams[stream]?[write].documents[id] = source
        return (201, "", "")
    }

    mutating func refresh(_ stream: String) {
        for place in (streams[stream] ?? []).indices {
            let ids = streams[stream]?[place].documents.keys.map(\.self) ?? []
            streams[stream]?[place].visible.formUnion(ids)
        }
    }
}
