import RecordPath

/// JSON lines of web services, about 360 bytes, some percent of them with something to redact.
struct ServiceLines {
    private(set) var lines: [BenchLine] = []
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    init(sensitivePercent: Int, count: Int) {
        for i in 0..<count {
            let isSensitive = (i * 37 + 11) % 100 < sensitivePercent
            lines.append(line(isSensitive ? secret() : "order placed"))
        }
    }

    private mutating func line(_ message: String) -> BenchLine {
        let text = SampleText.expand(
            "{\"timestamp\":\"2026-11-21T12:\(two()):\(two()).{d6}Z\",\"level\":\"info\",\"service\":\"checkout\",\"msg\":\"\(message)\","
                + "\"method\":\"GET\",\"route\":\"/api/v1/orders/{id}\",\"status\":200,\"duration_ms\":\(two()).{d3},"
                + "\"trace_id\":\"\(hex())\(hex())\",\"span_id\":\"\(hex())\",\"client\":{\"ip\":\"10.1.\(two()).7\","
                + "\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64)\"},\"bytes\":\(two())17,\"request_id\":\"req-\(hex())\"}"
        )
        return BenchLine(bytes: Array(text.utf8), fields: TapeMaker.tape(Array(text.utf8)))
    }

    private mutating func secret() -> String {
        let forms = [
            "mail to bob.smith@example.com sent", "Bearer {a40}", "key AKIA{u16}", "card 4111 1111 1111 1111 declined",
            "ssn 123-45-6789", "db postgres://app:s3cr3t@db/shop", "login password=hunter2x",
            "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{s43}",
            "push ghp_{a36}", "pay sk_live_{a24}",
        ]
        return forms[Int(next() % UInt64(forms.count))]
    }

    private mutating func two() -> String { String(10 + next() % 50) }
    private mutating func hex() -> String {
        let text = String(next(), radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
    private mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Makes the tape of a flat or nested object of strings and numbers; no JSON reader, only for lines made here.
enum TapeMaker {
    static func tape(_ line: [UInt8]) -> [Field] {
        var fields: [Field] = []
        var at = 0
        while let colon = line[at...].firstIndex(of: 0x3A) {
            at = colon + 1
            guard line[colon - 1] == 0x22, at < line.count else { continue }
            let isString = line[at] == 0x22
            let start = isString ? at + 1 : at
            let end =
                isString
                ? line[start...].firstIndex(of: 0x22) ?? line.count
                : line[start...].firstIndex { $0 == 0x2C || $0 == 0x7D } ?? line.count
            let kind: Field.Kind = isString ? .string : line[at] == 0x7B ? .object : .number
            fields.append(Field(key: 0, start: UInt32(start), end: UInt32(end), kind: kind))
            if kind != .object { at = end }
        }
        return fields
    }
}
