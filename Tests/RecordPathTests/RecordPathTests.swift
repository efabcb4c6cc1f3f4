import AllocationCounter
import RecordPath
import Testing

@Suite("The record path") struct RecordPathTests {
    private let policy = RedactionPolicy()

    private func path(_ encoding: LokiPlan.Encoding, documents: Bool = false) -> RecordPath {
        let names = CanonicalNames(adding: [])
        let lexicon = FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { [policy] in policy.verdict(forKey: $0) }
        )
        let labels: [(name: String, source: LokiPlan.Source)] = [("level", .level)]
        let loki = LokiPlan(encoding: encoding, labels: labels, structuredMetadata: true, host: "test")
        let plan = DocumentPlan(bulk: true, archive: true, host: "test")
        return RecordPath(
            RecordPlan(lexicon: lexicon, redaction: policy, loki: loki, documents: documents ? plan : nil)
        )
    }

    private func batch(_ lines: [(text: String, time: Int64)]) -> RecordBatch {
        let batch = RecordBatch()
        let stream = batch.add(stream: SourceStream(.init(input: "stdin", key: "stdin", fallbackService: "shop")))
        for (number, line) in lines.enumerated() {
            let bytes = Array(line.text.utf8)
            bytes.withUnsafeBufferPointer {
                batch.append($0, stream: stream, time: line.time, identity: (1, UInt64(number)))
            }
        }
        return batch
    }

    private func shop(_ number: Int) -> String {
        let second = number / 1000 % 60
        let millis = String(1000 + number % 1000).dropFirst()
        let secret = number % 12 == 0 ? "mail a.meyer\(number)@example-mail.org" : "order accepted"
        return #"{"time":"2026-11-21T10:00:\#(second < 10 ? "0" : "")\#(second).\#(millis)Z","level":"info","#
            + #""msg":"\#(secret)","method":"GET","path":"/orders/\#(number)","status":200,"duration_ms":\#(number % 90),"#
            + #""trace_id":"4bf92f3577b34da6a3ce929d\#(10_000_000 + number)","request_id":"r-\#(number)"}"#
    }

    @Test("allocates nothing per line, redacted ones included, into every output")
    func allocatesNothing() {
        var path = path(.protobuf, documents: true)
        var body = Arena(capacity: 8 << 20)
        var counts: [Int] = []
        var first = 0
        // The first rounds make tables and arenas grow. What the last two take is for batches and bodies, not for
        // lines: 4,000 more of them only make a table double here and there.
        for size in [6000, 6000, 1000, 5000] {
            let batch = batch((first..<first + size).map { (shop($0), Int64(1_795_255_200_000_000_000)) })
            first += size
            let before = allocations_of_this_thread()
            path.process(batch)
            for kind in EncoderKind.allCases {
                body.removeAll()
                path.take(kind, into: &body)
                #expect(body.count > 100_000)
            }
            counts.append(Int(allocations_of_this_thread() - before))
        }
        #expect(abs(counts[3] - counts[2]) < 40, "\(counts)")
        #expect(counts[0] > 0)
    }

    @Test("gives equal records of one stream times of their own, also when they come late")
    func tiesAreBroken() {
        var path = path(.json)
        let base = Int64(1_795_255_200_000_000_000)
        let late = (0..<3).map { ("late twin", base + Int64($0 % 1)) }
        let twins = Array(repeating: ("twin", base + 5), count: 50)
        let again = [("twin", base + 5), ("other", base + 900), ("twin", base + 5), ("late twin", base)]
        path.process(batch(late + twins + again))
        var body = Arena()
        path.take(.loki, into: &body)
        let text = String(decoding: body.bytes, as: UTF8.self)
        let times = text.split(separator: "[\"").dropFirst().compactMap { Int64($0.prefix(19)) }
        #expect(times.count == 57)
        #expect(Set(zip(times, entries(text)).map { "\($0) \($1)" }).count == 57)
        #expect(times.allSatisfy { $0 - base < 1000 })
    }

    /// The lines of a push request in JSON.
    private func entries(_ text: String) -> [Substring] {
        text.split(separator: "[\"").dropFirst().map { $0.dropFirst(22).prefix { $0 != "\"" } }
    }

    @Test("counts requests by route whatever number ends the path")
    func routes() {
        var path = path(.protobuf)
        path.process(batch((0..<500).map { (shop($0 * 37), Int64(1_795_255_200_000_000_000)) }))
        let snapshot = path.takeSnapshot()
        #expect(Set(snapshot.requests.keys.map(\.route)) == ["/orders/{id}"])
        #expect(snapshot.requests.values.reduce(0) { $0 + $1.count } == 500)
    }
}
