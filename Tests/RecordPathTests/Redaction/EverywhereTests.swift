import RecordPath
import Testing

/// No byte of a secret reaches an encoder, a label or a number, wherever a line or its source holds it.
@Suite struct EverywhereTests {
    /// Lines of one stream, one behind the other, and what must not come out of any of them.
    private static let lines: [(name: String, lines: [String], secrets: [String])] = [
        ("the line", ["mail from bob.smith@example.com refused"], ["bob.smith"]),
        ("nested JSON", [#"{"a":{"b":[{"password":"hunter2xyz"}]}}"#], ["hunter2xyz"]),
        ("JSON in a string", [#"{"body":"{\"password\":\"hunter2xyz\"}"}"#], ["hunter2xyz"]),
        (
            "JSON in a string in a string", [#"{"b":"{\"c\":\"{\\\"password\\\":\\\"hunter2xyz\\\"}\"}"}"#],
            ["hunter2xyz"]
        ),
        ("a value beside its name", [#"{"h":[{"name":"X-Api-Key","value":"hunter2xyz"}]}"#], ["hunter2xyz"]),
        ("an object in a value", [#"{"value":{"password":"hunter2xyz"}}"#], ["hunter2xyz"]),
        ("an array in a value", [#"{"value":[{"password":"hunter2xyz"}]}"#], ["hunter2xyz"]),
        ("logfmt", ["level=info password=hunter2xyz user=1"], ["hunter2xyz"]),
        ("a query", ["GET /login?user=1&password=hunter2xyz HTTP/1.1"], ["hunter2xyz"]),
        ("a form body", [#"{"body":"user=1&password=hunter2xyz&go=1"}"#], ["hunter2xyz"]),
        ("a header", ["Authorization: Bearer hunter2xyz0123456789"], ["hunter2xyz"]),
        ("a header of a scheme of their own", ["Authorization: Acme hunter2xyz0123456789"], ["hunter2xyz"]),
        ("Go's headers", ["map[Authorization:[Bearer hunter2xyz01234] Pin:[4815]]"], ["hunter2xyz", "4815"]),
        ("cookies", ["Cookie: lang=en; sid=hunter2xyz0123456789"], ["hunter2xyz"]),
        ("cookies that are set", [#"{"set-cookie":["sid=hunter2xyz0123456789; Path=/"]}"#], ["hunter2xyz"]),
        ("a connection string", ["Server=db;User Id=sa;Password=hunter2xyz;"], ["hunter2xyz"]),
        ("a URL", ["dsn postgres://app:hunter2xyz@db/shop"], ["hunter2xyz"]),
        ("a stack trace", [#"{"stack":"Error: password=hunter2xyz\n    at f (/a.js:1:2)"}"#], ["hunter2xyz"]),
        ("percent escapes", ["GET /cb?next=%2Flogin%3Fpassword%3Dhunter2xyz%26a%3D1"], ["hunter2xyz"]),
        ("percent escapes of an address", ["GET /u?q=bob.smith%40example.com"], ["bob.smith"]),
        ("unicode escapes", [#"{"to":"bob.smith\u0040example.com"}"#], ["bob.smith"]),
        ("unicode escapes of a key", [#"{"pass\u0077ord":"hunter2xyz"}"#], ["hunter2xyz"]),
        ("a JSON number", [#"{"n":4111111111111111,"ssn":123456789}"#], ["4111111111111111", "123456789"]),
        ("a JSON number in an array", [#"{"n":[1,4111111111111111]}"#], ["4111111111111111"]),
        ("a key itself", [#"{"users":{"bob.smith@example.com":1}}"#], ["bob.smith"]),
        ("a path", ["GET /users/bob.smith@example.com/orders HTTP/1.1"], ["bob.smith"]),
        (
            "the fields that become metrics",
            [#"{"method":"GET","path":"/u/bob.smith@example.com","status":200,"latency":0.1}"#], ["bob.smith"]
        ),
        (
            "the service that a line names", [#"{"service":"ghp_Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6J7k8","msg":"x"}"#],
            ["Q1w2E3r4"]
        ),
        ("the request id", [#"{"request_id":"bob.smith@example.com","msg":"x"}"#], ["bob.smith"]),
        (
            "a key in armour", [#"{"key":"-----BEGIN PRIVATE KEY-----\nMIIEhunter2xyz\n-----END PRIVATE KEY-----"}"#],
            ["hunter2xyz"]
        ),
        (
            "a key in armour, line by line",
            [
                "-----BEGIN RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aozN3tihPmUODudanz1ZXyabcd",
                "q7OejecsQ0bu", "-----END RSA PRIVATE KEY-----",
            ], ["9z5Pad7OejecsQ0bu3", "q7Oejecs"]
        ),
        (
            "a key in armour, each line in JSON",
            [
                #"{"level":"info","msg":"-----BEGIN PRIVATE KEY-----","n":1}"#,
                #"{"level":"info","msg":"MIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aozN3tihPmUODudanz1ZXyabcd","n":2}"#,
                #"{"level":"info","msg":"q7Oejecs","n":3}"#,
                #"{"level":"info","msg":"-----END PRIVATE KEY-----","n":4}"#,
            ], ["9z5Pad7OejecsQ0bu3", "q7Oejecs"]
        ),
        (
            "a key in armour behind prefixes",
            [
                "10:00:01 api | -----BEGIN PRIVATE KEY-----",
                "10:00:01 api | MIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aozN3tihPmUODudanz1ZXyabcd",
                "10:00:01 api | q7Oejecs", "10:00:01 api | -----END PRIVATE KEY-----",
            ], ["9z5Pad7OejecsQ0bu3", "q7Oejecs"]
        ),
    ]

    @Test(arguments: lines.indices)
    func `A secret in a line reaches no output and no series`(index: Int) {
        let (name, lines, secrets) = Self.lines[index]
        // Once as the parser sees it first, then by its learnt shape.
        for repeats in [1, 5] {
            let seen = Self.everything(Array(repeating: lines, count: repeats).flatMap { $0 })
            for secret in secrets { #expect(!seen.contains(secret), "\(name): \(secret) after \(repeats)") }
        }
    }

    @Test func `What stands behind a key in armour is shown again`() {
        let seen = Self.everything([
            "-----BEGIN PRIVATE KEY-----", "MIIEowIBAAKCAQEA1c7+9z5Pad7OejecsQ0bu3aozN3tihPmUODudanz1ZXyabcd",
            "-----END PRIVATE KEY-----", "ShownAgain",
        ])
        #expect(seen.contains("ShownAgain"))
    }

    @Test func `A key in armour whose end is lost hides no more than a few lines`() {
        let seen = Self.everything(["-----BEGIN PRIVATE KEY-----", "one two", "three four", "five six", "ShownAgain"])
        #expect(seen.contains("one two") && seen.contains("ShownAgain"))
    }

    @Test func `A secret in a name or a label of a source reaches no output and no series`() {
        let token = "ghp_Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6J7k8"
        let origin = SourceStream.Origin(
            input: "docker",
            key: "docker:c1:stdout",
            fallbackService: "shop-bob.smith@example.com",
            stream: "stdout",
            container: "job-\(token)",
            containerID: "0123456789ab",
            image: "registry.example/u/bob.smith@example.com:1",
            unit: "\(token).service",
            path: "/data/bob.smith@example.com/app.log",
            labels: ["com.acme.db.password": "hunter2xyz", "owner": "bob.smith@example.com", token: "x"]
        )
        let seen = Self.everything(["hello", #"{"status":200,"msg":"x"}"#], origin: origin)
        for secret in ["bob.smith", "Q1w2E3r4", "hunter2xyz"] { #expect(!seen.contains(secret), "\(secret)") }
        #expect(seen.contains("hello"))
    }

    @Test func `Numbers become 0 where told so, and JSON stays JSON`() {
        var probe = FilterProbe(RedactionOptions(numbers: .zero))
        #expect(
            probe.redact(#"{"n":4111111111111111,"cvv":123,"a":[4111111111111111,2]}"#) == #"{"n":0,"cvv":0,"a":[0,2]}"#
        )
    }

    /// All bytes that leave the record path for some lines of one stream: Loki's request, documents, series.
    private static func everything(_ lines: [String], origin: SourceStream.Origin? = nil) -> String {
        let policy = RedactionPolicy()
        let plan = RecordPlan(
            lexicon: FilterProbe.lexicon(policy),
            redaction: policy,
            loki: LokiPlan(
                encoding: .json,
                labels: [("level", .level), ("host", .host), ("container", .container)],
                structuredMetadata: true,
                host: "h"
            ),
            documents: DocumentPlan(bulk: true, archive: true, host: "h")
        )
        var path = RecordPath(plan)
        let stream = SourceStream(
            origin ?? SourceStream.Origin(input: "docker", key: "docker:c1:stdout", fallbackService: "shop")
        )
        let batch = RecordBatch()
        let index = batch.add(stream: stream)
        for (number, line) in lines.enumerated() {
            Array(line.utf8).withUnsafeBufferPointer {
                batch.append($0, stream: index, time: DocumentBench.time, identity: (1, UInt64(number)))
            }
        }
        path.process(batch)
        var seen = ""
        for kind in EncoderKind.allCases {
            var body = Arena(capacity: 4096)
            path.take(kind, into: &body)
            seen += String(decoding: body.bytes, as: UTF8.self) + "\n"
        }
        var series = ""
        dump(path.takeSnapshot(), to: &series)
        return seen + series
    }
}
