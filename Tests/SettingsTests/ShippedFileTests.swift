import Settings
import Testing

/// The files in `Config/`, as far as this module knows their keys.
struct ShippedFileTests {
    private static let names = ["complete", "demo", "host", "martlet", "sidecar"]

    private static func load(_ name: String) throws -> ConfigurationFile {
        let folders = #filePath.split(separator: "/").dropLast(3)
        let path = "/" + folders.joined(separator: "/") + "/Config/\(name).yaml"
        return try ConfigurationFile.load(path: path, environment: [:])
    }

    @Test(arguments: names)
    func `a shipped file needs neither environment nor secrets`(_ name: String) throws {
        let file = try Self.load(name)
        _ = AgentOptions(reading: file.root.child("agent"))
        let delivery = DeliveryOptions(reading: file.root.child("delivery"))
        let outputs = file.root.child("outputs")
        for output in outputs.keys {
            _ = DeliveryOptions(reading: outputs.child(output), defaults: delivery)
            _ = AuthOptions(reading: outputs.child(output).child("auth"))
            _ = TLSOptions(reading: outputs.child(output).child("tls"))
        }
        #expect(file.problems.problems == [])
    }

    @Test func `the complete file shows the defaults of agent and delivery`() throws {
        let root = try Self.load("complete").root
        var agent = AgentOptions(reading: root.child("agent"))
        #expect(agent.labels == [.init(name: "cluster", value: "local")])
        agent.labels = []
        #expect(agent == AgentOptions())
        #expect(DeliveryOptions(reading: root.child("delivery")) == DeliveryOptions())
    }

    @Test func `the complete file leaves out no key of agent and delivery`() throws {
        let file = try Self.load("complete")
        let agent = file.root.child("agent").keys
        let delivery = file.root.child("delivery")
        #expect(agent == ["data_dir", "listen", "shutdown_timeout", "memory_limit", "labels"])
        #expect(delivery.keys == ["batch", "compression", "spool", "timeout", "retry", "breaker"])
        let keys = ["batch", "spool", "timeout", "retry", "breaker"].flatMap { delivery.child($0).keys }
        let expected = [
            "bytes", "age", "bytes", "when_full", "connect", "request", "first", "max", "budget", "failures", "probe",
        ]
        #expect(keys == expected)
    }
}
