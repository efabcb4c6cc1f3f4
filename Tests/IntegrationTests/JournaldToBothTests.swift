import Foundation
import TestSupport
import Testing

/// A real journald, the real binary with its reader, and both servers.
@Suite struct JournaldToBothTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }
    private static let entries = 100_000
    private static let roundEntries = 5_000

    @Test(
        "100,000 journal entries arrive once each at both outputs, with rotation, vacuum and killed readers under way",
        .enabled(if: JournaldInstance.isAvailable, "needs root, systemd-journald, journalctl and a machine id")
    )
    func everyEntryOnce() async throws {
        // Files are rotated when the test says so: what stands behind the last rotation is never vacuumed.
        let journald = try JournaldInstance("both", fileBytes: "32M")
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let opensearch = try OpenSearchContractServer()
        defer { opensearch.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            """
            inputs: {journald: {namespace: "\(journald.namespace)", matches: [SYSLOG_IDENTIFIER=test], start: beginning}}
            outputs:
              loki: {url: "\(loki.url)", batch: {age: 200ms}}
              opensearch: {url: "\(opensearch.url)", batch: {age: 200ms}}
            """
        )
        let agent = try martlet.start(["run", "-c", file])
        for round in 0..<Self.entries / Self.roundEntries {
            let from = round * Self.roundEntries
            try journald.write((from..<from + 4_000).map { "entry \($0)" })
            try journald.control("--rotate")
            if round % 6 == 4 { for reader in Program.children(of: agent.pid) { kill(reader, SIGKILL) } }
            try journald.write((from + 4_000..<from + Self.roundEntries).map { "entry \($0)" })
            // What is vacuumed unread is lost, so what is in the files that go has come.
            #expect(await eventually { loki.storedCount >= from + 4_000 })
            try journald.control("--vacuum-files=1")
        }
        #expect(await eventually { loki.storedCount >= Self.entries })
        #expect(await eventually { opensearch.ids("logs-martlet-default").count >= Self.entries })
        kill(agent.pid, SIGTERM)
        let end = agent.wait()
        #expect(end.status == 0)
        #expect(!end.output.contains("lines were lost"), "\(end.output)")
        #expect(loki.complaints == [])
        let atLoki = loki.streams().values.joined().map(\.line).sorted()
        #expect(atLoki == (0..<Self.entries).map { "entry \($0)" }.sorted())
        let documents = opensearch.documents("logs-martlet-default")
        #expect(documents.count == Self.entries)
        #expect(Set(documents.compactMap(Self.number)) == Set(0..<Self.entries))
    }

    /// The number in `"message":"entry N"`.
    private static func number(_ document: String) -> Int? {
        let parts = document.split(separator: "\"message\":\"entry ", maxSplits: 1)
        return parts.count == 2 ? Int(parts[1].prefix { $0 != "\"" }) : nil
    }
}
