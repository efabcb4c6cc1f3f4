import Foundation
import RecordPath
import Testing

/// Access logs and JSON lines with what a reader would find in them.
///
/// `Tests/Fixtures/samples/invented.jsonl` was written from formats' documentation without looking at the parsers. Most
/// lines have to come out whole; those that do not are named, so that the list can only get shorter.
/// `documented.jsonl` has a line for each form whose documentation it names in `source`; all of them come out whole.
/// `ordinary.jsonl` has lines invented after those that public repositories of ordinary services show, one for each form
/// that was missed when such lines were first run.
@Suite struct InventedSampleTests {
    private static let leastShare = 0.95

    @Test("At least 95 of 100 invented access-log and JSON lines have every canonical field")
    func share() throws {
        let samples = try Sample.all(of: "invented.jsonl")
        #expect(samples.count >= 300)
        let missed = samples.compactMap(\.fault)
        let share = 1 - Double(missed.count) / Double(samples.count)
        #expect(share >= Self.leastShare, "\(missed.joined(separator: "\n"))")
    }

    @Test("Every form that a producer documents comes out whole")
    func documented() throws {
        let samples = try Sample.all(of: "documented.jsonl")
        #expect(samples.count >= 30)
        for sample in samples {
            #expect(sample.source?.isEmpty == false)
            #expect(sample.fault == nil)
        }
    }

    @Test("Forms of ordinary services come out whole, and nothing that they do not say is found")
    func ordinary() throws {
        let samples = try Sample.all(of: "ordinary.jsonl")
        #expect(samples.count >= 50)
        for var sample in samples {
            for field in Sample.told where sample.expected[field] == nil { sample.expected[field] = NSNull() }
            #expect(sample.source?.isEmpty == false)
            #expect(sample.fault == nil)
        }
    }
}

/// A line, or several of one stream of which the last counts, and what must be found in it.
private struct Sample {
    var line: String
    var expected: [String: Any]
    /// Where the form of the line is documented.
    var source: String?

    /// Fields that a line must not be given when it does not tell them.
    static let told = [
        "timestamp", "level", "method", "status", "latency_seconds", "trace_id", "span_id", "request_id",
    ]

    static func all(of name: String) throws -> [Sample] {
        let file = LoggerFixture.folder.appendingPathComponent("../samples/" + name)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { text in
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            )
            return Sample(
                line: try #require(object["line"] as? String),
                expected: try #require(object["expect"] as? [String: Any]),
                source: object["source"] as? String
            )
        }
    }

    /// What is wrong with what is found; nil: nothing.
    ///
    /// A field that is expected to be null must not be found.
    var fault: String? {
        let plan = RecordPlan(lexicon: .plain, redaction: RedactionPolicy(), replacesTimes: false)
        var explainer = Explainer(
            plan,
            loki: LokiPlan(encoding: .json, labels: [], structuredMetadata: true, host: "h"),
            documents: DocumentPlan(bulk: false, archive: true, host: "h")
        )
        var faults: [String] = []
        for text in line.split(separator: "\n") {
            let source = SourceStream(.init(input: "stdin", key: "stdin", fallbackService: "shop"))
            let found = explainer.explain(Array(text.utf8), of: source, time: LoggerFixture.reference)
            faults = expected.filter { !agrees(found, $0.key, $0.value) }.map(\.key).sorted()
        }
        return faults.isEmpty ? nil : "\(faults) in \(line)"
    }

    private func agrees(_ found: Explanation, _ field: String, _ value: Any) -> Bool {
        let value = value is NSNull ? nil : value
        return switch field {
        case "timestamp":
            (found.timestamp == LoggerFixture.reference ? nil : CivilDate.rfc3339(nanoseconds: found.timestamp))
                == value as? String
        case "level": found.level == value as? String ?? ""
        case "message": found.message == value as? String
        case "service": found.service == value as? String
        case "trace_id": found.traceID == value as? String
        case "span_id": found.spanID == value as? String
        case "request_id": found.requestID == value as? String
        case "method": found.method == value as? String
        case "route": found.route == value as? String
        case "status": found.status == value as? Int
        case "latency_seconds": abs((found.latencySeconds ?? -1) - (value as? Double ?? -1)) < 1e-9
        default: false
        }
    }
}
