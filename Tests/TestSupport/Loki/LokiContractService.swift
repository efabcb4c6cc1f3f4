import Synchronization

/// What the contract server knows and does; the server around it moves bytes.
final class LokiContractService: Sendable {
    private struct State {
        var tenants: [String: LokiContractStore] = [:]
        var faults: [LokiFault] = []
        var pushes: [TestRequest] = []
        var queries = 0
        var queriesFail = false
        var complaints: [String] = []
    }

    private let state = Mutex(State())
    private let limits: LokiContractLimits
    private let needsTenant: Bool
    private let now: @Sendable () -> Int64

    init(limits: LokiContractLimits, needsTenant: Bool, now: @escaping @Sendable () -> Int64) {
        self.limits = limits
        self.needsTenant = needsTenant
        self.now = now
    }

    // MARK: What tests set and see

    func fail(_ faults: [LokiFault]) { state.withLock { $0.faults += faults } }

    func forgetFaults() { state.withLock { $0.faults = [] } }

    func failQueries(_ isFailing: Bool) { state.withLock { $0.queriesFail = isFailing } }

    func cutChunks() {
        state.withLock { state in
            for tenant in state.tenants.keys { state.tenants[tenant]?.cutChunks() }
        }
    }

    func streams(_ tenant: String) -> [[String: String]: [LokiContractEntry]] {
        state.withLock { $0.tenants[tenant]?.streams.mapValues(\.entries) ?? [:] }
    }

    var storedCount: Int {
        state.withLock { state in
            state.tenants.values.flatMap(\.streams.values).reduce(0) { $0 + $1.entries.count }
        }
    }

    var pushes: [TestRequest] { state.withLock(\.pushes) }
    var queryCount: Int { state.withLock(\.queries) }
    var complaints: [String] { state.withLock(\.complaints) }

    // MARK: Requests

    /// Resets in the middle of a request happen before its body is read; the rest has to wait for it.
    func intercept(_ request: TestRequest) -> TestServer.Interception {
        guard request.path == "/loki/api/v1/push" else { return .none }
        if let length = request.header("content-length").flatMap({ Int($0) }), length > limits.requestBytes {
            return .answer(
                TestReply(status: 413, text: "http: request body too large (\(length) vs. \(limits.requestBytes))")
            )
        }
        return state.withLock { state in
            guard case .resetRequest(let after)? = state.faults.first else { return .none }
            state.faults.removeFirst()
            return .reset(after: after)
        }
    }

    func handle(_ request: TestRequest) -> TestReply {
        switch (request.method, request.path) {
        case ("GET", "/ready"): return TestReply(status: 200, text: "ready\n")
        case ("POST", "/loki/api/v1/push"): return push(request)
        case ("GET", "/loki/api/v1/query_range"): return query(request)
        default: return TestReply(status: 404, text: "404 page not found\n")
        }
    }

    private func tenant(_ request: TestRequest) -> String? {
        needsTenant ? request.header("x-scope-orgid") : "fake"
    }

    // MARK: Push

    private func push(_ request: TestRequest) -> TestReply {
        state.withLock { state in
            state.pushes.append(request)
            guard let tenant = tenant(request) else { return TestReply(status: 401, text: "no org id\n") }
            let fault = state.faults.isEmpty ? nil : state.faults.removeFirst()
            switch fault {
            case nil, .resetRequest: return store(request, tenant, entries: .max, &state)
            case .refuse(let status, let text, let headers):
                return TestReply(status: status, headers: headers, text: text + "\n")
            case .lose(let manner):
                _ = store(request, tenant, entries: .max, &state)
                return TestReply(status: 204, manner: manner)
            case .storeSome(let entries, let status, let text):
                _ = store(request, tenant, entries: entries, &state)
                return TestReply(status: status, text: text + "\n")
            case .fail(let manner):
                return TestReply(status: 500, text: "failing on purpose", manner: manner)
            case .answer(let manner):
                var reply = store(request, tenant, entries: .max, &state)
                reply.manner = manner
                return reply
            }
        }
    }

    private func store(_ request: TestRequest, _ tenant: String, entries: Int, _ state: inout State) -> TestReply {
        let push: LokiContractPush
        do throws(LokiContractPush.Refusal) {
            push = try LokiContractPush(request)
        } catch {
            return TestReply(status: 400, text: error.text + "\n")
        }
        guard !push.streams.allSatisfy(\.entries.isEmpty) else {
            return TestReply(status: 422, text: "error at least one valid stream is required for ingestion\n")
        }
        complain(push, &state)
        let chosen = push.streams.map { stream in
            var stream = stream
            stream.entries = Array(stream.entries.prefix(entries))
            return stream
        }
        let result = state.tenants[tenant, default: LokiContractStore(limits: limits)].push(chosen, now: now())
        // The ingester's error wins, as in the distributor.
        if let error = result.ingesterErrors.last { return TestReply(status: 400, text: error + "\n") }
        guard result.distributorErrors.isEmpty else {
            return TestReply(status: 400, text: Self.grouped(result.distributorErrors) + "\n")
        }
        return TestReply(status: 204)
    }

    /// What is legal but unwise: labels that are not canonical, streams that come twice.
    private func complain(_ push: LokiContractPush, _ state: inout State) {
        var seen: Set<[String: String]> = []
        for stream in push.streams {
            if let selector = LokiContractSelector(stream.text), !selector.isSorted {
                state.complaints.append("labels are not sorted: \(stream.text)")
            }
            guard let labels = stream.labels else { continue }
            if labels["service_name"] == nil { state.complaints.append("no service_name: \(stream.text)") }
            if !seen.insert(labels).inserted { state.complaints.append("a stream twice: \(stream.text)") }
        }
    }

    /// `N errors like: TEXT; M errors like: TEXT`.
    private static func grouped(_ errors: [String]) -> String {
        var groups: [(text: String, count: Int)] = []
        for error in errors {
            if let known = groups.firstIndex(where: { $0.text == error }) {
                groups[known].count += 1
            } else {
                groups.append((error, 1))
            }
        }
        return groups.map { "\($0.count) errors like: \($0.text)" }.joined(separator: "; ")
    }

    // MARK: Query

    private func query(_ request: TestRequest) -> TestReply {
        state.withLock { state in
            state.queries += 1
            guard let tenant = tenant(request) else { return TestReply(status: 401, text: "no org id\n") }
            if state.queriesFail { return TestReply(status: 500, text: "queries fail on purpose\n") }
            guard let query = LokiContractQuery(request) else {
                return TestReply(status: 400, text: "parse error at line 1: syntax error\n")
            }
            if let problem = query.problem(limits) { return TestReply(status: 400, text: problem + "\n") }
            let body = query.answer(state.tenants[tenant]?.streams ?? [:])
            return TestReply(status: 200, headers: [("Content-Type", "application/json")], text: body)
        }
    }
}
