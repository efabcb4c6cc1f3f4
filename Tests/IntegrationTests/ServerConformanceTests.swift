import Foundation
import TestSupport
import Testing

/// The real binary against Loki and OpenSearch: our strict servers always, and the real ones at
/// `MARTLET_TEST_LOKI_URL` and `MARTLET_TEST_OPENSEARCH_URL` when these are set.
@Suite struct ServerConformanceTests {
    private static let stream = "logs-martlet-default"

    /// Which server is meant.
    enum Server: String, CaseIterable, CustomTestStringConvertible {
        case contract
        case real

        var testDescription: String { rawValue }

        /// The real server's address; nil: not set.
        static func realURL(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
    }

    private static func now() -> Int64 { Int64(Date().timeIntervalSince1970 * 1e9) }

    /// Sends lines of a new service through the agent; the service.
    private func send(_ lines: [String], output: String) async throws -> String {
        let service = "conformance-" + UUID().uuidString.lowercased()
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure("inputs: {stdin: {service: \(service)}}\noutputs: {\(output)}\n")
        let result = try await martlet.run(
            ["run", "--once", "-c", file],
            input: Array(lines.joined(separator: "\n").utf8) + [0x0A]
        )
        #expect(result.status == 0, "\(result.output)")
        return service
    }

    private func storesInLoki(_ url: String) async throws {
        let start = Self.now() - 1_000_000_000
        let lines = (0..<2_000).map { "{\"level\":\"\(["info", "warn", "error"][$0 % 3])\",\"msg\":\"order \($0)\"}" }
        for encoding in ["protobuf", "json"] {
            let service = try await send(lines, output: "loki: {url: \"\(url)\", encoding: \(encoding)}")
            let records = try StoredRecords(url: url)
            var stored: [String] = []
            // A real Loki may need a moment before a query sees everything.
            for _ in 0..<50 where stored.count < lines.count {
                stored = try await records.lokiLines(service: service, from: start, to: Self.now() + 60_000_000_000)
                if stored.count < lines.count { try await Task.sleep(for: .milliseconds(100)) }
            }
            #expect(stored.sorted() == lines.sorted(), "\(encoding)")
        }
    }

    private func storesInOpenSearch(_ url: String) async throws {
        let lines = (0..<2_000).map { "{\"msg\":\"order \($0)\",\"status\":200,\"nested\":{\"a\":[\($0)]}}" }
        let service = try await send(lines, output: "opensearch: {url: \"\(url)\"}")
        let records = try StoredRecords(url: url)
        #expect(try await records.documentCount(stream: Self.stream, service: service) == lines.count)
        let hostile = HostileDocumentTests.lines.map { String(decoding: $0.line, as: UTF8.self) }
        let other = try await send(hostile, output: "opensearch: {url: \"\(url)\"}")
        #expect(try await records.documentCount(stream: Self.stream, service: other) == hostile.count)
    }

    @Test("Loki stores every line once, in both encodings", arguments: Server.allCases)
    func loki(server: Server) async throws {
        guard server == .contract else {
            guard let url = Server.realURL("MARTLET_TEST_LOKI_URL") else {
                return print("skipped: MARTLET_TEST_LOKI_URL is not set")
            }
            return try await storesInLoki(url)
        }
        let contract = try LokiContractServer(now: { Self.now() })
        defer { contract.stop() }
        try await storesInLoki(contract.url)
    }

    @Test("OpenSearch stores every document once, hostile ones too", arguments: Server.allCases)
    func openSearch(server: Server) async throws {
        guard server == .contract else {
            guard let url = Server.realURL("MARTLET_TEST_OPENSEARCH_URL") else {
                return print("skipped: MARTLET_TEST_OPENSEARCH_URL is not set")
            }
            return try await storesInOpenSearch(url)
        }
        let contract = try OpenSearchContractServer()
        defer { contract.stop() }
        try await storesInOpenSearch(contract.url)
    }
}
