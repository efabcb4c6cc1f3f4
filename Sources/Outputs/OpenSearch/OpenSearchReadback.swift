internal import Transport

/// Asks OpenSearch which documents of a batch it has, by their ids, in all backing indexes of the data stream.
///
/// Sending again would be refused with 409 within one backing index; after a rollover it would not.
struct OpenSearchReadback {
    /// Ids of one search; `index.max_result_window` is 10,000 by default.
    static let pageIDs = 5_000

    let options: OpenSearchOptions
    let transport: any HTTPTransport

    /// What of the batch is not stored.
    func missing(from batch: SealedBatch) async -> Readback {
        guard let body = BulkBody(batch) else { return .unknown }
        let ids = body.documents.map { body.id(of: $0) }
        guard !ids.contains(nil), await refresh() else { return .unknown }
        var missing: [Int] = []
        for start in stride(from: 0, to: ids.count, by: Self.pageIDs) {
            let places = start..<min(start + Self.pageIDs, ids.count)
            guard let found = await search(ids[places].compactMap(\.self)) else { return .unknown }
            missing += places.filter { place in !found.contains(ids[place] ?? "") }
        }
        if missing.isEmpty { return .stored }
        return body.batch(of: missing, like: batch).map { .missing($0) } ?? .unknown
    }

    /// Makes what was just indexed visible to a search.
    private func refresh() async -> Bool {
        let path = "/\(options.dataStream)/_refresh?filter_path=_shards.failed"
        guard let response = try? await transport.exchange(request("POST", path)) else { return false }
        return response.status == 200 && failedShards(response) == 0
    }

    private func search(_ ids: [String]) async -> Set<String>? {
        let path = "/\(options.dataStream)/_search?filter_path=timed_out,_shards.failed,hits.hits._id"
        let values = ids.map(JSONText.quoted).joined(separator: ",")
        let query = #"{"size":\#(ids.count),"_source":false,"query":{"ids":{"values":[\#(values)]}}}"#
        guard let response = try? await transport.exchange(request("POST", path, query)), response.status == 200,
            response.isWhole, failedShards(response) == 0
        else { return nil }
        return try? Self.foundIDs(response.body)
    }

    private func request(_ method: String, _ path: String, _ body: String = "") -> TransportRequest {
        let headers = body.isEmpty ? [] : [(name: "Content-Type", value: "application/json")]
        return TransportRequest(
            method: method,
            url: options.url.appending(path),
            headers: headers,
            body: Array(body.utf8)
        )
    }

    /// Shards that did not answer; -1 when the reply does not say.
    private func failedShards(_ response: TransportResponse) -> Int {
        var failed = -1
        var reader = JSONReader(response.body)
        try? reader.object { (key, reader) throws(JSONError) in
            guard key == "_shards" else { return try reader.skip() }
            try reader.object { (key, reader) throws(JSONError) in
                if key == "failed" { failed = try reader.integer() } else { try reader.skip() }
            }
        }
        return failed
    }

    /// The ids of the hits; throws when the search did not see everything.
    private static func foundIDs(_ body: [UInt8]) throws(JSONError) -> Set<String> {
        var ids: Set<String> = []
        var reader = JSONReader(body)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "timed_out":
                guard try !reader.bool() else { throw JSONError(offset: reader.position) }
            case "hits":
                try reader.object { (key, reader) throws(JSONError) in
                    guard key == "hits" else { return try reader.skip() }
                    try reader.array { reader throws(JSONError) in
                        try reader.object { (key, reader) throws(JSONError) in
                            if key == "_id" { ids.insert(try reader.string()) } else { try reader.skip() }
                        }
                    }
                }
            default: try reader.skip()
            }
        }
        try reader.end()
        return ids
    }
}
