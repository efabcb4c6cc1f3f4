import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct AdminServerTests {
    private static let token = AdminToken.random()

    private struct Metrics: MetricsSource {
        func metrics() -> [MetricFamily] {
            [.counter("martlet_requests", help: "Requests.", [MetricSample(["service": "shop"], 3)])]
        }
    }

    private struct Ready: ReadinessSource {
        let problems: [Readiness.Problem]
        func readiness() -> Readiness { Readiness(problems: problems) }
    }

    /// Runs the body, which may block, against a server on a port of the kernel's choice.
    private func withServer(
        _ options: AdminOptions = AdminOptions(),
        routes: [AdminRoute] = [],
        problems: [Readiness.Problem] = [],
        _ body: @escaping @Sendable (AdminServer) throws -> Void
    ) async throws {
        var options = options
        options.listen = "127.0.0.1:0"
        let standard = [
            AdminRoute.health, .readiness(Ready(problems: problems)),
            .metrics(Metrics()) { { piece, _ in [0x1f, 0x8b] + piece } },
            AdminRoute("/", .page) { _ in
                AdminResponse(status: 200, contentType: "text/html", body: Array("<html>".utf8))
            }, AdminRoute("/api/v1/state", .token) { _ in .json(200, ["path": "state"]) },
        ]
        let server = try await AdminServer.start(options, token: Self.token, routes: standard + routes)
        do {
            try await onThread { try body(server) }
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func get(_ server: AdminServer, _ path: String, _ headers: String = "") throws -> String {
        let connection = try RawConnection(port: server.address.port)
        connection.say("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(headers)\r\n")
        return connection.receiveAll()
    }

    @Test func healthIsOpen() async throws {
        try await withServer { server in
            let answer = try HealthProbe(listen: server.address.description).ask()
            #expect(answer.status == 200)
            #expect(answer.body == "{\"status\":\"ok\"}\n")
        }
    }

    @Test func readinessSaysWhatIsWrong() async throws {
        try await withServer { server in
            let answer = try HealthProbe(listen: server.address.description).ask("/readyz")
            #expect(answer.status == 200)
            #expect(answer.body == "{\"ready\":true,\"problems\":[]}\n")
        }
        let problem = Readiness.Problem(component: "inputs/docker", problem: "no \"socket\"\n\u{1}")
        try await withServer(problems: [problem]) { server in
            let answer = try HealthProbe(listen: server.address.description).ask("/readyz")
            #expect(answer.status == 503)
            #expect(
                answer.body == "{\"ready\":false,\"problems\":"
                    + "[{\"component\":\"inputs/docker\",\"problem\":\"no \\\"socket\\\"\\n\\u0001\"}]}\n"
            )
        }
    }

    @Test func metricsComeInTheFormatAndEncodingAskedFor() async throws {
        try await withServer { server in
            let text = try get(server, "/metrics")
            #expect(text.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n"))
            #expect(text.hasSuffix("martlet_requests_total{service=\"shop\"} 3\n"))
            let open = try get(server, "/metrics", "Accept: application/openmetrics-text;version=1.0.0\r\n")
            #expect(open.contains("Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8\r\n"))
            #expect(open.hasSuffix("# EOF\n"))
            let compressed = try get(server, "/metrics", "Accept-Encoding: gzip\r\n")
            #expect(compressed.contains("Content-Encoding: gzip\r\n"))
        }
    }

    @Test func aHeadRequestGetsTheLengthAndNoBody() async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.address.port)
            connection.say("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            let answer = connection.receiveAll()
            #expect(answer.contains("Content-Length: 16\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func everyAnswerForbidsCachingSniffingAndNamesNoOtherOrigin() async throws {
        try await withServer { server in
            for path in ["/healthz", "/metrics", "/nothing", "/api/v1/state"] {
                let answer = try get(server, path)
                #expect(answer.contains("Cache-Control: no-store\r\n"))
                #expect(answer.contains("X-Content-Type-Options: nosniff\r\n"))
                #expect(answer.contains("Referrer-Policy: no-referrer\r\n"))
                #expect(!answer.lowercased().contains("access-control-"))
            }
        }
    }

    @Test func theAPIWantsTheTokenAndThePageAsksForIt() async throws {
        try await withServer { server in
            let bearer = "Authorization: Bearer \(Self.token.value)\r\n"
            #expect(try get(server, "/api/v1/state").hasPrefix("HTTP/1.1 401 "))
            #expect(try get(server, "/api/v1/state").contains("WWW-Authenticate: Bearer realm=\"martlet\"\r\n"))
            #expect(try get(server, "/api/v1/state", bearer).hasPrefix("HTTP/1.1 200 "))
            let page = try get(server, "/")
            #expect(page.hasPrefix("HTTP/1.1 401 "))
            #expect(page.contains("WWW-Authenticate: Bearer"))
            #expect(page.hasSuffix("<html>"))
            #expect(try get(server, "/", bearer).hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func onAllAddressesEvenHealthWantsTheToken() async throws {
        let server = try await AdminServer.start(
            AdminOptions(listen: "0.0.0.0:0"),
            token: Self.token,
            routes: [.health]
        )
        let listen = server.address.description
        #expect(try HealthProbe(listen: listen).ask().status == 401)
        #expect(try HealthProbe(listen: listen, token: Self.token).ask().status == 200)
        await server.stop()
    }

    @Test func aStrangeHostIsRefusedOnEveryRoute() async throws {
        try await withServer { server in
            for path in ["/metrics", "/healthz", "/readyz", "/", "/api/v1/state", "/nothing"] {
                let connection = try RawConnection(port: server.address.port)
                connection.say(
                    "GET \(path) HTTP/1.1\r\nHost: evil.example.com\r\nConnection: close\r\n"
                        + "Authorization: Bearer \(Self.token.value)\r\n\r\n"
                )
                #expect(connection.receiveAll().hasPrefix("HTTP/1.1 421 "))
            }
        }
    }

    @Test func oneConnectionServesManyRequestsInTheirOrder() async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.address.port)
            let request = { (path: String) in "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n" }
            connection.say(request("/healthz"))
            #expect(connection.receive(through: "}\n").hasPrefix("HTTP/1.1 200 "))
            connection.say(request("/readyz") + request("/healthz") + request("/nothing"))
            let answers = connection.receive(through: "nothing here")
            let found = ["\"ready\":true", "\"status\":\"ok\"", "nothing here"].map { text in
                answers.range(of: text)
            }
            #expect(found.allSatisfy { $0 != nil })
            #expect(found.compactMap { $0 } == found.compactMap { $0 }.sorted())
        }
    }

    @Test(arguments: [
        "\r\n\r\nhello\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabcGET /healthz HTTP/1.1\r\n\r\n",
        "POST /metrics HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n",
        "GET /" + String(repeating: "a", count: 10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 10_000) + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: a\r\n", count: 100) + "\r\n",
    ])
    func whatIsNoGoodRequestIsAnsweredWith4xxAndClosed(text: String) async throws {
        try await withServer { server in
            let connection = try RawConnection(port: server.address.port)
            connection.say(text)
            let answer = connection.receiveAll()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
            #expect(!answer.contains(" 200 "))
            #expect(try HealthProbe(listen: server.address.description).ask().status == 200)
        }
    }

    @Test func aClientThatSendsNoRequestIsDisconnected() async throws {
        try await withServer(AdminOptions(requestTimeout: .milliseconds(100))) { server in
            let connection = try RawConnection(port: server.address.port)
            connection.say("GET /healthz HTTP/1.1\r\nHost: loc")
            #expect(connection.receiveAll() == "")
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        try await withServer(AdminOptions(idleTimeout: .milliseconds(100))) { server in
            let connection = try RawConnection(port: server.address.port)
            connection.say("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(connection.receiveAll().hasSuffix("}\n"))
        }
    }

    @Test func anAnswerThatTakesTooLongClosesTheConnection() async throws {
        let slow = AdminRoute("/slow", .open) { _ in
            poll(nil, 0, 1000)
            return .json(200, [:])
        }
        try await withServer(AdminOptions(responseTimeout: .milliseconds(100)), routes: [slow]) { server in
            let answer = try get(server, "/slow")
            #expect(answer == "")
        }
    }

    @Test func anAnswerBeyondTheLimitBecomesAnError() async throws {
        let long = AdminRoute("/long", .open) { _ in
            AdminResponse(status: 200, contentType: "text/plain", body: [UInt8](repeating: 65, count: 2000))
        }
        try await withServer(AdminOptions(responseBytesMax: 1000), routes: [long]) { server in
            let answer = try get(server, "/long")
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
        }
    }

    @Test func aLongPageComesInPiecesAndIsTheSameForEveryClient() async throws {
        struct Many: MetricsSource {
            func metrics() -> [MetricFamily] {
                let samples = SampleList(count: 20_000) { MetricSample(["route": "/r/\($0)"], .integer(Int64($0))) }
                return [.counter("martlet_requests", help: "Requests.", samples)]
            }
        }
        let many = AdminRoute.metrics(Many())
        try await withServer(routes: [AdminRoute("/many", .open, answer: many.answer)]) { server in
            let whole = try get(server, "/many")
            let (head, body) = Self.parts(whole)
            #expect(!head.contains("Transfer-Encoding") && !head.contains("Content-Length"))
            #expect(body.split(separator: "\n").count == 20_002)
            #expect(body.hasSuffix("{route=\"/r/19999\"} 19999\n"))
            let connection = try RawConnection(port: server.address.port)
            // The second answer comes behind the first one.
            connection.say(
                "GET /many HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            )
            let (chunked, rest) = Self.parts(connection.receive(through: "\"ok\"}\n"))
            #expect(chunked.contains("Transfer-Encoding: chunked"))
            #expect(Self.dechunked(rest) == body)
        }
    }

    private static func parts(_ answer: String) -> (head: String, body: String) {
        let bytes = Array(answer.utf8)
        let end = bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) } ?? bytes.endIndex - 4
        return (String(decoding: bytes[..<end], as: UTF8.self), String(decoding: bytes[(end + 4)...], as: UTF8.self))
    }

    private static func dechunked(_ text: String) -> String {
        var rest = Array(text.utf8)[...]
        var body: [UInt8] = []
        while let line = rest.firstIndex(of: 13) {
            let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16) ?? 0
            if size == 0 { break }
            body += rest[(line + 2)..<(line + 2 + size)]
            rest = rest[(line + 2 + size + 2)...]
        }
        return String(decoding: body, as: UTF8.self)
    }

    @Test func oneConnectionTooManyIsClosedAndTheOthersGoOn() async throws {
        try await withServer(AdminOptions(connectionsMax: 2)) { server in
            let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let kept = try (0..<2).map { _ in try RawConnection(port: server.address.port) }
            for connection in kept {
                connection.say(request)
                #expect(connection.receive(through: "}\n").contains(" 200 "))
            }
            let refused = try RawConnection(port: server.address.port)
            refused.say(request)
            #expect(refused.receiveAll() == "")
            kept[0].say(request)
            #expect(kept[0].receive(through: "}\n").contains(" 200 "))
        }
    }

    @Test func stoppingClosesWhatIsOpenAndFreesThePort() async throws {
        let server = try await AdminServer.start(
            AdminOptions(listen: "127.0.0.1:0"),
            token: Self.token,
            routes: [.health]
        )
        let idle = try RawConnection(port: server.address.port)
        idle.say("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(idle.receive(through: "}\n").contains(" 200 "))
        await server.stop()
        #expect(idle.receiveAll() == "")
        #expect(throws: RawConnection.Refused.self) { try RawConnection(port: server.address.port) }
    }

    @Test func anAddressInUseIsReportedWithAdvice() async throws {
        let server = try await AdminServer.start(AdminOptions(listen: "127.0.0.1:0"), token: Self.token, routes: [])
        let listen = server.address.description
        let error = await #expect(throws: AdminError.self) {
            try await AdminServer.start(AdminOptions(listen: listen), token: Self.token, routes: [])
        }
        #expect(
            error?.description
                == "cannot listen on \(listen): the address is in use; "
                + "stop what uses it, or set agent.listen to another address"
        )
        await server.stop()
    }

    @Test func anUnknownHostNameIsReported() async {
        await #expect(throws: AdminError.self) {
            try await AdminServer.start(AdminOptions(listen: "no..such..host:0"), token: Self.token, routes: [])
        }
    }
}
