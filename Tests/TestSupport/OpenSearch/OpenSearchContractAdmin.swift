/// Templates, policies and data streams of the contract server.
enum OpenSearchContractAdmin {
    static func handle(
        _ request: TestRequest,
        _ path: [String],
        _ state: inout OpenSearchContractService.State
    ) -> TestReply {
        guard let name = path.last, path.count >= 2 else { return notFound(request) }
        switch (request.method, path.dropLast().joined(separator: "/")) {
        case ("GET", "_index_template"): return getTemplate(name, state)
        case ("PUT", "_index_template"): return putTemplate(name, request, &state)
        case ("GET", "_data_stream"): return getStream(name, state)
        case ("PUT", "_data_stream"): return putStream(name, &state)
        case ("GET", "_plugins/_ism/policies") where state.hasPolicies: return getPolicy(name, state)
        case ("PUT", "_plugins/_ism/policies") where state.hasPolicies: return putPolicy(name, request, &state)
        default: return notFound(request)
        }
    }

    private static func notFound(_ request: TestRequest) -> TestReply {
        let reason = "no handler found for uri [\(request.path)] and method [\(request.method)]"
        return TestReply(status: 400, text: "{\"error\":\(TestJSON.quoted(reason))}")
    }

    private static func getTemplate(_ name: String, _ state: OpenSearchContractService.State) -> TestReply {
        guard let template = state.store.templates[name] else {
            return OpenSearchContractService.error(
                404,
                "resource_not_found_exception",
                "index template matching [\(name)] not found"
            )
        }
        return TestReply(
            status: 200,
            text: "{\"index_templates\":[{\"name\":\"\(name)\",\"index_template\":\(template)}]}"
        )
    }

    private static func putTemplate(
        _ name: String,
        _ request: TestRequest,
        _ state: inout OpenSearchContractService.State
    ) -> TestReply {
        guard TestJSON.isValid(request.body) else {
            return OpenSearchContractService.error(400, "x_content_parse_exception", "Failed to parse content")
        }
        state.store.templates[name] = request.text
        return TestReply(status: 200, text: #"{"acknowledged":true}"#)
    }

    private static func getStream(_ name: String, _ state: OpenSearchContractService.State) -> TestReply {
        guard let indexes = state.store.streams[name] else {
            return OpenSearchContractService.error(404, "index_not_found_exception", "no such index [\(name)]")
        }
        return TestReply(
            status: 200,
            text: "{\"data_streams\":[{\"name\":\"\(name)\",\"generation\":\(indexes.count)}]}"
        )
    }

    private static func putStream(_ name: String, _ state: inout OpenSearchContractService.State) -> TestReply {
        guard state.store.template(for: name) != nil else {
            return OpenSearchContractService.error(
                400,
                "illegal_argument_exception",
                "no matching index template found for data stream [\(name)]"
            )
        }
        guard state.store.streams[name] == nil, !state.store.plainIndexes.contains(name) else {
            return OpenSearchContractService.error(
                400,
                "resource_already_exists_exception",
                "data_stream [\(name)] already exists"
            )
        }
        state.store.streams[name] = [OpenSearchContractStore.Index()]
        return TestReply(status: 200, text: #"{"acknowledged":true}"#)
    }

    private static func getPolicy(_ name: String, _ state: OpenSearchContractService.State) -> TestReply {
        guard let policy = state.store.policies[name] else {
            return OpenSearchContractService.error(404, "status_exception", "Policy not found")
        }
        // A put has `{"policy":{…}}`, a get has the same beside its numbers.
        let inner = policy.body.dropFirst().dropLast()
        let head = "{\"_id\":\"\(name)\",\"_version\":1,\"_seq_no\":\(policy.sequence),\"_primary_term\":1,"
        return TestReply(status: 200, text: head + inner + "}")
    }

    private static func putPolicy(
        _ name: String,
        _ request: TestRequest,
        _ state: inout OpenSearchContractService.State
    ) -> TestReply {
        guard TestJSON.isValid(request.body) else {
            return OpenSearchContractService.error(400, "parsing_exception", "not JSON")
        }
        let known = state.store.policies[name]?.sequence
        let wanted = request.query["if_seq_no"].flatMap { Int($0) }
        guard known == wanted else {
            return OpenSearchContractService.error(
                409,
                "version_conflict_engine_exception",
                "[\(name)]: version conflict"
            )
        }
        state.store.policies[name] = .init(body: request.text, sequence: (known ?? 0) + 1)
        return TestReply(status: known == nil ? 201 : 200, text: "{}")
    }
}
