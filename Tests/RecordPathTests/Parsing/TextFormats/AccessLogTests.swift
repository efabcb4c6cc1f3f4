import RecordPath
import Testing

@Suite struct AccessLogTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var line: String
        var format: TextFormat
        var time: Int64 = 971_211_336_000_000_000
        var method: String? = "GET"
        var path: String? = "/cart?x=1"
        var status = "200"
        var others: [Meaning: String] = [:]
        var testDescription: String { line }
    }

    static let rows = [
        Row(line: #"127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.0" 200 2326"#, format: .clf),
        Row(line: #"::1 - Jane Doe [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.0" 200 -"#, format: .clf),
        Row(
            line:
                #"1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.1" 200 23 "http://a/" "curl/8.0 \"x\"""#,
            format: .clf,
            others: [.userAgent: #"curl/8.0 \"x\""#]
        ),
        Row(
            line: #"shop.example:443 1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.1" 200 23 "-" "-""#,
            format: .clf
        ),
        Row(
            line:
                #"1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.1" 200 23 "-" "ua" rt=0.123 request_id=8f14e45f"#,
            format: .clf,
            others: [.latencySeconds: "0.123", .requestID: "8f14e45f", .userAgent: "ua"]
        ),
        Row(
            line:
                #"1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET /cart?x=1 HTTP/1.1" 200 23 "-" "ua" 42 "web@docker" "http://10.0.0.2:80" 5ms"#,
            format: .clf,
            others: [.latency: "5ms"]
        ),
        Row(
            line: #"1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "\x16\x03\x01" 400 157 "-" "-""#,
            format: .clf,
            method: nil,
            path: nil,
            status: "400",
            others: [.requestLine: #"\x16\x03\x01"#]
        ),
        Row(
            line: #"1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "-" 408 0"#,
            format: .clf,
            method: nil,
            path: nil,
            status: "408"
        ),
        Row(
            line:
                #"[2000-10-10T20:55:36.000Z] "GET /cart?x=1 HTTP/1.1" 200 - 0 5 12 10 "-" "curl/8" "9f1c" "shop" "10.0.0.1:80""#,
            format: .envoy,
            others: [.latencyMillis: "12", .userAgent: "curl/8", .requestID: "9f1c", .host: "shop"]
        ),
        Row(
            line:
                #"[2000-10-10T20:55:36.000Z] "GET /cart?x=1 HTTP/2" 200 - via_upstream - "-" 0 12 51 4 "-" "ua" "9f1c" "shop" "10.0.0.1:80" x y"#,
            format: .envoy,
            others: [.latencyMillis: "51", .requestID: "9f1c"]
        ),
        Row(
            line: #"[2000-10-10T20:55:36.000Z] "GET /cart?x=1 HTTP/1.1" 0 DC 0 0 - - "-" "-" "-" "shop" "-""#,
            format: .envoy,
            status: "0",
            others: [.host: "shop"]
        ),
        Row(
            line:
                #"10.0.1.2:33317 [10/Oct/2000:20:55:36.000] in~ static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /cart?x=1 HTTP/1.1""#,
            format: .haproxy,
            others: [.latencyMillis: "109"]
        ),
        Row(
            line:
                #"10.0.1.2:33317 [10/Oct/2000:20:55:36.000] in in/<NOSRV> -1/-1/-1/-1/+7 400 0 - - CR-- 1/1/0/0/0 0/0 "<BADREQ>""#,
            format: .haproxy,
            method: nil,
            path: nil,
            status: "400",
            others: [.latencyMillis: "7", .requestLine: "<BADREQ>"]
        ),
        Row(
            line: "[GIN] 2000/10/10 - 20:55:36 | 200 |     1.2345ms |       127.0.0.1 | GET      \"/cart?x=1\"",
            format: .gin,
            others: [.latency: "1.2345ms"]
        ),
        Row(
            line:
                "[GIN] 2000/10/10 - 20:55:36 |\u{1B}[97;42m 200 \u{1B}[0m|   45.6µs | 127.0.0.1 |\u{1B}[97;44m GET     \u{1B}[0m \"/cart?x=1\"",
            format: .gin,
            others: [.latency: "45.6µs"]
        ),
    ]

    @Test(arguments: rows) func accessLinesAreTakenApart(row: Row) {
        let found = TextLine(row.line)
        #expect(found.format == row.format)
        #expect(found.time == row.time)
        #expect(found.level == .none)
        #expect(found.fields[.method] == row.method)
        #expect(found.fields[.path] == row.path)
        #expect(found.fields[.status] == row.status)
        #expect(found.message == row.line)
        for (meaning, value) in row.others { #expect(found.fields[meaning] == value, "\(meaning)") }
    }

    @Test func morgansLinesHaveNoTime() {
        for line in [
            "GET /cart?x=1 304 5.123 ms - 12", "\u{1B}[0mGET /cart?x=1 \u{1B}[36m304\u{1B}[0m 5.123 ms - 12\u{1B}[0m",
        ] {
            let found = TextLine(line)
            #expect(found.format == .morgan)
            #expect(found.time == nil)
            #expect(found.fields[.status] == "304")
            #expect(found.fields[.latencyMillis] == "5.123")
            #expect(found.fields[.path] == "/cart?x=1")
        }
    }

    @Test(arguments: [
        "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] GET / 200", "1.2.3.4 - - [yesterday] \"GET / HTTP/1.1\" 200 1",
        "a line with [10/Oct/2000:13:55:36 -0700] a time in it", "GET /x gave 200",
        "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1", "[GIN] 2000/10/10 - 20:55:36 | 200 |",
        "[2000-10-10T20:55:36.000Z] \"GET /\" x 200", "GET / 200 fast ms",
    ]) func whatOnlyResemblesAnAccessLineIsNone(line: String) {
        #expect(TextLine(line).fields[.status] == nil)
    }
}
