import RecordPath
import RedactionCorpus

/// Lines to measure on, one behind the other in memory, 64 readable bytes behind the last.
struct Lines {
    let name: String
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []

    init(_ name: String, _ lines: [String]) {
        self.name = name
        for line in lines {
            let start = bytes.count
            bytes += Array(line.utf8)
            ranges.append(start..<bytes.count)
            bytes.append(0x0A)
        }
        bytes += [UInt8](repeating: 0, count: 64)
    }

    var count: Int { bytes.count - 64 }

    /// JSON lines of a web service, about 380 bytes, some percent of them with something to redact.
    static func service(sensitivePercent: Int, count: Int) -> Lines {
        let secrets = [
            "mail to bob.smith@example.com sent", "Bearer {a40}", "key AKIA{u16}", "card 4111 1111 1111 1111 declined",
            "ssn 123-45-6789", "db postgres://app:s3cr3t@db/shop", "login password=hunter2x",
            "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{s43}", "push ghp_{a36}", "pay sk_live_{a24}",
        ]
        let lines = (0..<count).map { i in
            let isSensitive = (i * 37 + 11) % 100 < sensitivePercent
            let message = isSensitive ? secrets[i % secrets.count] : "order placed"
            return SampleText.expand(
                "{\"timestamp\":\"2026-11-21T12:{d2}:{d2}.{d6}Z\",\"level\":\"info\",\"service\":\"checkout\",\"msg\":\"\(message)\","
                    + "\"method\":\"GET\",\"route\":\"/api/v1/orders/{id}\",\"status\":200,\"duration_ms\":1{d2}.{d3},"
                    + "\"trace_id\":\"{h32}\",\"span_id\":\"{h16}\",\"client\":{\"ip\":\"10.1.3.7\","
                    + "\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"},\"bytes\":1{d4},\"request_id\":\"req-{h16}\"}",
                seed: UInt32(i + 8)
            )
        }
        return Lines("JSON service lines, \(sensitivePercent)% sensitive", lines)
    }

    /// Sixty formats dense in look-alikes, two percent of the lines with a secret.
    static func mixture(count: Int) -> Lines {
        let secrets = RedactionCorpus.samples(seed: 5)
        var lines = RedactionCorpus.clean(count: count, seed: 6)
        for i in stride(from: 7, to: count, by: 50) { lines[i] = secrets[i * 7 % secrets.count].line }
        return Lines("mixture of 60 formats dense in look-alikes, 2% sensitive", lines)
    }

    /// One line of a MiB of one text.
    static func repeated(_ text: String) -> Lines {
        Lines("1 MiB of \(text)", [String(repeating: text, count: (1 << 20) / text.utf8.count)])
    }
}
