import RecordPath
import Testing

/// Expressions over real lines: what each field of an expression is in a record.
@Suite struct RecordSubjectTests {
    private static let line =
        #"{"time":"2026-11-21T11:30:00.5Z","level":"error","msg":"say \"hi\"\n","service":"cart","status":503,"#
        + #""method":"GET","path":"/users/1234567/cart?x=1","latency_ms":300.5,"request_id":"r-1","#
        + #""trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","user_agent":"curl/8","#
        + #""error":"boom","region":"eu","retry":{"count":3,"after":"250ms","last":null},"tags":["a"],"a\/b":"c\u00e9"}"#

    @Test(arguments: [
        #"status == 503 and level == "error" and latency > 300ms and latency <= 300.5ms"#,
        #"timestamp > "2026-11-21T11:30:00Z" and timestamp < "2026-11-21T11:30:01Z""#, #"message == "say \"hi\"\n""#,
        #"service == "cart""#, #"method == "GET" and path == "/users/1234567/cart?x=1""#,
        #"route == "/users/{id}/cart""#, #"request_id == "r-1""#, #"trace_id == "4bf92f3577b34da6a3ce929d0e0e4736""#,
        #"span_id == "00f067aa0ba902b7""#, #"user_agent =~ "^curl""#, #"error == "boom" and format == "json""#,
        #"attributes.region == "eu""#, "attributes.retry.count >= 3", "attributes.retry.after == 250ms",
        "attributes.status == 503", "not attributes.retry.last == 1", "not attributes.retry == 1",
        "not attributes.tags == 1", "not attributes.nothing == 1",
    ])
    func `Every field is what the line says, with and without a learnt shape`(_ expression: String) throws {
        #expect(try JudgementBench.holds(expression, for: Self.line))
        #expect(try JudgementBench.holds(expression, for: Self.line, repeated: 6))
    }

    @Test func `A field that the record does not have makes every comparison false`() throws {
        let fields = ["status", "latency"].map { "\($0) != 1\($0 == "latency" ? "s" : "")" }
        let texts = ["method", "route", "path", "error", "user_agent", "host", "logger", "request_id", "trace_id"]
        for expression in fields + texts.map({ "\($0) != \"x\"" }) {
            #expect(try !JudgementBench.holds(expression, for: #"{"msg":"x"}"#), "\(expression)")
        }
    }

    @Test func `Other formats have fields too`() throws {
        let logfmt = #"level=warn msg="a \"b\"" status=404 path=/x duration=12ms zone=eu-1"#
        #expect(try JudgementBench.holds(#"format == "logfmt" and status == 404 and latency == 12ms"#, for: logfmt))
        #expect(try JudgementBench.holds(#"attributes.zone == "eu-1" and message == "a \"b\"""#, for: logfmt))
        let access =
            #"203.0.113.9 - - [21/Nov/2026:12:00:00 +0000] "GET /healthz HTTP/1.1" 200 12 "-" "kube-probe/1.3""#
        #expect(try JudgementBench.holds(#"route == "/healthz" and method == "GET" and status == 200"#, for: access))
        #expect(try JudgementBench.holds(#"format != "json""#, for: access))
        #expect(try JudgementBench.holds(#"message =~ "plain""#, for: "a plain line"))
    }

    @Test func `Expressions see what redaction left`() throws {
        let line = #"{"msg":"mail bob@example-mail.org","n":1}"#
        #expect(try JudgementBench.holds(#"message =~ "REDACTED""#, for: line))
        #expect(try !JudgementBench.holds(#"message =~ "bob""#, for: line))
    }

    @Test func `What is filtered has been counted before`() throws {
        var bench = try JudgementBench { plan in
            var names = AttributeNames()
            plan.drops = [try Expression(#"route == "/healthz""#, attributes: &names)]
            plan.objectives = ObjectivePlan(
                [
                    Indicator(
                        bad: try Expression("status >= 500", attributes: &names),
                        good: nil,
                        total: try Expression("status > 0", attributes: &names)
                    )
                ],
                indices: { _ in [0] }
            )
            plan.attributes = names
        }
        bench.process([#"{"status":500,"path":"/healthz"}"#, #"{"status":200,"path":"/a"}"#])
        let counts = bench.snapshot()
        #expect(counts.dropped["filter"] == 1)
        #expect(counts.requests.values.reduce(0) { $0 + $1.count } == 2)
        let outcomes = bench.takeOutcomes()
        #expect(outcomes.map(\.good).reduce(0, +) == 1 && outcomes.map(\.bad).reduce(0, +) == 1)
    }

    @Test func `The configuration says what an error is`() throws {
        for (expression, errors) in [(nil, 2), ("status == 404", 1), (#"attributes.kind == "x""#, 1)]
            as [(String?, UInt64)]
        {
            var bench = try JudgementBench { plan in
                var names = AttributeNames()
                plan.errors = try expression.map { try Expression($0, attributes: &names) }
                plan.attributes = names
            }
            bench.process([
                #"{"status":500}"#, #"{"status":404}"#, #"{"status":200,"level":"error","kind":"x"}"#,
                #"{"level":"error"}"#,
            ])
            let counts = bench.snapshot()
            #expect(counts.requests.values.reduce(0) { $0 + $1.errors } == errors)
        }
    }
}
