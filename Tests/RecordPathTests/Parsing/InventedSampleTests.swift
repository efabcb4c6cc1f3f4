import Foundation
import RecordPath
import Testing

/// Access logs and JSON lines as other people's samples look, with what a reader would find in them.
///
/// `Tests/Fixtures/samples/invented.jsonl` was written from formats' documentation without looking at the parsers. Most
/// lines have to come out whole; those that do not are named, so that the list can only get shorter.
@Suite struct InventedSampleTests {
    private struct Sample {
        var line: String
        var expected: [String: Any]
    }

    private static let file = LoggerFixture.folder.appendingPathComponent("../samples/invented.jsonl")
    private static let leastShare = 0.95

    private static func samples() throws -> [Sample] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { text in
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            )
            return Sample(
                line: try #require(object["line"] as? String),
                expected: try #require(object["expect"] as? [String: Any])
            )
        }
    }

    @Test("At least 95 of 100 invented access-log and JSON lines have every canonical field")
    func share() throws {
        let plan = RecordPlan(lexicon: .plain, redaction: RedactionPolicy(), replacesTimes: false)
        var explainer = Explainer(
            plan,
            loki: LokiPlan(encoding: .json, labels: [], structuredMetadata: true, host: "h"),
            documents: DocumentPlan(bulk: false, archive: true, host: "h")
        )
        let samples = try Self.samples()
        #expect(samples.count >= 300)
        var missed: [String] = []
        for sample in samples {
            let source = SourceStream(.init(input: "stdin", key: "stdin", fallbackService: "shop"))
            let found = explainer.explain(Array(sample.line.utf8), of: source, time: LoggerFixture.reference)
            let faults = sample.expected.filter { !Self.agrees(found, $0.key, $0.value) }
            if !faults.isEmpty { missed.append("\(faults.keys.sorted()) in \(sample.line)") }
        }
        let share = 1 - Double(missed.count) / Double(samples.count)
        #expect(share >= Self.leastShare, "\(missed.joined(separator: "\n"))")
    }

    private static func agrees(_ found: Explanation, _ field: String, _ value: Any) -> Bool {
        switch field {
        case "timestamp": CivilDate.rfc3339(nanoseconds: found.timestamp) == value as? String
        case "level": found.level == value as? String
        case "message": found.message == value as? String
        case "service": found.service == value as? String
        case "trace_id": found.traceID == value as? String
        case "span_id": found.spanID == value as? String
        case "request_id": found.requestID == value as? String
        case "method": found.method == value as? String
        case "route": found.route == value as? String
        case "status": found.status == value as? Int
        case "latency_seconds": abs((found.latencySeconds ?? -1) - (value as? Double ?? 0)) < 1e-9
        default: false
        }
    }
}
