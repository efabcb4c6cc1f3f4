import RecordPath
import Testing

/// `martlet explain` says why what looks like something stayed.
@Suite struct LookAlikeTests {
    private static let cases: [(line: String, detector: String, reason: String)] = [
        ("paid with 4111111111111112", "card", "Luhn"),
        ("paid with 9111111111111111", "card", "no issuer"),
        (#"{"order_id":4111111111111111}"#, "card", "key holds ids"),
        ("logo@2x.png", "email", "png is no top-level domain"),
        ("git@github.com:acme/shop.git", "email", "repository"),
        ("ssn 000-12-3456", "us-ssn", "never issued"),
        ("to DE89370400440532013001.", "iban", "mod 97"),
        ("to QX89370400440532013001.", "iban", "no IBANs"),
        ("call +999999999999999", "phone", "no country"),
        ("call +1234", "phone", "too few"),
        ("from 8.8.8.8", "ipv4", "off"),
        ("key ghp_short", "github-token", "5 characters"),
        ("key ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "github-token", "placeholder"),
        ("x eyJhbGciOiJIUzI1NiJ9 y", "jwt", "no dot"),
        ("Bearer token required", "authorization", "word"),
        ("-----BEGIN PUBLIC KEY-----", "private-key", "public keys"),
        (#"{"password":"${PW}"}"#, "key:password", "placeholder"),
        (#"{"password":""}"#, "key:password", "placeholder"),
        (#"{"token_count":17}"#, "key:token", "speaks about"),
        (#"{"cvv":"12345"}"#, "key:cvv", "3 or 4 digits"),
    ]

    @Test(arguments: cases.indices)
    func `A look-alike is explained`(index: Int) {
        let (line, detector, reason) = Self.cases[index]
        let kept = Self.explain(line).lookAlikes
        #expect(
            kept.contains { $0.detector == detector && $0.reason.contains(reason) },
            "\(line): \(kept.map { "\($0.detector): \($0.reason)" })"
        )
    }

    @Test(arguments: ["mail bob@example.com now", #"{"m":"mail bob@example.com now"}"#])
    func `What is redacted is shown with its detector`(line: String) {
        #expect(Self.explain(line).redactions.map(\.detector) == ["email"])
    }

    @Test func `What is redacted is no look-alike, and nothing of it is shown`() {
        let explanation = Self.explain(#"{"to":"bob@example.com","card":"4111111111111111","password":"hunter2x"}"#)
        #expect(explanation.redactions.count == 3)
        #expect(explanation.lookAlikes.isEmpty, "\(explanation.lookAlikes)")
    }

    private static func explain(_ line: String) -> Explanation {
        let policy = RedactionPolicy()
        var explainer = Explainer(
            RecordPlan(lexicon: FilterProbe.lexicon(policy), redaction: policy),
            loki: LokiPlan(encoding: .json, labels: [], structuredMetadata: false, host: "h"),
            documents: DocumentPlan(bulk: false, archive: true, host: "h")
        )
        let source = SourceStream(.init(input: "stdin", key: "explain"))
        return explainer.explain(Array(line.utf8), of: source, time: DocumentBench.time)
    }
}
