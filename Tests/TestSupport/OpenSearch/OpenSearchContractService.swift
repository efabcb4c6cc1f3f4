internal import Outputs
import Synchronization

/// What the contract server knows and does; the server around it moves bytes.
final class OpenSearchContractService: Sendable {
    struct State {
        var store = OpenSearchContractStore()
        var faults: [OpenSearchFault] = []
        var bulks: [TestRequest] = []
        var adminCalls: [String] = []
        var searchesFail = false
        var hasPolicies = true
        var refusedPaths: [String: Int] = [:]
        var nextID = 0
    }

    private let state = Mutex(State())
    private let requestBytes: Int

    init(requestBytes: Int) {
        self.requestBytes = requestBytes
    }

    /// What tests set and see.
    func with<R: Sendable>(_ body: (inout sending State) -> sending R) -> R {
        state.withLock { body(&$0) }
    }

    func intercept(_ request: TestRequest) -> TestServer.Interception {
        guard request.path.hasSuffix("/_bulk") else { return .none }
        if let length = request.header("content-length").flatMap({ Int($0) }), length > requestBytes {
            return .answer(TestReply(status: 413, text: ""))
        }
        return state.withLock { state in
            guard case .resetRequest(let after)? = state.faults.first else { return .none }
            state.faults.removeFirst()
            return .reset(after: after)
        }
    }

    func handle(_ request: TestRequest) -> TestReply {
        state.withLock { state in
            if let refused = state.refusedPaths.first(where: { request.path.hasPrefix($0.key) }) {
                return Self.error(refused.value, "security_exception", "no permissions")
            }
            // The leading slash gives an empty part.
            let path = request.path.split(separator: "/").map(String.init)
            switch (request.method, path.count, path.last, path.first) {
            case ("POST", 2, "_bulk"?, let stream?): return bulk(request, stream, &state)
            case ("POST", 2, "_refresh"?, let stream?): return refresh(stream, &state)
            case ("POST", 2, "_search"?, let stream?): return search(request, stream, &state)
            case ("POST", 2, "_count"?, let stream?): return count(request, stream, &state)
            default:
                state.adminCalls.append("\(request.method) \(request.path)")
                return OpenSearchContractAdmin.handle(request, path, &state)
            }
        }
    }

    static func error(_ status: Int, _ type: String, _ reason: String) -> TestReply {
        let reason = TestJSON.quoted(reason)
        return TestReply(
            status: status,
            headers: [("Content-Type", "application/json")],
            text: #"{"error":{"root_cause":[],"type":"\#(type)","reason":\#(reason)},"status":\#(status)}"#
        )
    }

    // MARK: Bulk

    private func bulk(_ request: TestRequest, _ stream: String, _ state: inout State) -> TestReply {
        state.bulks.append(request)
        let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
        switch fault {
        case .refuse(let status, let text, let headers): return TestReply(status: status, headers: headers, text: text)
        case .fail(let manner): return TestReply(status: 500, text: "failing on purpose", manner: manner)
        case .lose(let manner):
            var reply = store(request, stream, nil, &state)
            reply.manner = manner
            return reply
        case .store(let status, let text):
            _ = store(request, stream, nil, &state)
            return TestReply(status: status, text: text)
        case .items, .storedItems, .resetRequest, nil: return store(request, stream, fault, &state)
        }
    }

    private func store(
        _ request: TestRequest,
        _ stream: String,
        _ fault: OpenSearchFault?,
        _ state: inout State
    ) -> TestReply {
        let bulk: OpenSearchContractBulk
        do throws(OpenSearchContractBulk.Refusal) {
            bulk = try OpenSearchContractBulk(request)
        } catch {
            return Self.error(error.status, error.type, error.reason)
        }
        var items: [String] = []
        var hasErrors = false
        for (place, operation) in bulk.operations.enumerated() {
            let result = item(operation, place, stream, fault, &state)
            if result.status >= 300 { hasErrors = true }
            items.append(Self.item(operation.verb, result, isFiltered: request.query["filter_path"] != nil))
        }
        let head = request.query["filter_path"] == nil ? "\"took\":3,\"errors\":\(hasErrors)," : ""
        return TestReply(
            status: 200,
            headers: [("Content-Type", "application/json")],
            text: "{\(head)\"items\":[\(items.joined(separator: ","))]}"
        )
    }

    private func item(
        _ operation: OpenSearchContractBulk.Operation,
        _ place: Int,
        _ stream: String,
        _ fault: OpenSearchFault?,
        _ state: inout State
    ) -> (status: Int, type: String, reason: String) {
        guard operation.verb == "create" else {
            let reason = "only write ops with an op_type of create are allowed in data streams"
            return (400, "illegal_argument_exception", reason)
        }
        state.nextID += 1
        let id = operation.id ?? "server-\(state.nextID)"
        switch fault {
        case .items(let status, let type, let every) where place % every == 0: return (status, type, "on purpose")
        case .storedItems(let status, let type, let every) where place % every == 0:
            _ = state.store.create(stream, id: id, source: operation.source)
            return (status, type, "on purpose")
        default: return state.store.create(stream, id: id, source: operation.source)
        }
    }

    /// `{"create":{"status":201}}`, with all the rest unless that was filtered out.
    private static func item(
        _ verb: String,
        _ result: (status: Int, type: String, reason: String),
        isFiltered: Bool
    ) -> String {
        let rest = isFiltered ? "" : #""_index":".ds-x-000001","_id":"x","#
        let reason = isFiltered ? "" : ",\"reason\":\(TestJSON.quoted(result.reason))"
        let error = result.type.isEmpty ? "" : ",\"error\":{\"type\":\"\(result.type)\"\(reason)}"
        return "{\"\(verb)\":{\(rest)\"status\":\(result.status)\(error)}}"
    }

    // MARK: Search

    private func refresh(_ stream: String, _ state: inout State) -> TestReply {
        if state.searchesFail { return TestReply(status: 200, text: #"{"_shards":{"failed":1}}"#) }
        guard state.store.streams[stream] != nil else {
            return Self.error(404, "index_not_found_exception", "no such index [\(stream)]")
        }
        state.store.refresh(stream)
        return TestReply(status: 200, text: #"{"_shards":{"total":2,"successful":2,"failed":0}}"#)
    }

    private func search(_ request: TestRequest, _ stream: String, _ state: inout State) -> TestReply {
        if state.searchesFail { return TestReply(status: 200, text: #"{"timed_out":true,"_shards":{"failed":0}}"#) }
        guard let indexes = state.store.streams[stream] else {
            return Self.error(404, "index_not_found_exception", "no such index [\(stream)]")
        }
        guard let query = try? Self.ids(request.body), query.size <= 10_000 else {
            return Self.error(400, "parsing_exception", "unknown query")
        }
        let visible = indexes.reduce(into: Set<String>()) { $0.formUnion($1.visible) }
        let hits = query.ids.filter(visible.contains).prefix(query.size).map { "{\"_id\":\(TestJSON.quoted($0))}" }
        let found = hits.isEmpty ? "" : ",\"hits\":{\"hits\":[\(hits.joined(separator: ","))]}"
        return TestReply(status: 200, text: #"{"timed_out":false,"_shards":{"failed":0}\#(found)}"#)
    }

    /// `{"query":{"term":{"service.name":"…"}}}` over what the last refresh has made visible.
    private func count(_ request: TestRequest, _ stream: String, _ state: inout State) -> TestReply {
        let head = #"{"query":{"term":"#
        guard request.text.hasPrefix(head), request.text.hasSuffix("}}") else {
            return Self.error(400, "parsing_exception", "unknown query")
        }
        let term = request.text.dropFirst(head.utf8.count + 1).dropLast(3)
        let count = (state.store.streams[stream] ?? []).reduce(0) { sum, index in
            sum
                + index.visible.count { id in
                    String(decoding: index.documents[id] ?? [], as: UTF8.self).contains(term)
                }
        }
        return TestReply(status: 200, text: "{\"count\":\(count),\"_shards\":{\"failed\":0}}")
    }

    /// `{"size":…,"query":{"ids":{"values":[…]}}}`.
    private static func ids(_ body: [UInt8]) throws(JSONError) -> (ids: [String], size: Int) {
        var ids: [String] = []
        var size = 10
        var reader = JSONReader(body)
        try reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "size": size = try reader.integer()
            case "query":
                try reader.object { (key, reader) throws(JSONError) in
                    guard key == "ids" else { throw JSONError(offset: reader.position) }
                    try reader.object { (_, reader) throws(JSONError) in
                        try reader.array { reader throws(JSONError) in ids.append(try reader.string()) }
                    }
                }
            default: try reader.skip()
            }
        }
        return (ids, size)
    }
}
