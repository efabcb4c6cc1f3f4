import RecordPath
import Testing

@Suite struct ActionTests {
    private func redact(
        _ line: String,
        _ options: RedactionOptions,
        format: LineFormat? = nil,
        service: String = ""
    ) -> String? {
        var redactor = TestRedactor(options, hasher: FakeHasher(keyID: "k1"))
        return redactor.redact(line, format: format, service: service)
    }

    @Test func `A tag names the type`() {
        #expect(redact("mail bob@example.com now", .init()) == "mail [REDACTED:email] now")
        #expect(redact(#"{"a":"bob@example.com","n":1}"#, .init()) == #"{"a":"[REDACTED:email]","n":1}"#)
    }

    @Test func `A mask does not tell the length`() {
        #expect(redact("mail bob@example.com now", .init(action: .mask)) == "mail ******** now")
        #expect(redact("mail a@example.com now", .init(action: .mask)) == "mail ******** now")
    }

    @Test func `The last four stay of long values only`() {
        #expect(redact("card 4111111111111111", .init(action: .last4)) == "card ****1111")
        #expect(redact("pin=4711", .init(action: .last4)) == "pin=********")
        #expect(redact("password=hunter2", .init(action: .last4)) == "password=********")
    }

    @Test func `One value has one digest, however it is written`() throws {
        let options = RedactionOptions(action: .hash)
        let first = try #require(redact("bob@example.com", options))
        #expect(first.hasPrefix("[email:k1:") && first.hasSuffix("]") && first.utf8.count == 27)
        #expect(redact("Bob@Example.com", options) == first)
        #expect(redact(#"{"m":"bob\u0040example.com"}"#, options) == #"{"m":"\#(first)"}"#)
        #expect(redact("q=bob%40example.com&x", options) == "q=\(first)&x")
        let card = try #require(redact("4111 1111 1111 1111", options))
        #expect(redact("4111-1111-1111-1111", options) == card)
        #expect(redact(#"{"n":4111111111111111}"#, options) == #"{"n":"\#(card)"}"#)
        #expect(redact(first, options) == first)
    }

    @Test func `A dropped field takes its key and one comma along`() {
        let options = RedactionOptions(action: .dropField)
        #expect(redact(#"{"a":1,"password":"hunter2","b":2}"#, options) == #"{"a":1,"b":2}"#)
        #expect(redact(#"{"password":"hunter2","b":2}"#, options) == #"{"b":2}"#)
        #expect(redact(#"{"a":1,"password":"hunter2"}"#, options) == #"{"a":1}"#)
        #expect(redact(#"{"password":"hunter2","email":"bob@example.com"}"#, options) == "{}")
        #expect(redact(#"{"a":{"cvv":123},"b":2}"#, options) == #"{"a":{},"b":2}"#)
        #expect(redact("a=1 password=hunter2 b=2", options, format: .logfmt) == "a=1 b=2")
        #expect(redact(#"a=1 password="x y z" b=2"#, options, format: .logfmt) == "a=1 b=2")
        #expect(redact("a=1 password=hunter2", options, format: .logfmt) == "a=1")
        #expect(redact("mail bob@example.com", options) == "mail [REDACTED:email]")
    }

    @Test func `A dropped record gives nothing and is counted`() {
        var redactor = TestRedactor(
            RedactionOptions(rules: [.init(name: "no-cards", detectors: ["card"], action: .dropRecord)])
        )
        #expect(redactor.redact("card 4111111111111111") == nil)
        #expect(redactor.redact("mail bob@example.com") == "mail [REDACTED:email]")
        #expect(redactor.counts == ["card": 1, "email": 1])
    }

    @Test func `Numbers become strings, or zero`() {
        #expect(
            redact(#"{"card":4111111111111111,"cvv":123}"#, .init())
                == #"{"card":"[REDACTED:card]","cvv":"[REDACTED:cvv]"}"#
        )
        #expect(redact(#"{"card":4111111111111111,"cvv":123}"#, .init(numbers: .zero)) == #"{"card":0,"cvv":0}"#)
        #expect(redact(#"{"b":"{\"cvv\":123}"}"#, .init()) == #"{"b":"{\"cvv\":\"[REDACTED:cvv]\"}"}"#)
        #expect(redact(#"{"a":[4111111111111111,2]}"#, .init()) == #"{"a":["[REDACTED:card]",2]}"#)
    }

    @Test func `An action may hold for a detector, a group or a service only`() {
        let rules: [RedactionOptions.Rule] = [
            .init(name: "mails", detectors: ["email"], action: .mask),
            .init(name: "shop", detectors: ["secrets"], action: .hash, services: ["shop-*"]),
        ]
        let options = RedactionOptions(rules: rules)
        #expect(redact("bob@example.com password=hunter2", options) == "******** password=[REDACTED:password]")
        #expect(
            redact("bob@example.com password=hunter2", options, service: "shop-api")?.hasPrefix(
                "******** password=[password:k1:"
            ) == true
        )
        #expect(redact("password=hunter2", options, service: "other") == "password=[REDACTED:password]")
    }

    @Test func `Names of detectors, groups and keys switch rules on and off`() {
        #expect(redact("bob@example.com", .init(detectors: ["default", "-email"])) == "bob@example.com")
        #expect(redact("from 8.8.8.8", .init()) == "from 8.8.8.8")
        #expect(redact("from 8.8.8.8", .init(detectors: ["default", "network"])) == "from [REDACTED:ipv4]")
        #expect(
            redact("bob@example.com AKIAQ3EGRZ5DCKHW7BXT", .init(detectors: ["secrets"]))
                == "bob@example.com [REDACTED:aws-access-key]"
        )
        #expect(
            redact("password=x1 first_name=Bob", .init(keys: ["default", "name"]))
                == "password=[REDACTED:password] first_name=[REDACTED:name]"
        )
        #expect(
            redact("x-internal-id: abc def", .init(keys: ["default", "x-internal-*"]))
                == "x-internal-id: [REDACTED:x-internal-] def"
        )
        #expect(
            redact(#"{"X-Internal-Id":"abc"}"#, .init(keys: ["x-internal-*"]))
                == #"{"X-Internal-Id":"[REDACTED:x-internal-]"}"#
        )
    }

    @Test func `Allowed values stay`() {
        let options = RedactionOptions(allow: ["support@example.com", "re:^test-", "card=4111111111111111"])
        #expect(
            redact("Support@example.com bob@example.com test-bob@example.com", options)
                == "Support@example.com [REDACTED:email] test-bob@example.com"
        )
        #expect(redact("4111111111111111", options) == "4111111111111111")
    }
}
