import Audit
import Testing

/// Which addresses are asked.
@Suite struct ProbeTargetsTests {
    @Test("A published port is asked on the host")
    func published() {
        let targets = targets(
            #"{"8080/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}, {"HostIp": "::", "HostPort": "32768"}]}"#
        )
        #expect(targets == ["127.0.0.1:32768"])
    }

    @Test("A port that is not published is asked on the container's own addresses")
    func unpublished() { #expect(targets(#"{"8080/tcp": null}"#) == ["172.17.0.2:8080"]) }

    @Test("Nothing that is known to speak something else is asked")
    func databases() {
        #expect(targets(#"{"5432/tcp": null, "6379/tcp": null, "53/udp": null, "9000/udp": null}"#) == [])
    }

    @Test("With the host's network the exposed ports are asked there")
    func hostNetwork() {
        let targets = ProbeTargets(Sample.answer("host-network.json"), engineHost: "127.0.0.1")
        #expect(targets.addresses == ["127.0.0.1:18123"])
    }

    @Test("An engine elsewhere publishes its ports there")
    func elsewhere() {
        let inspect = EngineAnswer.json(
            #"{"NetworkSettings": {"Ports": {"80/tcp": [{"HostIp": "", "HostPort": "80"}]}}}"#
        )
        #expect(ProbeTargets(inspect, engineHost: "engine.example").addresses == ["engine.example:80"])
    }

    @Test("What the engine says is never more than a few addresses, and never a path")
    func hostile() {
        let many = (1...100).map { "\"\($0 + 8000)/tcp\": null" }.joined(separator: ",")
        #expect(targets("{\(many)}").count == 8)
        let inspect = EngineAnswer.json(
            #"{"NetworkSettings": {"Ports": {"80/tcp": null}, "Networks": {"a": {"IPAddress": "evil.example/x?"}}}}"#
        )
        #expect(ProbeTargets(inspect, engineHost: "127.0.0.1").addresses == [])
    }

    private func targets(_ ports: String) -> [String] {
        let inspect = EngineAnswer.json(
            #"{"NetworkSettings": {"Ports": "# + ports + #", "Networks": {"a": {"IPAddress": "172.17.0.2"}}}}"#
        )
        return ProbeTargets(inspect, engineHost: "127.0.0.1").addresses
    }
}
