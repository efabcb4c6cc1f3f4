/// A `query_range` over what the contract server has stored.
struct LokiContractQuery {
    private let labels: [String: String]
    private let start: Int64
    /// Not included.
    private let end: Int64
    private let limit: Int
    private let isForward: Bool
    private let isCategorized: Bool

    /// Reads a query; nil when it is not one that this server understands.
    init?(_ request: TestRequest) {
        guard let text = request.query["query"], let selector = LokiContractSelector(text), !selector.labels.isEmpty,
            let start = request.query["start"].flatMap({ Int64($0) }),
            let end = request.query["end"].flatMap({ Int64($0) }), end > start
        else { return nil }
        labels = selector.labels
        self.start = start
        self.end = end
        limit = request.query["limit"].flatMap { Int($0) } ?? 100
        isForward = request.query["direction"]?.lowercased() == "forward"
        isCategorized = request.header("x-loki-response-encoding-flags") == "categorize-labels"
    }

    /// Which limit it breaks.
    func problem(_ limits: LokiContractLimits) -> String? {
        if limit > limits.queryEntries {
            return
                "max entries limit per query exceeded, limit > max_entries_limit_per_query (\(limit) > \(limits.queryEntries))"
        }
        if end - start > Int64(limits.queryHours) * 3_600_000_000_000 {
            return
                "the query time range exceeds the limit (query length: \(end - start)ns, limit: \(limits.queryHours)h)"
        }
        return nil
    }

    /// The answer as JSON.
    func answer(_ streams: [[String: String]: LokiContractStore.Stream]) -> String {
        var found: [(labels: [String: String], entry: LokiContractEntry)] = []
        for (stream, contents) in streams where labels.allSatisfy({ stream[$0.key] == $0.value }) {
            for entry in contents.entries where start <= entry.time && entry.time < end {
                found.append((stream, entry))
            }
        }
        found.sort { isForward ? $0.entry.time < $1.entry.time : $0.entry.time > $1.entry.time }
        var groups: [[String: String]: [LokiContractEntry]] = [:]
        for (stream, entry) in found.prefix(limit) {
            // Without the flag, metadata is shown as labels and parts the stream.
            let shown = isCategorized ? stream : stream.merging(entry.metadata) { label, _ in label }
            groups[shown, default: []].append(entry)
        }
        let result = groups.map { labels, entries in
            "{\"stream\":\(Self.json(labels)),\"values\":[\(entries.map(value).joined(separator: ","))]}"
        }
        let flags = isCategorized ? "\"encodingFlags\":[\"categorize-labels\"]," : ""
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\(flags)\"result\":["
            + result.joined(separator: ",") + "],\"stats\":{\"summary\":{\"execTime\":0.001}}}}"
    }

    private func value(_ entry: LokiContractEntry) -> String {
        let metadata = entry.metadata.isEmpty ? "{}" : "{\"structuredMetadata\":\(Self.json(entry.metadata))}"
        return "[\"\(entry.time)\",\(TestJSON.quoted(entry.line))\(isCategorized ? "," + metadata : "")]"
    }

    private static func json(_ texts: [String: String]) -> String {
        "{" + texts.map { "\(TestJSON.quoted($0.key)):\(TestJSON.quoted($0.value))" }.joined(separator: ",") + "}"
    }
}
