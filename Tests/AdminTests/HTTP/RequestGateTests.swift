import Admin
import Testing

@Suite struct RequestGateTests {
    private static let token = AdminToken.random()
    private static let bearer = (name: "Authorization", value: "Bearer \(token.value)")
    private static let host = (name: "Host", value: "127.0.0.1:14464")

    private func status(
        _ method: String = "GET",
        _ target: String = "/metrics",
        _ headers: [(name: String, value: String)] = [host],
        listen: String = "127.0.0.1:14464",
        names: [String] = []
    ) throws -> Int {
        let routes = [("/metrics", AdminRoute.Access.open), ("/api/v1/state", .token), ("/", .page)].map {
            path,
            access in
            AdminRoute(path, access) { _ in .json(200, [:]) }
        }
        let address = try ListenAddress(listen)
        let gate = RequestGate(
            routes: routes,
            hosts: AllowedHosts(listen: address, isLoopback: address.isLoopback, configured: names),
            token: Self.token,
            isTokenWantedEverywhere: !address.isLoopback
        )
        switch gate.judge(AdminRequest(method: method, target: target, headers: headers)) {
        case .answer: return 200
        case .askForToken: return 401
        case .refuse(let response): return response.status
        }
    }

    @Test func onLoopbackMetricsAreOpenAndPageAndAPIWantTheToken() throws {
        #expect(try status("GET", "/metrics") == 200)
        #expect(try status("HEAD", "/metrics?x=1") == 200)
        #expect(try status("GET", "/api/v1/state") == 401)
        #expect(try status("GET", "/") == 401)
        #expect(try status("GET", "/api/v1/state", [Self.host, Self.bearer]) == 200)
        #expect(try status("GET", "/", [Self.host, Self.bearer]) == 200)
        #expect(try status("GET", "/nothing") == 404)
    }

    @Test(arguments: ["/metrics", "/api/v1/state", "/", "/nothing"])
    func onAnotherAddressEverythingWantsTheToken(path: String) throws {
        let host = (name: "Host", value: "10.0.0.7:14464")
        #expect(try status("GET", path, [host], listen: "0.0.0.0:14464") == 401)
        let trusted = try status("GET", path, [host, Self.bearer], listen: "0.0.0.0:14464")
        #expect(trusted == (path == "/nothing" ? 404 : 200))
    }

    @Test(arguments: [
        "Bearer", "Bearer ", "Bearer x", "Basic \(token.value)", token.value, "Bearer \(token.value.dropLast())",
        "Bearer \(token.value)0", "Bearer  \(token.value)", "Bearer \(String(token.value.reversed()))",
    ])
    func aWrongTokenIsRefused(header: String) throws {
        let headers = [Self.host, (name: "authorization", value: header)]
        #expect(try status("GET", "/api/v1/state", headers) == 401)
    }

    @Test func theSchemeIsReadInAnyCaseAndTwoTokensAreNone() throws {
        let lower = (name: "authorization", value: "bEARER \(Self.token.value)")
        #expect(try status("GET", "/api/v1/state", [Self.host, lower]) == 200)
        #expect(try status("GET", "/api/v1/state", [Self.host, lower, Self.bearer]) == 401)
    }

    @Test(arguments: [
        ("127.0.0.1:14464", 200), ("127.0.0.1", 200), ("localhost:9", 200), ("LOCALHOST", 200), ("localhost.", 200),
        ("[::1]:14464", 200), ("10.1.2.3", 200), ("metrics.example.com", 200), ("evil.example.com", 421),
        ("shop", 421), ("127.0.0.1.evil.com", 421), ("localhost.evil.com", 421), ("localhost:9:9", 421),
        ("localhost:x", 421), ("", 421), ("[::1", 421), ("[evil]", 421), ("127.0.0.1@evil.com", 421),
        ("[::1]evil.com", 421), (".", 421),
    ])
    func theHostMustBeAnAddressOrANameOfOurs(host: String, expected: Int) throws {
        #expect(try status("GET", "/metrics", [("Host", host)], names: ["Metrics.example.com"]) == expected)
        #expect(try status("GET", "/nothing", [("Host", host)]) != 200)
    }

    @Test func onAnotherAddressNamesWithoutDotsAreThoseOfNeighbours() throws {
        let listen = "0.0.0.0:14464"
        #expect(try status("GET", "/metrics", [("Host", "martlet:14464"), Self.bearer], listen: listen) == 200)
        #expect(try status("GET", "/metrics", [("Host", "martlet.evil.com"), Self.bearer], listen: listen) == 421)
        #expect(try status("GET", "/metrics", [("Host", "mart/let"), Self.bearer], listen: listen) == 421)
    }

    @Test func noHostOrTwoOfThemIsABadRequest() throws {
        #expect(try status("GET", "/metrics", []) == 400)
        #expect(try status("GET", "/metrics", [Self.host, Self.host]) == 400)
    }

    @Test(arguments: [
        ("http://127.0.0.1:14464", 200), ("https://127.0.0.1:14464", 200), ("http://127.0.0.1:8080", 403),
        ("http://evil.example.com", 403), ("null", 403), ("", 403),
    ])
    func aRequestFromAnotherPageIsRefused(origin: String, expected: Int) throws {
        #expect(try status("GET", "/metrics", [Self.host, ("Origin", origin)]) == expected)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"])
    func onlyGetAndHeadAreAnswered(method: String) throws {
        #expect(try status(method, "/metrics") == 405)
    }

    @Test func aBodyIsRefused() throws {
        #expect(try status("GET", "/metrics", [Self.host, ("Content-Length", "0")]) == 200)
        #expect(try status("GET", "/metrics", [Self.host, ("Content-Length", "1")]) == 413)
        #expect(try status("GET", "/metrics", [Self.host, ("Transfer-Encoding", "chunked")]) == 413)
    }

    @Test(arguments: [
        "", "metrics", "http://127.0.0.1/metrics", "*", "//metrics", "/metrics/", "/../metrics", "/%6detrics",
    ])
    func aTargetIsAPathComparedByteByByte(target: String) throws {
        #expect([400, 404].contains(try status("GET", target)))
    }
}
