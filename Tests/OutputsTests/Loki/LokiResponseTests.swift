import Outputs
import Testing
import Transport

@Suite struct LokiResponseTests {
    private func outcome(_ status: Int, _ text: String = "", records: Int = 100, isWhole: Bool = true) -> Outcome {
        LokiResponse.outcome(
            TransportResponse(status: status, body: Array(text.utf8), isWhole: isWhole),
            records: records
        )
    }

    @Test(arguments: [
        (204, Outcome.delivered), (200, .delivered), (260, .hold(reason: "ingestion blocked (260)", mayBeStored: true)),
        (401, .hold(reason: "not authenticated (401)")), (403, .hold(reason: "forbidden (403)")),
        (404, .hold(reason: "no such address (404)")), (413, .tooLarge), (422, .rejected(reason: "bad_request")),
        (429, .retry(reason: "ingestion rate limit (429)", after: nil)),
        (503, .retry(reason: "unavailable (503)", after: nil)), (500, .uncertain(reason: "server error (500)")),
        (502, .uncertain(reason: "server error (502)")), (504, .uncertain(reason: "server error (504)")),
        (499, .uncertain(reason: "server error (499)")), (408, .uncertain(reason: "server error (408)")),
        (301, .hold(reason: "unexpected status 301", mayBeStored: true)),
        (418, .hold(reason: "unexpected status 418", mayBeStored: true)),
    ])
    func `every status has its meaning`(_ status: Int, _ expected: Outcome) {
        #expect(outcome(status) == expected)
    }

    @Test func `a success with a page in it is no success`() {
        guard case .hold = outcome(200, "<html>Sign in</html>") else {
            Issue.record("taken for a success")
            return
        }
    }

    @Test(arguments: [
        ("ingestion rate limit exceeded for user fake (limit: 4194304 bytes/sec)", false),
        ("Per stream rate limit exceeded (limit: 3MB/sec) while attempting to ingest for stream '{a=\"b\"}'", true),
        ("maximum active stream limit exceeded when trying to create stream {a=\"b\"}", true),
        ("Maximum active stream limit exceeded, reduce the number of active streams", true),
    ])
    func `of the three kinds of 429 only the tenant's limit says that nothing is stored`(
        _ text: String,
        _ isUncertain: Bool
    ) {
        if case .uncertain = outcome(429, text) { #expect(isUncertain) } else { #expect(!isUncertain) }
    }

    @Test func `retry-after is passed on`() {
        for status in [429, 503] {
            let response = TransportResponse(status: status, headers: [("Retry-After", "7")])
            guard case .retry(_, .seconds(7)) = LokiResponse.outcome(response, records: 1) else {
                Issue.record("\(status) forgot it")
                continue
            }
        }
    }

    @Test(arguments: [
        (
            "1 errors like: entry for stream '{a=\"b\"}' has timestamp too old: 2020, oldest acceptable timestamp is: 2026",
            ["too_old": 1]
        ),
        ("3 errors like: entry for stream '{}' has timestamp too new: 2030", ["too_new": 3]),
        (
            "2 errors like: max entry size '262144' bytes exceeded for stream '{}' while adding an entry with length '300000' bytes",
            ["line_too_long": 2]
        ),
        (
            "2 errors like: Max entry size '262144' bytes exceeded for stream '{}' while adding an entry",
            ["line_too_long": 2]
        ),
        ("5 errors like: entry for stream '{}' has 16 label names; limit 15", ["too_many_labels": 5]),
        ("1 errors like: stream '{}' has label name too long: 'aaa'", ["label_name_too_long": 1]),
        ("1 errors like: stream '{}' has label value too long: 'aaa'", ["label_value_too_long": 1]),
        ("1 errors like: stream '{}' has duplicate label name: 'a'", ["duplicate_label": 1]),
        (
            "4 errors like: stream '{}' includes structured metadata, but this feature is disallowed. Please see",
            ["structured_metadata_off": 4]
        ),
        (
            "1 errors like: stream '{}' has structured metadata too large: '70000' bytes, limit: '65536'",
            ["structured_metadata_too_large": 1]
        ),
        (
            "1 errors like: stream '{}' has too many structured metadata labels: '129', limit: '128'",
            ["structured_metadata_too_many": 1]
        ),
        ("9 errors like: missing required labels team for user fake", ["missing_labels": 9]),
        ("1 errors like: error parsing labels '{a}' with error: syntax error", ["bad_labels": 1]),
        ("2 errors like: something new", ["other": 2]),
        (
            "2 errors like: has timestamp too old: x; 3 errors like: has timestamp too new: y",
            ["too_old": 2, "too_new": 3]
        ),
        ("2 errors like: entry for stream '{a=\"9 errors like: x\"}' has timestamp too old: y", ["too_old": 2]),
    ])
    func `the distributor's list says how many were refused and why`(_ text: String, _ expected: [String: Int]) {
        #expect(rejected(outcome(400, text + "\n")) == expected)
    }

    @Test func `the ingester's list counts what it does not show`() {
        let entry =
            "entry with timestamp 2026-01-01 ignored, reason: 'entry too far behind, entry timestamp is: 2026, "
            + "oldest acceptable timestamp is: 2027',\n"
        let text = entry + entry + "user 'fake', total ignored: 37 out of 50 for stream: {a=\"b\"}"
        #expect(rejected(outcome(400, text)) == ["too_far_behind": 37])
        let two = text + entry + "user 'fake', total ignored: 3 out of 50 for stream: {a=\"c\"}"
        #expect(rejected(outcome(400, two)) == ["too_far_behind": 40])
        let order = text.replacing("entry too far behind", with: "entry out of order")
        #expect(rejected(outcome(400, order)) == ["out_of_order": 37])
    }

    @Test(arguments: [
        "99999999999999999999999 errors like: has timestamp too old",
        "9223372036854775807 errors like: too old; 9223372036854775807 errors like: too old",
        "5 errors like: ", "-5 errors like: timestamp too old", "total ignored: ",
        "total ignored: 18446744073709551616 out",
        "1 errors like: \u{0}\u{FFFD}", " errors like: ",
    ])
    func `counts that make no sense never exceed the batch, and never trap`(_ text: String) {
        switch outcome(400, text, records: 10) {
        case .partly(let rejections): #expect((1...10).contains(rejections.reduce(0) { $0 + $1.records }))
        case .rejected: break
        default: Issue.record("a 400 is final")
        }
    }

    @Test func `an answer with a message for every entry is read to its end`() {
        let text = (0..<20_000).map { "1 errors like: entry for stream '{a=\"b\"}' has timestamp too old: \($0)" }
        let outcome = outcome(400, text.joined(separator: "; "), records: 30_000)
        #expect(rejected(outcome) == ["too_old": 20_000])
    }

    @Test func `a request that cannot be read at all is refused as a whole`() {
        #expect(outcome(400, "couldn't parse push request: EOF") == .rejected(reason: "bad_request"))
        #expect(outcome(400, "error parsing labels '{' with error: EOF") == .rejected(reason: "bad_labels"))
        #expect(outcome(400, "") == .rejected(reason: "bad_request"))
    }

    @Test func `a 400 that is cut off, or a proxy's page, throws nothing away`() {
        guard case .uncertain = outcome(400, "3 errors like: entry has times", isWhole: false) else {
            Issue.record("trusted half an answer")
            return
        }
        guard case .hold = outcome(400, "<html><h1>400 Bad Request</h1>") else {
            Issue.record("trusted a proxy")
            return
        }
    }

    @Test func `without an answer it matters whether anything was sent`() {
        #expect(LokiResponse.outcome(.notSent(reason: "refused")) == .retry(reason: "refused", after: nil))
        #expect(LokiResponse.outcome(.unknown(reason: "reset")) == .uncertain(reason: "reset"))
    }

    @Test func `reasons are a closed set`() {
        #expect(Set(LokiRejection.allCases.map(\.rawValue)).count == LokiRejection.allCases.count)
    }

    private func rejected(_ outcome: Outcome) -> [String: Int] {
        guard case .partly(let rejections) = outcome else { return [:] }
        return Dictionary(rejections.map { ($0.reason, $0.records) }, uniquingKeysWith: +)
    }
}
