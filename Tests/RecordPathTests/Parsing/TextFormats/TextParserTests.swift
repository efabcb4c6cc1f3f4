import RecordPath
import Testing

@Suite struct TextParserTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var line: String
        var format: TextFormat
        var level: Level
        var hasTime = true
        var message: String
        var fields: [Meaning: String] = [:]
        var testDescription: String { line }
    }

    /// All times are 2023-06-15T11:59:58 and a fraction, UTC.
    static let second: Int64 = 1_686_830_398

    static let rows = [
        // nginx, Apache
        Row(
            line:
                #"2023/06/15 11:59:58 [error] 31#31: *5 open() "/x" failed, client: 10.0.0.1, server: _, request: "GET /x HTTP/1.1", host: "a""#,
            format: .nginxError,
            level: .error,
            message: #"*5 open() "/x" failed, client: 10.0.0.1, server: _, request: "GET /x HTTP/1.1", host: "a""#,
            fields: [.method: "GET", .path: "/x"]
        ),
        Row(
            line: "2023/06/15 11:59:58 [notice] 1#1: start worker processes",
            format: .nginxError,
            level: .info,
            message: "start worker processes"
        ),
        Row(
            line:
                "[Thu Jun 15 11:59:58.902022 2023] [core:error] [pid 3:tid 4] [client 1.2.3.4:5] File does not exist: /x",
            format: .apacheError,
            level: .error,
            message: "File does not exist: /x",
            fields: [.logger: "core"]
        ),
        Row(
            line: "[Thu Jun 15 11:59:58 2023] [warn] [client 1.2.3.4] mod_x: y",
            format: .apacheError,
            level: .warn,
            message: "mod_x: y"
        ),
        // syslog
        Row(
            line: "<34>1 2023-06-15T11:59:58.003Z mymachine.example.com su - ID47 [a b=\"]\"] 'su root' failed",
            format: .syslog,
            level: .fatal,
            message: "'su root' failed",
            fields: [.service: "su", .host: "mymachine.example.com"]
        ),
        Row(
            line: "<165>Jun 15 11:59:58 web1 sshd[123]: Failed password for root",
            format: .syslog,
            level: .info,
            message: "Failed password for root",
            fields: [.service: "sshd", .host: "web1"]
        ),
        Row(
            line: "Jun 15 11:59:58 web1 kernel: usb 1-1: new device",
            format: .syslog,
            level: .none,
            message: "usb 1-1: new device",
            fields: [.service: "kernel"]
        ),
        Row(
            line: "2023-06-15T13:59:58.123456+02:00 web1 CRON[99]: (root) CMD (x)",
            format: .syslog,
            level: .none,
            message: "(root) CMD (x)",
            fields: [.service: "CRON"]
        ),
        Row(line: "<3>disk failure", format: .syslog, level: .error, hasTime: false, message: "disk failure"),
        // klog, Redis, Ruby
        Row(
            line: "I0615 11:59:58.000042       1 server.go:45] \"Starting\" version=\"v1\"",
            format: .klog,
            level: .info,
            message: "\"Starting\" version=\"v1\"",
            fields: [.logger: "server.go:45"]
        ),
        Row(
            line: "E20230615 11:59:58.000042 12345 main.cc:7] boom",
            format: .klog,
            level: .error,
            message: "boom"
        ),
        Row(
            line: "1:M 15 Jun 2023 11:59:58.123 # WARNING overcommit_memory is set to 0!",
            format: .redis,
            level: .warn,
            message: "WARNING overcommit_memory is set to 0!"
        ),
        Row(
            line:
                "I, [2023-06-15T11:59:58.123456 #1]  INFO -- : [8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d] Completed 200 OK in 58ms (Views: 43.1ms)",
            format: .ruby,
            level: .info,
            message: "[8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d] Completed 200 OK in 58ms (Views: 43.1ms)",
            fields: [.status: "200", .latency: "58ms", .requestID: "8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d"]
        ),
        Row(
            line: "F, [2023-06-15T11:59:58.123456 #1] FATAL -- shop: Started GET \"/cart?x\" for 127.0.0.1",
            format: .ruby,
            level: .fatal,
            message: "Started GET \"/cart?x\" for 127.0.0.1",
            fields: [.method: "GET", .path: "/cart?x"]
        ),
        // Java
        Row(
            line: "2023-06-15 11:59:58.123 [main] INFO  c.e.shop.App - Started in 2 s",
            format: .timestamped,
            level: .info,
            message: "Started in 2 s",
            fields: [.logger: "c.e.shop.App"]
        ),
        Row(
            line: "2023-06-15T11:59:58.123Z ERROR 1 --- [nio-8080-exec-1] c.e.shop.Cart    : failed: x",
            format: .timestamped,
            level: .error,
            message: "failed: x",
            fields: [.logger: "c.e.shop.Cart"]
        ),
        Row(
            line:
                "2023-06-15T11:59:58.123Z  INFO [shop,4bf92f3577b34da6a3ce929d0e0e4736,00f067aa0ba902b7] 1 --- [main] c.e.A : hi",
            format: .timestamped,
            level: .info,
            message: "hi",
            fields: [.traceID: "4bf92f3577b34da6a3ce929d0e0e4736", .spanID: "00f067aa0ba902b7", .logger: "c.e.A"]
        ),
        Row(
            line: "11:59:58.123 [main] WARN com.example.App - careful",
            format: .timestamped,
            level: .warn,
            hasTime: false,
            message: "careful",
            fields: [.logger: "com.example.App"]
        ),
        Row(
            line: "15-Jun-2023 11:59:58.123 SEVERE [main] org.apache.catalina.startup.Catalina.start oops",
            format: .timestamped,
            level: .error,
            message: "org.apache.catalina.startup.Catalina.start oops"
        ),
        Row(
            line: "Jun 15, 2023 11:59:58 AM com.example.Main main\nINFO: started",
            format: .timestamped,
            level: .info,
            message: "started"
        ),
        // Python
        Row(
            line: "2023-06-15 11:59:58,123 - shop.cart - INFO - added",
            format: .timestamped,
            level: .info,
            message: "added",
            fields: [.logger: "shop.cart"]
        ),
        Row(
            line: "2023-06-15 11:59:58,123 INFO shop: added 3",
            format: .timestamped,
            level: .info,
            message: "added 3",
            fields: [.logger: "shop"]
        ),
        Row(
            line: "2023-06-15 11:59:58.123 | SUCCESS  | shop.cart:add:12 - done | ok",
            format: .timestamped,
            level: .info,
            message: "done | ok",
            fields: [.logger: "shop.cart:add:12"]
        ),
        Row(
            line: "[2023-06-15 11:59:58 +0000] [7] [INFO] Listening at: http://127.0.0.1:8000 (7)",
            format: .timestamped,
            level: .info,
            message: "Listening at: http://127.0.0.1:8000 (7)"
        ),
        Row(
            line: #"[15/Jun/2023 11:59:58] "GET /admin/?x=1 HTTP/1.1" 302 0"#,
            format: .timestamped,
            level: .none,
            message: #""GET /admin/?x=1 HTTP/1.1" 302 0"#,
            fields: [.method: "GET", .path: "/admin/?x=1", .status: "302"]
        ),
        Row(
            line: #"INFO:     127.0.0.1:50000 - "POST /items HTTP/1.1" 201 Created"#,
            format: .levelFirst,
            level: .info,
            hasTime: false,
            message: #"127.0.0.1:50000 - "POST /items HTTP/1.1" 201 Created"#,
            fields: [.method: "POST", .path: "/items", .status: "201"]
        ),
        Row(
            line: "WARNING:shop.cart:nearly full",
            format: .levelFirst,
            level: .warn,
            hasTime: false,
            message: "nearly full",
            fields: [.logger: "shop.cart"]
        ),
        // Go
        Row(
            line: "2023/06/15 11:59:58 main.go:23: listening on :8080",
            format: .timestamped,
            level: .none,
            message: "listening on :8080"
        ),
        Row(line: "2023/06/15 11:59:58 hello, world", format: .timestamped, level: .none, message: "hello, world"),
        Row(
            line: "INFO[0003] A walrus appears                              animal=walrus",
            format: .levelFirst,
            level: .info,
            hasTime: false,
            message: "A walrus appears                              animal=walrus"
        ),
        Row(
            line: "2023-06-15T11:59:58.123Z\tinfo\thttp.log.access\thandled request\t{\"status\":200}",
            format: .timestamped,
            level: .info,
            message: "handled request",
            fields: [.logger: "http.log.access"]
        ),
        Row(
            line: "11:59AM INF hello request_id=abc123",
            format: .timestamped,
            level: .info,
            hasTime: false,
            message: "hello request_id=abc123",
            fields: [.requestID: "abc123"]
        ),
        // Rust, PHP, .NET
        Row(
            line: "2023-06-15T11:59:58.123456Z  INFO shop::cart: added item=3",
            format: .timestamped,
            level: .info,
            message: "added item=3",
            fields: [.logger: "shop::cart"]
        ),
        Row(
            line: "[2023-06-15T11:59:58Z WARN  shop::cart] nearly full",
            format: .timestamped,
            level: .warn,
            message: "nearly full",
            fields: [.logger: "shop::cart"]
        ),
        Row(
            line: "[15-Jun-2023 11:59:58 UTC] PHP Fatal error:  Uncaught Exception: x in /a.php:3",
            format: .timestamped,
            level: .fatal,
            message: "Uncaught Exception: x in /a.php:3"
        ),
        Row(
            line: "info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://localhost:5000",
            format: .levelFirst,
            level: .info,
            hasTime: false,
            message: "Now listening on: http://localhost:5000",
            fields: [.logger: "Microsoft.Hosting.Lifetime"]
        ),
        Row(
            line: "fail: Shop.Cart[0]\n      boom",
            format: .levelFirst,
            level: .error,
            hasTime: false,
            message: "boom",
            fields: [.logger: "Shop.Cart"]
        ),
        // databases and brokers
        Row(
            line: "2023-06-15 11:59:58.123 UTC [123] LOG:  database system is ready",
            format: .timestamped,
            level: .info,
            message: "database system is ready"
        ),
        Row(
            line: "2023-06-15 11:59:58.123 UTC [123] app@shop ERROR:  relation \"x\" does not exist",
            format: .timestamped,
            level: .error,
            message: "relation \"x\" does not exist"
        ),
        Row(
            line: "2023-06-15 11:59:58 0 [Warning] 'user' entry ignored",
            format: .timestamped,
            level: .warn,
            message: "'user' entry ignored"
        ),
        Row(
            line: "2023-06-15T11:59:58.000001Z 0 [ERROR] [MY-010119] [Server] Aborting",
            format: .timestamped,
            level: .error,
            message: "Aborting"
        ),
        Row(
            line: "2023-06-15 11:59:58.123456+00:00 [info] <0.222.0> ready to start",
            format: .timestamped,
            level: .info,
            message: "ready to start"
        ),
        Row(
            line: "2023-06-15 11:59:58: (server.c.1704) server started",
            format: .timestamped,
            level: .none,
            message: "(server.c.1704) server started"
        ),
        // plain
        Row(
            line: "Something ERROR happened here",
            format: .text,
            level: .error,
            hasTime: false,
            message: "Something ERROR happened here"
        ),
        Row(
            line: "worker [error] gave up",
            format: .text,
            level: .error,
            hasTime: false,
            message: "worker [error] gave up"
        ),
        Row(
            line: "error: cannot open x",
            format: .text,
            level: .error,
            hasTime: false,
            message: "error: cannot open x"
        ),
        Row(
            line: "checkout done traceId=4bf92f3577b34da6a3ce929d0e0e4736 span_id: 00f067aa0ba902b7 level=warning",
            format: .text,
            level: .warn,
            hasTime: false,
            message: "checkout done traceId=4bf92f3577b34da6a3ce929d0e0e4736 span_id: 00f067aa0ba902b7 level=warning",
            fields: [.traceID: "4bf92f3577b34da6a3ce929d0e0e4736", .spanID: "00f067aa0ba902b7"]
        ),
        Row(
            line: "done method=GET path=/cart status=200 duration_ms=12.5 X-Request-Id: \"abc-1\"",
            format: .text,
            level: .none,
            hasTime: false,
            message: "done method=GET path=/cart status=200 duration_ms=12.5 X-Request-Id: \"abc-1\"",
            fields: [.method: "GET", .path: "/cart", .status: "200", .latencyMillis: "12.5", .requestID: "abc-1"]
        ),
    ]

    @Test(arguments: rows) func linesAreTakenApart(row: Row) {
        let found = TextLine(row.line)
        #expect(found.format == row.format)
        #expect(found.level == row.level)
        #expect(found.time.map { $0 / 1_000_000_000 } == (row.hasTime ? Self.second : nil))
        #expect(found.message == row.message)
        for (meaning, value) in row.fields { #expect(found.fields[meaning] == value, "\(meaning)") }
        for meaning in [Meaning.status, .method, .traceID, .requestID] where row.fields[meaning] == nil {
            #expect(found.fields[meaning] == nil, "\(meaning)")
        }
    }

    @Test(arguments: rows) func theLastFormatOfAStreamNeverChangesAResult(row: Row) {
        let expected = TextLine(row.line)
        for last in TextFormat.allCases where last != .text {
            let found = TextLine(row.line, last: last)
            guard found.format == expected.format else { continue }
            #expect(found.fields == expected.fields)
            #expect(found.message == expected.message)
        }
        #expect(TextLine(row.line, last: expected.format).format == expected.format)
    }

    @Test(arguments: [
        "The error rate is low", "no information here", "Log in to continue", "order status=200 items",
        "water level=50",
        "GET the ball", "ratio 3:4", "HTTP is fine", "a note: bring milk", "", " ", "LOG", "id: 5", "I am 12",
        "2023 was good",
        "12:00 is noon", "Alerting is on", "errors=0 warnings=0", "[    1.234567] usb 1-1: new high-speed USB device",
    ]) func proseHasNoLevelTimeOrStatus(line: String) {
        let found = TextLine(line)
        #expect(found.level == .none)
        #expect(found.time == nil)
        #expect(found.fields[.status] == nil)
        #expect(found.message == line)
    }

    @Test(arguments: [
        ("web_1  | {\"level\":\"info\"}", "{\"level\":\"info\"}"),
        ("2023-06-15T11:59:58.000000+00:00 app[web.1]: {\"msg\":\"x\"}", "{\"msg\":\"x\"}"),
        ("I0615 11:59:58.000042       1 a.go:1] {\"a\":1} ", "{\"a\":1} "),
        ("2023-06-15T11:59:58.123Z\tinfo\tx\tmsg\t{\"status\":200}", "{\"status\":200}"),
        ("msg {not json} {\"a\":{\"b\":1}}", "{\"a\":{\"b\":1}}"),
    ]) func jsonBehindAPrefixIsFound(line: String, json: String) {
        #expect(TextLine(line).embeddedJSON == json)
    }

    @Test(arguments: ["map{a} {", "f(x) { return {} ; }x", "{", "}", "a } b", "x{\"a\":1}"])
    func bracesAloneAreNoJSON(line: String) {
        #expect(TextLine(line).embeddedJSON == nil)
    }

    @Test func aStreamKeepsItsFormatAndLeavesItWhenItMust() {
        var parser = TextParser()
        var table = TextFieldTable()
        var memory = TextMemory()
        func parse(_ text: String) -> TextFormat {
            withExactBytes(text) { parser.parse($0, $1, reference: TextLine.reference, memory: &memory, into: &table) }
        }
        #expect(parse("1:M 15 Jun 2023 11:59:58.123 * Ready") == .redis)
        #expect(memory.format == .redis)
        #expect(parse("I0615 11:59:58.000042       1 a.go:1] x") == .klog)
        #expect(parse("what is this") == .text)
        #expect(memory.format == .text)
        #expect(parse("1:M 15 Jun 2023 11:59:58.123 * Ready") == .redis)
    }

    @Test func onlyAllowedFormatsAreTried() throws {
        var parser = TextParser(formats: try #require(TextFormat.formats(named: "nginx")))
        var table = TextFieldTable()
        var memory = TextMemory()
        func parse(_ text: String) -> TextFormat {
            withExactBytes(text) { parser.parse($0, $1, reference: TextLine.reference, memory: &memory, into: &table) }
        }
        #expect(parse("1:M 15 Jun 2023 11:59:58.123 * Ready") == .text)
        #expect(parse("2023/06/15 11:59:58 [error] 31#31: x") == .nginxError)
        #expect(TextFormat.formats(named: "cobol") == nil)
        #expect(TextFormat.formats(named: "auto")?.count == TextFormat.allCases.count)
    }

    @Test func hostileLinesStayInBounds() {
        var source = InputSource(seed: 81)
        let samples = (Self.rows.map(\.line) + AccessLogTests.rows.map(\.line)).map { Array($0.utf8) }
        var parser = TextParser()
        var table = TextFieldTable()
        for round in 0..<100_000 {
            let bytes = round % 8 == 0 ? source.bytes(upTo: 200) : source.mutated(samples[source.below(samples.count)])
            var remembered = TextMemory(format: TextFormat.allCases[source.below(TextFormat.allCases.count)])
            _ = withExactBytes(bytes) {
                parser.parse($0, $1, reference: TextLine.reference, memory: &remembered, into: &table)
            }
            #expect(table.message.lowerBound >= 0 && table.message.upperBound <= bytes.count)
            #expect((table.embeddedJSON ?? 0) <= bytes.count)
            for field in table.fields { #expect(field.start < field.end && Int(field.end) <= bytes.count) }
        }
    }
}
