import RecordPath
import Testing

@Suite struct UserRuleTests {
    private func problems(_ rules: [RedactionOptions.Rule]) -> [RedactionProblem] {
        var problems: [RedactionProblem] = []
        _ = RedactionPolicy(RedactionOptions(rules: rules), problems: &problems)
        return problems
    }

    @Test func `A pattern of the user finds its matches everywhere`() {
        var redactor = TestRedactor(RedactionOptions(rules: [.init(name: "order-ref", pattern: "ORD-[0-9]{8}")]))
        #expect(
            redactor.redact("see ORD-12345678, ORD-87654321 and ORD-1")
                == "see [REDACTED:order-ref], [REDACTED:order-ref] and ORD-1"
        )
        #expect(redactor.redact(#"{"m":"for ORD-12345678"}"#) == #"{"m":"for [REDACTED:order-ref]"}"#)
        #expect(redactor.redact(#"{"m":"a\nORD-12345678\n"}"#) == #"{"m":"a\n[REDACTED:order-ref]\n"}"#)
        #expect(redactor.counts == ["order-ref": 4])
    }

    @Test func `Alternatives and letters of either case keep their literals`() {
        var redactor = TestRedactor(
            RedactionOptions(rules: [
                .init(name: "ref", pattern: "(?i)(invoice|credit note) #[0-9]+|Bestell-Nr\\. [0-9]+")
            ])
        )
        #expect(
            redactor.redact("INVOICE #17 and Credit Note #4, Bestell-Nr. 12")
                == "[REDACTED:ref] and [REDACTED:ref], [REDACTED:ref]"
        )
    }

    @Test func `Of a match with a group named redact only the group goes`() {
        var redactor = TestRedactor(
            RedactionOptions(rules: [.init(name: "badge", pattern: "badge (?P<redact>[0-9]+)")])
        )
        #expect(redactor.redact("badge 4711 seen") == "badge [REDACTED:badge] seen")
    }

    @Test(arguments: RedactionAction.allCases.filter { $0 != .dropRecord })
    func `A pattern that matches what rules write leaves that alone`(action: RedactionAction) {
        let rules: [RedactionOptions.Rule] = [
            .init(name: "badge-no", pattern: "(?i)badge[-a-z0-9]+|redacted:[a-z]+", action: action),
            .init(name: "any", pattern: "id=(?P<redact>.+)", action: action),
            .init(name: "stars", pattern: "[*]{4}[0-9*]+|badge-no:k1:[0-9a-f]{4}", action: action),
        ]
        var redactor = TestRedactor(RedactionOptions(rules: rules), hasher: FakeHasher(keyID: "k1"))
        for line in ["a Badge17 b", "to bob@example.com", "id=x y", #"{"m":"badge17, id=bob@example.com"}"#] {
            let redacted = redactor.redact(line)
            #expect(redacted != nil && redacted != line)
            #expect(redactor.redact(redacted ?? "") == redacted)
        }
    }

    @Test(arguments: [
        "paid 4111111111111111abc1234", #"{"m":"paid 4111111111111111abc1234 today","n":1}"#,
        #"{"m":"paid","a":["4111111111111111abc1234"]}"#, #"{"m":"a\n4111111111111111abc1234"}"#,
    ])
    func `What a redaction lays bare goes too`(line: String) {
        var redactor = TestRedactor(RedactionOptions(rules: [.init(name: "ref", pattern: "abc[0-9]+")]))
        let redacted = redactor.redact(line)
        #expect(redacted?.contains("[REDACTED:card][REDACTED:ref]") == true, "\(redacted ?? "nil")")
    }

    @Test func `A rule for one service is silent elsewhere`() {
        var redactor = TestRedactor(
            RedactionOptions(rules: [.init(name: "ref", pattern: "ORD-[0-9]+", action: .mask, services: ["checkout"])])
        )
        #expect(redactor.redact("ORD-17", service: "checkout") == "********")
        #expect(redactor.redact("ORD-17", service: "cart") == "ORD-17")
        #expect(redactor.redact("ORD-17") == "ORD-17")
    }

    @Test(arguments: ["(a+)+$", "[0-9]{8}", "a*", "(?=x)abcd", "(abcd)\\1", "(", "(abc{1000}){1000}", ".*"])
    func `A pattern that cannot be made safe or fast is refused with its reason`(pattern: String) {
        let found = problems([.init(name: "bad", pattern: pattern)])
        #expect(
            found.count == 1 && found[0].key == "rules[0].pattern" && !found[0].problem.isEmpty
                && !found[0].advice.isEmpty
        )
    }

    @Test func `Two rules may not share a name, nor take a detector's`() {
        #expect(problems([.init(name: "x", pattern: "abcd"), .init(name: "x", pattern: "efgh")]).count == 1)
        #expect(problems([.init(name: "email", pattern: "abcd")]).count == 1)
    }

    @Test func `Unknown names are reported with the nearest one`() {
        var problems: [RedactionProblem] = []
        _ = RedactionPolicy(
            RedactionOptions(detectors: ["default", "emial"], rules: [.init(name: "r", detectors: ["crad"])]),
            problems: &problems
        )
        #expect(problems.map(\.advice) == ["did you mean email?", "did you mean card?"])
    }

    @Test func `The action hash without a key is reported`() {
        var problems: [RedactionProblem] = []
        _ = RedactionPolicy(RedactionOptions(action: .hash), problems: &problems)
        #expect(problems.map(\.key) == ["hash_key"])
    }

    @Test func `A nested quantifier costs no more than its text`() {
        var redactor = TestRedactor(RedactionOptions(rules: [.init(name: "evil", pattern: "evil(a|aa)+$")]))
        let line = "evil" + String(repeating: "a", count: 200_000) + "b"
        #expect(redactor.redact(line) == line)
    }

    @Test func `Matches beyond the budget end in a mask, not in a leak`() {
        var redactor = TestRedactor(RedactionOptions(rules: [.init(name: "pair", pattern: "k17[a-z]")]))
        let line = String(repeating: "k17x ", count: 100_000)
        let redacted = redactor.redact(line)
        #expect(redacted?.contains("k17x") == false)
        #expect(redactor.counts["unscanned"] == 1)
    }
}
