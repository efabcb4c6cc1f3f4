import TestSupport
import Testing
import Transport

@Suite struct PooledTransportTests {
    private func transport(
        timeout: Duration = .seconds(10),
        replyBytes: Int = 1 << 20,
        authorization: Authorization = .none
    ) throws -> PooledTransport {
        try PooledTransport(
            TransportOptions(
                connectTimeout: .milliseconds(500),
                requestTimeout: timeout,
                replyBytes: replyBytes,
                authorization: authorization
            )
        )
    }

    private func get(_ url: String) -> TransportRequest { TransportRequest(method: "GET", url: url) }

    private func post(_ url: String, bytes: Int = 10) -> TransportRequest {
        TransportRequest(method: "POST", url: url, body: [UInt8](repeating: 0x61, count: bytes))
    }

    @Test func `a request arrives as it was given, and so does the reply`() async throws {
        let server = try TestServer { request in
            let isRight =
                request.method == "POST" && request.path == "/a b" && request.query["q"] == "{x=\"1\"}"
                && request.header("X-Scope-OrgID") == "acme" && request.text == "body"
                && request.header("content-length") == "4"
            return TestReply(status: isRight ? 200 : 400, headers: [("X-One", "1")], text: "reply")
        }
        defer { server.stop() }
        let request = TransportRequest(
            method: "POST",
            url: server.url + "/a%20b?q=%7Bx%3D%221%22%7D",
            headers: [("X-Scope-OrgID", "acme")],
            body: Array("body".utf8)
        )
        let reply = try await transport().exchange(request)
        #expect(reply.status == 200)
        #expect(reply.header("x-one") == "1")
        #expect(reply.body == Array("reply".utf8))
        #expect(reply.isWhole)
    }

    @Test func `connections are kept`() async throws {
        let server = try TestServer { _ in TestReply(status: 204) }
        defer { server.stop() }
        let transport = try transport()
        for _ in 0..<5 { #expect(try await transport.exchange(post(server.url)).status == 204) }
        #expect(server.accepted == 1)
    }

    @Test(arguments: [
        (Authorization.basic(user: "user", password: "pass"), "Basic dXNlcjpwYXNz"),
        (.basic(user: "u", password: "\u{00E9}"), "Basic dTrDqQ=="), (.bearer(token: "t0k3n"), "Bearer t0k3n"),
    ])
    func `who we are stands in the authorization header`(_ who: Authorization, _ header: String) async throws {
        let server = try TestServer { TestReply(status: 200, text: $0.header("Authorization") ?? "") }
        defer { server.stop() }
        let reply = try await transport(authorization: who).exchange(get(server.url))
        #expect(String(decoding: reply.body, as: UTF8.self) == header)
        #expect("\(who)" == "[secret]")
    }

    @Test func `a redirect is a reply, not something to follow`() async throws {
        let server = try TestServer { request in
            request.path == "/" ? TestReply(status: 302, headers: [("Location", "/other")]) : TestReply(status: 200)
        }
        defer { server.stop() }
        #expect(try await transport().exchange(get(server.url)).status == 302)
    }

    @Test func `without a server nothing was sent`() async throws {
        let server = try TestServer { _ in TestReply(status: 200) }
        server.stop()
        let error = await #expect(throws: TransportError.self) { try await transport().exchange(post(server.url)) }
        #expect(error?.isUnknown == false, "\(String(describing: error))")
    }

    @Test func `a handshake that fails sent nothing`() async throws {
        let server = try TestServer { _ in TestReply(status: 200) }
        defer { server.stop() }
        let url = "https" + server.url.dropFirst(4)
        let error = await #expect(throws: TransportError.self) { try await transport().exchange(post(url)) }
        #expect(error?.isUnknown == false, "\(String(describing: error))")
    }

    @Test(arguments: [TestReply.Manner.close, .reset])
    func `a connection that ends before the reply leaves the outcome unknown`(_ manner: TestReply.Manner) async throws {
        let server = try TestServer { _ in TestReply(status: 200, manner: manner) }
        defer { server.stop() }
        let error = await #expect(throws: TransportError.self) { try await transport().exchange(post(server.url)) }
        #expect(error?.isUnknown == true, "\(String(describing: error))")
    }

    @Test func `a reset in the middle of the request leaves the outcome unknown`() async throws {
        let server = try TestServer(intercept: { _ in .reset(after: 1000) }, handler: { _ in TestReply(status: 200) })
        defer { server.stop() }
        let error = await #expect(throws: TransportError.self) {
            try await transport().exchange(post(server.url, bytes: 8 << 20))
        }
        #expect(error?.isUnknown == true, "\(String(describing: error))")
    }

    @Test func `a port where nothing listens is said in words, with what to look at`() async throws {
        let server = try TestServer { _ in TestReply(status: 200) }
        let url = server.url
        server.stop()
        let error = await #expect(throws: TransportError.self) { try await transport().exchange(post(url)) }
        #expect(error?.reason == "connection refused; is it running, and is the port in `url` right?")
        #expect(error?.isUnknown == false)
    }

    @Test func `a host whose name is not known is said in words`() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await transport().exchange(post("http://martlet.invalid:1"))
        }
        // A name server that does not answer either is as good.
        let texts = ["name is not known", "no connection in time"]
        #expect(texts.contains { error?.reason.contains($0) == true }, "\(String(describing: error))")
    }

    @Test func `a server that hangs is left when time is up`() async throws {
        let server = try TestServer { _ in TestReply(status: 200, manner: .hang) }
        defer { server.stop() }
        let error = await #expect(throws: TransportError.self) {
            try await transport(timeout: .milliseconds(150)).exchange(post(server.url))
        }
        #expect(error == .unknown(reason: "timed out"))
    }

    @Test func `the time limit covers the body of the reply, whose status is kept`() async throws {
        let body = [UInt8](repeating: 0x62, count: 1000)
        let server = try TestServer { _ in TestReply(status: 400, body: body, manner: .drip(milliseconds: 20)) }
        defer { server.stop() }
        let reply = try await transport(timeout: .milliseconds(300)).exchange(post(server.url))
        #expect(reply.status == 400)
        #expect(!reply.isWhole)
        #expect(reply.body.count < 100)
    }

    @Test func `a reply that breaks off gives its status and what came`() async throws {
        let body = [UInt8](repeating: 0x62, count: 1000)
        let server = try TestServer { _ in TestReply(status: 400, body: body, manner: .cut(after: 10)) }
        defer { server.stop() }
        let reply = try await transport().exchange(post(server.url))
        #expect(reply.status == 400)
        #expect(!reply.isWhole)
    }

    @Test func `a reply over the limit is cut and said to be`() async throws {
        let server = try TestServer { _ in TestReply(status: 200, body: [UInt8](repeating: 0x62, count: 100_000)) }
        defer { server.stop() }
        let cut = try await transport(replyBytes: 99_999).exchange(get(server.url))
        #expect(cut.body.count == 99_999)
        #expect(!cut.isWhole)
        let whole = try await transport(replyBytes: 100_000).exchange(get(server.url))
        #expect(whole.body.count == 100_000)
        #expect(whole.isWhole)
    }

    @Test func `an answer that comes before the body was read is heard`() async throws {
        let server = try TestServer(
            intercept: { _ in .answer(TestReply(status: 413)) },
            handler: { _ in TestReply(status: 200) }
        )
        defer { server.stop() }
        #expect(try await transport().exchange(post(server.url, bytes: 8 << 20)).status == 413)
    }

    @Test func `a cancelled exchange ends at once`() async throws {
        let server = try TestServer { _ in TestReply(status: 200, manner: .hang) }
        defer { server.stop() }
        let transport = try transport(timeout: .seconds(60))
        let request = post(server.url)
        let task = Task { try await transport.exchange(request) }
        while server.accepted == 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: TransportError.self) { try await task.value }
    }

    @Test func `a certificate that is not there is an error with the file's name`() {
        let tls = TLSFiles(ca: "/nonexistent/ca.pem")
        let error = #expect(throws: TLSFileError.self) { try PooledTransport(TransportOptions(tls: tls)) }
        #expect(error?.description.hasPrefix("/nonexistent/ca.pem: ") == true)
    }
}

extension TransportError {
    fileprivate var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}
