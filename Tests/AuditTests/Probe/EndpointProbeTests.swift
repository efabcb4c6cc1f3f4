import Audit
import Synchronization
import Testing
import Transport

/// What is asked of a port, and what is made of the answers.
@Suite struct EndpointProbeTests {
    @Test("Each port is asked for three paths, by GET")
    func asks() async {
        let port = ScriptedPort([
            "/metrics": .init(status: 200), "/healthz": .init(status: 200), "/readyz": .init(status: 503),
        ])
        let evidence = await EndpointProbe(port).ask(targets)
        #expect(
            evidence.answers.first?.replies == [
                "/metrics": .status(200), "/healthz": .status(200), "/readyz": .status(503),
            ]
        )
        #expect(
            port.asked == [
                "GET http://10.0.0.2:8080/metrics", "GET http://10.0.0.2:8080/healthz",
                "GET http://10.0.0.2:8080/readyz",
            ]
        )
    }

    @Test("A port that does not speak HTTP is asked once")
    func refuses() async {
        let port = ScriptedPort([:])
        let evidence = await EndpointProbe(port).ask(targets)
        #expect(evidence == PortEvidence(addresses: ["10.0.0.2:8080"]))
        #expect(port.asked.count == 1)
    }

    @Test("A page for people is no endpoint")
    func page() async {
        let page = TransportResponse(status: 200, headers: [(name: "Content-Type", value: "text/html; charset=utf-8")])
        let port = ScriptedPort(["/metrics": page, "/healthz": page, "/readyz": .init(status: 404)])
        let evidence = await EndpointProbe(port).ask(targets)
        #expect(evidence.answers.first?.replies == ["/metrics": .page, "/healthz": .page, "/readyz": .status(404)])
    }

    private var targets: ProbeTargets {
        let inspect = EngineAnswer.json(
            #"{"NetworkSettings": {"Ports": {"8080/tcp": null}, "Networks": {"a": {"IPAddress": "10.0.0.2"}}}}"#
        )
        return ProbeTargets(inspect, engineHost: "127.0.0.1")
    }

    /// Answers by path; others get no answer at all.
    private final class ScriptedPort: HTTPTransport {
        private let answers: [String: TransportResponse]
        private let requests = Mutex<[String]>([])

        var asked: [String] { requests.withLock { $0 } }

        init(_ answers: [String: TransportResponse]) { self.answers = answers }

        func exchange(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            requests.withLock { $0.append("\(request.method) \(request.url)") }
            let path = "/" + (request.url.split(separator: "/").last.map { String($0) } ?? "")
            guard let answer = answers[path] else { throw TransportError.unknown(reason: "no answer") }
            return answer
        }
    }
}
