import Admin
import Agent
import Audit
import RecordPath
import Testing

/// `martlet_readiness_findings`.
@Suite struct ReadinessBoardTests {
    private let board = ReadinessBoard()

    private func lines(_ signals: SignalSnapshot = .init(bounds: []), readsContainers: Bool = true) -> [String] {
        let families = board.families(signals, readsContainers: readsContainers) {
            $0.replacing("jane", with: "[name]")
        }
        let text = String(decoding: Exposition(of: families, accept: nil).body, as: UTF8.self)
        return text.split(separator: "\n").map { String($0) }.filter { !$0.hasPrefix("#") }
    }

    private func evidence(_ name: String, service: String, inspect: String) -> ContainerEvidence {
        var evidence = ContainerEvidence(id: name, name: name, service: service)
        evidence.inspect = EngineAnswer(inspect.utf8)
        return evidence
    }

    private func series(_ container: String, _ check: String, _ severity: String, _ value: Int) -> String {
        "martlet_readiness_findings{container=\"\(container)\",check=\"\(check)\",severity=\"\(severity)\"} \(value)"
    }

    /// A service that serves requests, with so many records by kind.
    private func signals(_ service: String, traced: UInt64, bare: UInt64) -> SignalSnapshot {
        var signals = SignalSnapshot(bounds: [])
        let key = SignalSnapshot.Request(service: service, method: "GET", route: "/", statusClass: "2xx")
        signals.requests[key] = .init()
        signals.correlated[.init(service: service, label: "trace")] = traced
        signals.correlated[.init(service: service, label: "none")] = bare
        return signals
    }

    @Test("A finding is 1, a pass is 0, and what cannot be told has no series")
    func values() {
        let inspect = "{\"Config\": {\"User\": \"web\"}, \"HostConfig\": {\"Memory\": 0}}"
        let report = ContainerReport(evidence("api-jane", service: "api", inspect: inspect))
        board.show(AuditReport(engine: .absent, containers: [report]))
        let lines = lines()
        #expect(lines.contains(series("api-[name]", "memory-limit", "high", 1)))
        #expect(lines.contains(series("api-[name]", "non-root-user", "high", 0)))
        #expect(!lines.contains { $0.contains("metrics-endpoint") || $0.contains("log-ids") })
        #expect(!lines.contains { $0.contains("jane") })
    }

    @Test("A service without a container is judged by its lines")
    func services() {
        #expect(
            lines(signals("shop", traced: 90, bare: 10), readsContainers: false) == [
                series("shop", "log-ids", "medium", 0)
            ]
        )
        #expect(
            lines(signals("shop", traced: 10, bare: 90), readsContainers: false) == [
                series("shop", "log-ids", "medium", 1)
            ]
        )
    }

    @Test("A service is not shown in its container's place, neither before the first audit nor after it")
    func containersFirst() {
        let signals = signals("api", traced: 10, bare: 90)
        #expect(lines(signals) == [])
        let report = ContainerReport(evidence("api-1", service: "api", inspect: "{}"))
        board.show(AuditReport(engine: .absent, containers: [report]))
        #expect(lines(signals) == [])
        board.show(nil)
        #expect(lines(signals) == [series("api", "log-ids", "medium", 1)])
    }
}
