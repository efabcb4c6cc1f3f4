import Settings
import Testing

struct AgentOptionsTests {
    @Test func `every key of agent is read`() {
        let shape = ReadShape.read(
            """
            agent:
              data_dir: /data
              listen: "[::1]:9000"
              shutdown_timeout: 1m
              memory_limit: 128MiB
              labels: {cluster: prod, zone: a}
            """
        )
        #expect(shape.messages == [])
        let expected = AgentOptions(
            dataDirectory: "/data",
            listen: ListenAddress(host: "::1", port: 9_000),
            shutdownTimeout: .seconds(60),
            memoryBytes: 128 << 20,
            labels: [.init(name: "cluster", value: "prod"), .init(name: "zone", value: "a")]
        )
        #expect(shape.agent == expected)
    }

    @Test func `labels have a bound`() {
        let labels = (0..<40).map { "l\($0): x" }.joined(separator: ", ")
        let shape = ReadShape.read("agent: {labels: {\(labels)}}")
        #expect(shape.agent.labels.count == 32)
        #expect(shape.messages.count == 1)
    }

    @Test(arguments: [
        ("127.0.0.1:14464", true), ("127.9.9.9:0", true), ("localhost:1", true), ("[::1]:1", true),
        ("0.0.0.0:1", false), ("[::]:1", false), ("127.example.com:1", false), ("127.0.0.1.evil.com:1", false),
        ("10.0.0.1:1", false),
    ])
    func `only addresses of this host are loopback`(_ text: String, _ expected: Bool) throws {
        #expect(try #require(ListenAddress(parsing: text)).isLoopback == expected)
    }

    @Test(arguments: [
        "", ":1", "host", "host:", "host:x", "host:65536", "::1:80", "[::1]", "[host]:1", "a b:1", "a/b:1", "host:-1",
    ])
    func `anything else is no address`(_ text: String) {
        #expect(ListenAddress(parsing: text) == nil)
    }
}
