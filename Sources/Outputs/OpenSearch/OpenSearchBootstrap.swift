internal import Transport

/// Makes sure that the data stream, its template and its retention policy are there before the first document.
///
/// Without a template, OpenSearch would make a plain index with guessed types out of the first document, and every
/// later one would have to live with them.
struct OpenSearchBootstrap {
    /// How it ended.
    enum Result: Equatable {
        case ready
        /// The cluster does not answer, or not yet.
        case retry(reason: String)
        /// Somebody has to decide or mend something.
        case hold(reason: String)
    }

    let options: OpenSearchOptions
    let transport: any HTTPTransport
    let notice: @Sendable (String) -> Void

    /// Puts what is missing and checks the result.
    func run() async -> Result {
        do throws(Stop) {
            try await putPolicy()
            try await putTemplate()
            try await createDataStream()
            return .ready
        } catch {
            return error.result
        }
    }

    private struct Stop: Error {
        let result: Result
    }

    // MARK: Template

    private func putTemplate() async throws(Stop) {
        let path = "/_index_template/" + OpenSearchTemplate.name(options.dataStream)
        let found = try await call("GET", path)
        if found.status == 200, version(found.body) >= OpenSearchTemplate.version { return }
        guard found.status == 200 || found.status == 404 else { throw unexpected(found, "reading the index template") }
        let put = try await call("PUT", path, OpenSearchTemplate.template(options.dataStream))
        guard put.status == 200 else { throw unexpected(put, "putting the index template") }
        notice("put index template \(OpenSearchTemplate.name(options.dataStream))")
        let check = try await call("GET", path)
        guard check.status == 200, version(check.body) == OpenSearchTemplate.version else {
            throw Stop(result: .hold(reason: "the index template is not there after it was put"))
        }
    }

    /// The `version` of the first template of a reply; -1 without one.
    private func version(_ body: [UInt8]) -> Int {
        var version = -1
        var reader = JSONReader(body)
        try? reader.object { (key, reader) throws(JSONError) in
            guard key == "index_templates" else { return try reader.skip() }
            try reader.array { reader throws(JSONError) in
                try reader.object { (key, reader) throws(JSONError) in
                    guard key == "index_template" else { return try reader.skip() }
                    try reader.object { (key, reader) throws(JSONError) in
                        if key == "version" { version = try reader.integer() } else { try reader.skip() }
                    }
                }
            }
        }
        return version
    }

    // MARK: Policy

    private func putPolicy() async throws(Stop) {
        let path = "/_plugins/_ism/policies/" + OpenSearchTemplate.policyName(options.dataStream)
        let found = try await call("GET", path)
        var put = path
        switch found.status {
        case 200:
            let policy = policy(found.body)
            if policy.description == OpenSearchTemplate.description(options.retention) { return }
            // Somebody made it their own.
            guard policy.description.hasPrefix("Martlet: ") else { return }
            put += "?if_seq_no=\(policy.sequence)&if_primary_term=\(policy.term)"
        case 404: break
        case 400, 405:
            // No such plugin: documents are kept for ever, which is for the operator to know.
            notice("no retention policy: this cluster has no index state management")
            return
        default: throw unexpected(found, "reading the retention policy")
        }
        let body = OpenSearchTemplate.policy(options.dataStream, retention: options.retention)
        let answer = try await call("PUT", put, body)
        // 409: another agent was faster.
        guard (200...201).contains(answer.status) || answer.status == 409 else {
            throw unexpected(answer, "putting the retention policy")
        }
        notice("put retention policy \(OpenSearchTemplate.policyName(options.dataStream))")
    }

    private func policy(_ body: [UInt8]) -> (sequence: Int, term: Int, description: String) {
        var policy = (sequence: 0, term: 0, description: "")
        var reader = JSONReader(body)
        try? reader.object { (key, reader) throws(JSONError) in
            switch key {
            case "_seq_no": policy.sequence = try reader.integer()
            case "_primary_term": policy.term = try reader.integer()
            case "policy":
                try reader.object { (key, reader) throws(JSONError) in
                    if key == "description" { policy.description = try reader.string() } else { try reader.skip() }
                }
            default: try reader.skip()
            }
        }
        return policy
    }

    // MARK: Data stream

    private func createDataStream() async throws(Stop) {
        let path = "/_data_stream/" + options.dataStream
        let found = try await call("GET", path)
        if found.status == 200 { return }
        guard found.status == 404 else { throw unexpected(found, "reading the data stream") }
        let answer = try await call("PUT", path)
        if answer.status == 200 {
            return notice("created data stream \(options.dataStream)")
        }
        // Another agent may have been faster.
        if answer.status == 400, try await call("GET", path).status == 200 { return }
        guard answer.status == 400 else { throw unexpected(answer, "creating the data stream") }
        let reason =
            "`\(options.dataStream)` cannot become a data stream, probably because an index or alias has that name; "
            + "choose another `data_stream`"
        throw Stop(result: .hold(reason: reason))
    }

    // MARK: Requests

    private func call(_ method: String, _ path: String, _ body: String = "") async throws(Stop) -> TransportResponse {
        let headers = body.isEmpty ? [] : [(name: "Content-Type", value: "application/json")]
        let request = TransportRequest(
            method: method,
            url: options.url.appending(path),
            headers: headers,
            body: Array(body.utf8)
        )
        do throws(TransportError) {
            return try await transport.exchange(request)
        } catch {
            throw Stop(result: .retry(reason: error.reason))
        }
    }

    private func unexpected(_ response: TransportResponse, _ doing: String) -> Stop {
        switch response.status {
        case 401: Stop(result: .hold(reason: "not authenticated (401) \(doing)"))
        case 403:
            Stop(
                result: .hold(
                    reason: "forbidden (403) \(doing); give this user the right, or set `bootstrap: false`"
                )
            )
        case 408, 429, 500...599: Stop(result: .retry(reason: "status \(response.status) \(doing)"))
        default: Stop(result: .hold(reason: "status \(response.status) \(doing)"))
        }
    }
}
