import RecordPath
import Testing

/// What a wrong expression is told, and where.
@Suite struct ExpressionProblemTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let offset: Int
        let problem: String
        let advice: String
        var testDescription: String { text }

        init(_ text: String, _ offset: Int, _ problem: String, _ advice: String) {
            self.text = text
            self.offset = offset
            self.problem = problem
            self.advice = advice
        }
    }

    @Test(
        "A mistake is shown at its place with what to write instead",
        arguments: [
            Mistake("", 0, "empty", "write a comparison"),
            Mistake("status", 6, "does not compare status", "status =="),
            Mistake("status >= \"500\"", 10, "status is a number, but `\"500\"` is not", "whole number"),
            Mistake("status >= 5.5", 10, "status is a number", "whole number"),
            Mistake("status > 300ms", 9, "status is a number", "whole number"),
            Mistake("latency > 300", 10, "latency is a duration, but `300` is not", "300ms"),
            Mistake("level == \"errr\"", 9, "is no level", "did you mean \"error\"?"),
            Mistake("level == 3", 9, "level is a name", "\"warn\""),
            Mistake("level =~ \"err\"", 0, "level is no text", "use `in"),
            Mistake("status =~ \"5..\"", 0, "status is no text", "compare it"),
            Mistake("route < \"a\"", 8, "text has no order", "=="),
            Mistake("route == 5", 9, "route is text", "\"5\""),
            Mistake("route == true", 9, "route is text", "\"true\""),
            Mistake("timestamp > 5", 12, "timestamp is a time", "quoted time"),
            Mistake("timestamp > \"soon\"", 12, "timestamp is a time", "quoted time"),
            Mistake("staus == 5", 0, "`staus` is no field", "did you mean `status`?"),
            Mistake("tenant == 5", 0, "`tenant` is no field", "attributes.tenant"),
            Mistake("attributes. == 5", 0, "is no field", "attributes.tenant"),
            Mistake("status = 5", 7, "`=` is no sign", "write `==`"),
            Mistake("status == 5 && level == \"info\"", 12, "`&&`", "`and`"),
            Mistake("status == 5 AND status == 6", 12, "no keyword", "`and`"),
            Mistake("status == 5 status == 6", 12, "stands behind a comparison", "`and` or `or`"),
            Mistake("1 < status < 5", 0, "stands before the sign", "field first"),
            Mistake("status > 1 < 5", 11, "compares twice", "`and`"),
            Mistake("status not in [1]", 7, "`not` stands behind the field", "not (field in"),
            Mistake("status in 5", 10, "`in` wants a list", "in ["),
            Mistake("status == [5]", 10, "list stands behind a sign", "`in`"),
            Mistake("status in []", 11, "the list is empty", "at least one"),
            Mistake("status in [1, 2", 10, "the list has no end", "]"),
            Mistake("status in [1 2]", 13, "stands in a list", ", or ]"),
            Mistake("(status == 1", 0, "parenthesis has no end", ")"),
            Mistake("status == 1)", 11, "closes nothing", "remove"),
            Mistake("route == \"abc", 9, "the text has no end", "\""),
            Mistake("route == \"a\\d\"", 11, "the backslash escapes nothing", "\\\\"),
            Mistake("route == abc", 9, "is no value", "\"abc\""),
            Mistake("route == path", 9, "`path` is a field", "compare a field with a value"),
            Mistake("status == 12xyz", 10, "neither a number nor a duration", "300ms"),
            Mistake("route == é", 9, "`é`", "write =="),
            Mistake("status == 1 and", 15, "ends too early", "status >= 500"),
            Mistake("route =~ \"a(b\"", 11, "the group has no end", ")"),
            Mistake("route =~ \"a\\b\"", 11, "this escape is not supported", "\\d"),
            Mistake("route =~ \"(?=a)\"", 10, "not supported", "(?:"),
            Mistake("route =~ \"[a\"", 10, "the class has no end", "]"),
            Mistake("route =~ \"*a\"", 10, "nothing stands before", "\\*"),
            Mistake("route =~ \"a**\"", 10, "two repetitions", "group"),
            Mistake("route =~ \"(a{200}){200}\"", 10, "more than 256 places", "shorten"),
            Mistake("route =~ 5", 9, "wants a pattern", "quotes"),
            Mistake("attributes.x in [1, \"a\"]", 20, "attributes.x is a number", "numbers only"),
        ]
    )
    func mistakes(mistake: Mistake) throws {
        var names = AttributeNames()
        do {
            _ = try Expression(mistake.text, attributes: &names)
            Issue.record("\(mistake.text) was taken")
        } catch {
            #expect(error.offset == mistake.offset)
            #expect(error.problem.contains(mistake.problem), "\(error.problem)")
            #expect(error.advice.contains(mistake.advice), "\(error.advice)")
        }
    }

    @Test func `Every limit is an error and not a crash`() {
        let deep = String(repeating: "(", count: 40) + "status == 1" + String(repeating: ")", count: 40)
        let negated = String(repeating: "not ", count: 40) + "status == 1"
        let many = Array(repeating: "status == 1", count: 257).joined(separator: " or ")
        let list = "status in [" + Array(repeating: "1", count: 257).joined(separator: ",") + "]"
        let long = "route == \"" + String(repeating: "x", count: 5_000) + "\""
        let attributes = (0...256).map { "attributes.a\($0) == 1" }.joined(separator: " or ")
        let groups = "route =~ \"" + String(repeating: "(", count: 50) + String(repeating: ")", count: 50) + "\""
        for text in [deep, negated, many, list, long, attributes, groups] {
            var names = AttributeNames()
            #expect(throws: ExpressionProblem.self) { try Expression(text, attributes: &names) }
        }
    }
}
