import TestSupport
import Testing

/// Everything that OpenSearch refuses in a document, in one batch, through the real binary.
@Suite struct HostileDocumentTests {
    private static let stream = "logs-martlet-default"

    /// Lines that would be refused if they went on as they came (SPEC 4), and why.
    static let lines: [(why: String, line: [UInt8])] = [
        ("empty line", []),
        ("no JSON", Array("plain text".utf8)),
        ("NUL and control bytes", [0x61, 0x00, 0x01, 0x1F, 0x62]),
        ("invalid UTF-8", [0xFF, 0xC3, 0x28, 0x41]),
        ("invalid UTF-8 in a JSON string", Array(#"{"msg":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)),
        ("duplicate keys", Array(#"{"a":1,"a":{"b":1,"b":2},"msg":"x","msg":"y"}"#.utf8)),
        ("empty and blank keys", Array(#"{"":1," ":2,"x":{"":3,"  ":4}}"#.utf8)),
        ("dots where no name is", Array(#"{".":1,"..":2,".a":3,"a.":4,"a..b":5,"x":{".y.":6}}"#.utf8)),
        ("a name and an object of it", Array(#"{"a":1,"a.b":2,"a.b.c":3}"#.utf8)),
        ("fields of the mapping as scalars", Array(#"{"log":"x","http":5,"event":true,"host":"h","trace":[1]}"#.utf8)),
        ("fields of the mapping as objects", Array(#"{"message":{"a":1},"@timestamp":{"x":1},"span":{"id":{}}}"#.utf8)),
        ("our own objects as scalars", Array(#"{"attributes":"x","labels":7,"attributes_text":{"a":1}}"#.utf8)),
        ("our own marks", Array(#"{"martlet.truncated":"perhaps","martlet":{"truncated":{"x":1}},"_id":"a"}"#.utf8)),
        ("metadata fields", Array(#"{"_index":"x","_source":{"a":1},"_routing":"r","_type":1}"#.utf8)),
        ("numbers beyond 2^64", Array(#"{"n":123456789012345678901234567890,"m":-1e999,"status":1e3}"#.utf8)),
        ("a number of 5,000 digits", Array("{\"n\":\(String(repeating: "9", count: 5000))}".utf8)),
        ("a status that is none", Array(#"{"status":99999,"msg":"x"}"#.utf8)),
        ("a status as text", Array(#"{"http.response.status_code":"teapot"}"#.utf8)),
        ("a duration that is none", Array(#"{"duration_ms":"for ever","event.duration":[1,2]}"#.utf8)),
        ("lone surrogates", Array(#"{"msg":"\ud800 \udc00","k\ud800":1}"#.utf8)),
        ("years that no nanosecond reaches", Array(#"{"time":"0001-01-01T00:00:00Z","msg":"old"}"#.utf8)),
        ("years beyond nanoseconds", Array(#"{"time":"9999-12-31T23:59:59Z","msg":"new"}"#.utf8)),
        ("a time that is none", Array(#"{"time":"yesterday","@timestamp":"soon","msg":"x"}"#.utf8)),
        ("a leaf longer than a term", Array("{\"blob\":\"\(String(repeating: "x", count: 40_000))\"}".utf8)),
        ("a key longer than a term", Array("{\"\(String(repeating: "k", count: 40_000))\":1}".utf8)),
        (
            "a long path and query",
            Array("{\"path\":\"/\(String(repeating: "p/", count: 20_000))?q=1\",\"status\":200}".utf8)
        ),
        ("depth 30", nested(30)),
        ("depth 1,000", nested(1000)),
        (
            "arrays of arrays",
            Array("{\"a\":\(String(repeating: "[", count: 60))1\(String(repeating: "]", count: 60))}".utf8)
        ),
        ("ten thousand keys", Array("{\((0..<10_000).map { "\"k\($0)\":\($0)" }.joined(separator: ","))}".utf8)),
        ("broken JSON", Array(#"{"broken": ["#.utf8)),
        ("a line of a mebibyte", Array("{\"msg\":\"\(String(repeating: "ä", count: 500_000))\"}".utf8)),
        ("a line that looks like an action", Array(#"{"create":{"_id":"1"}}"#.utf8)),
        ("the same again", Array("plain text".utf8)),
    ]

    private static func nested(_ depth: Int) -> [UInt8] {
        Array((String(repeating: "{\"a\":", count: depth) + "\"deep\"" + String(repeating: "}", count: depth)).utf8)
    }

    /// Sends lines through the agent; what is stored, and what the agent says.
    private func store(_ lines: [[UInt8]]) async throws -> (documents: [String], output: String, bulks: Int) {
        let server = try OpenSearchContractServer()
        defer { server.stop() }
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            "inputs: {stdin: {}}\noutputs: {opensearch: {url: \"\(server.url)\"}}\n"
        )
        let result = try await martlet.run(
            ["run", "--once", "-c", file],
            input: Array(lines.joined(separator: [0x0A])) + [0x0A]
        )
        #expect(result.status == 0, "\(result.output)")
        return (server.documents(Self.stream), result.output, server.bulks.count)
    }

    @Test("A batch of everything hostile is stored, every record of it, without one refusal")
    func batch() async throws {
        let lines = Self.lines.map(\.line)
        let stored = try await store(lines)
        #expect(!stored.output.contains("output refused records"), "\(stored.output)")
        #expect(stored.documents.count == lines.count)
        // A line that is far longer than lines should be has a request of its own.
        #expect(stored.bulks <= 3)
        for document in stored.documents {
            #expect(TestJSON.isValid(Array(document.utf8)))
            #expect(document.hasPrefix("{\"@timestamp\":\"20") && document.contains("\"event.sequence\":"))
        }
        #expect(stored.documents.contains { $0.contains("\"martlet.truncated\":true") })
    }

    @Test("Each hostile line is stored alone as well", arguments: lines.indices)
    func alone(index: Int) async throws {
        let stored = try await store([Self.lines[index].line])
        #expect(stored.documents.count == 1, "\(Self.lines[index].why): \(stored.output)")
    }
}
