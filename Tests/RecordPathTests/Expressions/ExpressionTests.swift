import RecordPath
import Testing

/// What expressions mean.
@Suite struct ExpressionTests {
    private let request = SampleRecord(
        level: .error,
        status: 503,
        latency: 300_000_000,
        time: 1_700_000_000_000_000_000,
        texts: [.route: "/users/{id}", .method: "GET", .message: "größer als \"5\"\\", .error: ""],
        attributes: [
            "tenant": "acme", "score": "0.30", "took": "12ms", "flag": "true", "a b": "x", "big": "9007199254740993",
        ]
    )

    @Test(
        "A comparison holds as it reads",
        arguments: [
            ("status >= 500", true), ("status >= 504", false), ("status > 503", false), ("status < 504", true),
            ("status <= 503", true), ("status == 503", true), ("status != 503", false), ("status != 500", true),
            ("status in [500, 503]", true), ("status in [200]", false), ("not (status in [200])", true),
            ("level == \"error\"", true), ("level >= \"warn\"", true), ("level > \"error\"", false),
            ("level in [\"error\",\"fatal\"]", true), ("level != \"error\"", false), ("level <= \"debug\"", false),
            ("level == 'err'", true),
            ("latency > 300ms", false), ("latency >= 300ms", true), ("latency <= 0.3s", true), ("latency > 0", true),
            ("latency in [300ms, 1s]", true), ("latency < 1h30m", true),
            ("timestamp < \"2024-01-01T00:00:00Z\"", true), ("timestamp >= \"2024-01-01T00:00:00Z\"", false),
            ("route == \"/users/{id}\"", true), ("route in [\"/a\", \"/users/{id}\"]", true),
            ("route =~ \"^/users/\"", true), ("route =~ \"^users/\"", false), ("route =~ '/users/{id}$'", true),
            ("method != \"POST\"", true), ("message == \"größer als \\\"5\\\"\\\\\"", true), ("error == \"\"", true),
            ("attributes.tenant == \"acme\"", true), ("attributes.score == 0.3", true),
            ("attributes.score < 0.31", true), ("attributes.score > 0.3", false), ("attributes.score != 0.3", false),
            ("attributes.score in [1, 0.30]", true), ("attributes.tenant == 3", false),
            ("attributes.took > 11ms", true), ("attributes.took in [12ms]", true), ("attributes.took != 12ms", false),
            ("attributes.flag == true", true), ("attributes.flag != false", true),
            ("attributes.\"a b\" == \"x\"", true), ("attributes.tenant =~ \"c+m\"", true),
            ("attributes.big == 9007199254740992", false), ("attributes.big > 9007199254740992", true),
            ("attributes.score == \"0.30\"", true), ("attributes.score > -1", true),
        ]
    )
    func comparisons(text: String, expected: Bool) throws {
        #expect(try request.satisfies(text) == expected)
    }

    @Test(
        "A comparison with an absent field is false, whatever the sign",
        arguments: ["level", "status", "latency", "timestamp", "service", "attributes.x"]
    )
    func absent(field: String) throws {
        let values = ["level": "\"info\"", "status": "1", "latency": "1s", "timestamp": "\"2024-01-01T00:00:00Z\""]
        let value = values[field] ?? "\"x\""
        let signs = field == "service" || field == "attributes.x" ? ["==", "!=", "=~"] : ["==", "!=", "<", ">="]
        for sign in signs {
            #expect(try !SampleRecord().satisfies("\(field) \(sign) \(value)"))
            #expect(try SampleRecord().satisfies("not (\(field) \(sign) \(value))"))
        }
        #expect(try !SampleRecord().satisfies("\(field) in [\(value)]"))
    }

    @Test(
        "and binds closer than or, not closer than and",
        arguments: [
            ("status == 503 or status == 1 and status == 2", true),
            ("(status == 503 or status == 1) and status == 2", false),
            ("not status == 1 and status == 503", true), ("not (status == 1 and status == 503)", true),
            ("not not status == 503", true), ("not status == 503 or status == 503", true),
        ]
    )
    func precedence(text: String, expected: Bool) throws {
        #expect(try request.satisfies(text) == expected)
    }

    @Test func `Expressions of one configuration share the numbers of attributes`() throws {
        var names = AttributeNames()
        _ = try Expression("attributes.a == 1 and attributes.b == 2", attributes: &names)
        _ = try Expression("attributes.b == 2 or attributes.c == 2", attributes: &names)
        #expect(names.paths == ["a", "b", "c"])
    }

    @Test func `An expression that is refused leaves no attribute behind`() {
        var names = AttributeNames()
        #expect(throws: ExpressionProblem.self) { try Expression("attributes.a == 1 and", attributes: &names) }
        #expect(names.paths.isEmpty)
    }
}
