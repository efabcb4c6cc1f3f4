import Foundation
import TestSupport
import Testing

/// Lines on stdin, through the real binary, to a strict Loki.
@Suite struct StdinToLokiTests {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    /// What arrives of some lines, in order.
    private func arrivals(
        of lines: [[UInt8]],
        outputs: String = "",
        service: String = "shop"
    ) async throws -> [(labels: [String: String], entry: LokiContractEntry)] {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            "inputs: {stdin: {service: \(service)}}\noutputs: {loki: {url: \"\(loki.url)\"\(outputs)}}\n"
        )
        let result = try await martlet.run(
            ["run", "--once", "-c", file],
            input: Array(lines.joined(separator: [0x0A])) + [0x0A]
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(loki.complaints == [])
        return loki.streams().flatMap { labels, entries in entries.map { (labels, $0) } }
            .sorted { $0.1.time < $1.1.time }.map { (labels: $0.0, entry: $0.1) }
    }

    @Test("Every line arrives once, in order, in both encodings", arguments: ["", ", encoding: json"])
    func everyLineOnce(outputs: String) async throws {
        let lines = (0..<5000).map { Array("{\"level\":\"info\",\"n\":\($0),\"msg\":\"line \($0)\"}".utf8) }
        let arrived = try await arrivals(of: lines, outputs: outputs)
        #expect(arrived.map(\.entry.line) == lines.map { String(decoding: $0, as: UTF8.self) })
        #expect(Set(arrived.map(\.labels)).count == 1)
        #expect(arrived.first?.labels["service_name"] == "shop")
        #expect(arrived.first?.labels["level"] == "info")
    }

    @Test("Ids become structured metadata, normalised")
    func ids() async throws {
        let line =
            #"{"msg":"x","traceparent":"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01","request_id":"req-7"}"#
        let arrived = try await arrivals(of: [Array(line.utf8)])
        #expect(arrived.first?.entry.metadata["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(arrived.first?.entry.metadata["span_id"] == "00f067aa0ba902b7")
        #expect(arrived.first?.entry.metadata["request_id"] == "req-7")
        #expect(arrived.first?.entry.metadata["source"] == "stdin")
    }

    @Test("Equal lines of one time get a nanosecond each, so that Loki keeps them all")
    func ties() async throws {
        let line = Array(#"{"time":"\#(ISO8601DateFormatter().string(from: Date()))","msg":"same"}"#.utf8)
        let arrived = try await arrivals(of: Array(repeating: line, count: 50))
        #expect(arrived.count == 50)
        let times = arrived.map(\.entry.time)
        #expect(times == (0..<50).map { times[0] + Int64($0) })
    }

    @Test("No line is lost for its form: what odd lines become")
    func oddLines() async throws {
        let deep = String(repeating: "{\"a\":", count: 1000) + "1" + String(repeating: "}", count: 1000)
        let lines: [[UInt8]] = [
            [], Array("plain".utf8), Array(#"{"broken": "#.utf8), [0x61, 0x00, 0x62], [0xFF, 0xFE, 0x41],
            Array(#"{"a":1,"a":2}"#.utf8), Array(#"{"n":123456789012345678901234567890}"#.utf8),
            Array(#"{"s":"\ud800 lone"}"#.utf8), Array(deep.utf8), Array("tab\there".utf8),
            Array("\u{1B}[31mred\u{1B}[0m".utf8),
        ]
        for outputs in ["", ", encoding: json"] {
            let arrived = try await arrivals(of: lines, outputs: outputs).map(\.entry.line)
            #expect(arrived.count == lines.count)
            for (sent, got) in zip(lines, arrived) {
                #expect(got == String(decoding: sent, as: UTF8.self))
            }
        }
    }

    @Test("A line of a mebibyte is cut at a character, stays valid JSON, and is marked")
    func longLine() async throws {
        let text = String(repeating: "ä\\n", count: 300_000)
        let arrived = try await arrivals(of: [
            Array("{\"msg\":\"\(text)\"}".utf8), Array("ä".utf8) + Array(String(repeating: "äö", count: 300_000).utf8),
        ])
        #expect(arrived.count == 2)
        for item in arrived { #expect(item.entry.line.utf8.count <= 262_144) }
        let object = try JSONSerialization.jsonObject(with: Data(arrived[0].entry.line.utf8)) as? [String: Any]
        #expect(object?["martlet.truncated"] as? Bool == true)
        #expect(arrived[1].entry.line.hasSuffix("[martlet.truncated]"))
        #expect(!arrived[1].entry.line.contains("\u{FFFD}"))
    }

    @Test("Secrets stay on the host and JSON stays JSON")
    func redaction() async throws {
        let secrets = [
            "alice.meyer@example-mail.org", "4111 1111 1111 1111", "AKIAZ7Q2MWX4N6VB3TRY",
            "ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
        ]
        let lines =
            secrets.map { Array("{\"msg\":\"got \($0) here\",\"n\":1}".utf8) } + [
                Array(
                    #"{"user":{"password":"hunter2hunter2","pin":1234},"authorization":"Bearer abcdefabcdef123456"}"#
                        .utf8
                ),
                Array("connect postgres://shop:s3cr3t-Pa55@db:5432/shop".utf8),
            ]
        let arrived = try await arrivals(of: lines).map(\.entry.line)
        #expect(arrived.count == lines.count)
        for secret in secrets + ["hunter2hunter2", "abcdefabcdef123456", "s3cr3t-Pa55"] {
            #expect(!arrived.contains { $0.contains(secret) }, "\(secret)")
        }
        for line in arrived where line.hasPrefix("{") {
            #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)")
        }
        #expect(arrived.contains { $0.contains("[REDACTED:email]") })
    }

    @Test("Loki's failures delay lines and never lose or repeat them")
    func failures() async throws {
        let loki = try LokiContractServer(now: Self.now)
        defer { loki.stop() }
        loki.fail(.busy, .rateLimited, .broken)
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            """
            inputs: {stdin: {}}
            outputs: {loki: {url: "\(loki.url)", retry: {first: 20ms, max: 100ms}}}
            """
        )
        let lines = (0..<3000).map { "n=\($0) msg=hello" }
        let result = try await martlet.run(
            ["run", "--once", "-c", file],
            input: Array((lines.joined(separator: "\n") + "\n").utf8)
        )
        #expect(result.status == 0, "\(result.output)")
        #expect(loki.storedCount == 3000)
    }
}
