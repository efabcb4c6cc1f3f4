internal import Transport

/// Looks in Loki for the entries of a batch whose outcome is not known.
///
/// Each stream is asked for the span of its entries with `query_range`, page by page; an entry is there when one
/// with its time, line and metadata is. What is stored twice on purpose is counted: two equal entries need two.
struct LokiReadback {
    /// Most entries asked for at once: Loki's `max_entries_limit_per_query` is 5,000 by default.
    static let pageEntries = 1000
    /// Most entries asked for when they all have one time; `max_entries_limit_per_query` again.
    static let instantEntries = 5000
    /// About how many bytes of entries are asked for at once; well below what the transport keeps of a reply.
    static let pageBytes = 1 << 20
    /// Longest span of one query, nanoseconds: `max_query_length` is 30 days and an hour by default.
    static let spanMax: Int64 = 30 * 24 * 3_600_000_000_000
    /// Pages for one stream: beyond, the stream holds so much else that the answer is "unknown".
    static let pagesMax = 200

    let url: BaseURL
    let headers: [(name: String, value: String)]
    let transport: any HTTPTransport

    /// What of the batch is not stored.
    func missing(from batch: SealedBatch) async -> Readback {
        guard let push = LokiPush(batch), push.count == batch.records else { return .unknown }
        let limit = max(16, min(Self.pageEntries, Self.pageBytes / max(1, push.bytes.count / max(1, push.count))))
        var missing: [LokiPush.Stream] = []
        for stream in push.streams {
            guard let wanted = push.wanted(stream) else { return .unknown }
            guard let absent = await absent(of: wanted, limit: limit) else { return .unknown }
            let entries = absent.map { stream.entries[$0] }
            if !entries.isEmpty { missing.append(LokiPush.Stream(labels: stream.labels, entries: entries)) }
        }
        if missing.isEmpty { return .stored }
        return push.batch(of: missing, like: batch).map { .missing($0) } ?? .unknown
    }

    /// Places of the entries that are not stored; nil when Loki did not answer.
    private func absent(of stream: LokiWantedStream, limit: Int) async -> [Int]? {
        var search = LokiSearch(stream)
        var pages = 0
        while let span = search.nextSpan {
            pages += 1
            let wanted = search.nextLimit(limit)
            guard pages <= Self.pagesMax, let page = await query(stream.selector, span, wanted) else { return nil }
            search.received(page, limit: wanted)
        }
        return search.isHopeless ? nil : search.absent
    }

    private func query(_ selector: String, _ span: (start: Int64, end: Int64), _ limit: Int) async -> [LokiEntry]? {
        let query =
            "/loki/api/v1/query_range?direction=forward&limit=\(limit)&start=\(span.start)&end=\(span.end)&query="
            + PercentEncoding.encode(selector)
        let request = TransportRequest(
            method: "GET",
            url: url.appending(query),
            headers: headers + [("X-Loki-Response-Encoding-Flags", "categorize-labels")]
        )
        guard let response = try? await transport.exchange(request), response.status == 200, response.isWhole else {
            return nil
        }
        return try? LokiQueryResponse.entries(response.body)
    }
}
