import RecordPath
import TestSupport
import Testing

/// Lines through the record path, in batches: joined as their stream's joiner says, whatever the batches.
@Suite struct OpenRecordTests {
    /// A record path that writes documents, and what comes out of it as the lines it was made of.
    private struct Bench: ~Copyable {
        var path: RecordPath
        var records: [String: [String]] = [:]
        private var number: UInt64 = 0

        init(_ multiline: MultilineChoice = .auto) {
            var plan = RecordPlan(lexicon: .plain, redaction: RedactionPolicy())
            plan.documents = DocumentPlan(bulk: false, archive: true, host: "h")
            plan.multiline = multiline
            path = RecordPath(plan)
        }

        /// One batch of lines, each with the index of its stream.
        mutating func take(_ lines: [(Int, String)], of streams: [SourceStream], now: Int64 = 0) throws {
            let batch = RecordBatch()
            for (stream, line) in lines {
                let index = batch.add(stream: streams[stream])
                Array(line.utf8).withUnsafeBufferPointer {
                    batch.append($0, stream: index, time: DocumentBench.time, identity: (UInt64(number), 0))
                }
            }
            number += 1
            path.process(batch, number: number, now: now)
            try read()
        }

        mutating func read() throws {
            var body = Arena()
            path.take(.archive, into: &body)
            for line in DocumentBench.lines(body.bytes) {
                let document = try StrictJSONDocument.parse(line)
                let service = try #require(document["service.name"]?.text)
                let original = document["event.original"]?.text ?? document["message"]?.text
                records[service, default: []].append(try #require(original))
            }
        }
    }

    private static func stream(_ service: String) -> SourceStream {
        SourceStream(.init(input: "docker", key: "docker:\(service):stdout", fallbackService: service))
    }

    private static let trace = [
        "2023-06-15 11:59:58.123 [main] ERROR c.e.App - failed", "java.lang.IllegalStateException: no cart",
        "\tat com.example.App.main(App.java:12)", "\tat java.base/java.lang.Thread.run(Thread.java:840)",
    ]

    @Test("Traces are joined per stream, wherever batches end and however streams interleave")
    func anyBatches() throws {
        // A document does not hold the whole line of JSON.
        let pool = MultilineJoinerTests.traces.filter { !$0.text.hasPrefix("{") && !$0.text.hasPrefix("[\n") }
            .map { $0.text.split(separator: "\n").map(String.init) }
        for seed in 1...60 {
            var random = SeededGenerator(seed: UInt64(seed))
            let streams = [Self.stream("a"), Self.stream("b")]
            var texts: [[String]] = [[], []]
            for stream in 0..<2 {
                for _ in 0..<6 {
                    texts[stream] += pool[Int.random(in: 0..<pool.count, using: &random)]
                    if Bool.random(using: &random) { texts[stream].append("2023-06-15 12:00:00.000 INFO x - next") }
                }
            }
            var bench = Bench()
            var rest = texts
            while rest.contains(where: { !$0.isEmpty }) {
                var batch: [(Int, String)] = []
                for _ in 0..<Int.random(in: 1...9, using: &random) {
                    let stream = Int.random(in: 0..<2, using: &random)
                    if !rest[stream].isEmpty { batch.append((stream, rest[stream].removeFirst())) }
                }
                try bench.take(batch, of: streams)
            }
            _ = bench.path.release(asOf: .max)
            try bench.read()
            for (stream, service) in ["a", "b"].enumerated() {
                let expected = MultilineJoinerTests.records(texts[stream])
                #expect(bench.records[service] == expected, "seed \(seed)")
            }
        }
    }

    @Test("A silent stream's last record goes when it has waited long enough, and not before")
    func timer() throws {
        var bench = Bench()
        let stream = Self.stream("shop")
        try bench.take(Self.trace.map { (0, $0) }, of: [stream], now: 1_000_000_000)
        #expect(bench.records.isEmpty)
        let (oldest, patience) = (bench.path.openTails.map(\.batch).min(), bench.path.patience(now: 1_200_000_000))
        #expect(oldest == 1)
        #expect(patience == 300_000_000)
        let releases = (bench.path.release(asOf: 1_499_999_999), bench.path.release(asOf: 1_500_000_000))
        #expect(releases == (false, true))
        try bench.read()
        #expect(bench.records["shop"] == [Self.trace.joined(separator: "\n")])
        let (open, wait) = (bench.path.openTails.map(\.batch).min(), bench.path.patience(now: 0))
        #expect(open == nil && wait == nil)
    }

    @Test("The first batch of which a line waits is told until its record has gone")
    func oldestBatch() throws {
        var bench = Bench()
        let streams = [Self.stream("a"), Self.stream("b")]
        try bench.take([(0, Self.trace[0])], of: streams)
        try bench.take([(1, "plain"), (0, Self.trace[1])], of: streams)
        let first = bench.path.openTails.map(\.batch).min()
        try bench.take([(0, "2023-06-15 12:00:00.000 INFO x - next")], of: streams)
        let second = bench.path.openTails.map(\.batch).min()
        #expect(first == 1 && second == 2)
        #expect(bench.records["a"] == [Self.trace[0...1].joined(separator: "\n")])
    }

    @Test("JSON on one line never waits, and ends what waits before it")
    func json() throws {
        var bench = Bench()
        let stream = Self.stream("shop")
        try bench.take([(0, #"{"message":"x"}"#), (0, "plain"), (0, #"{"message":"y"}"#)], of: [stream])
        let oldest = bench.path.openTails.map(\.batch).min()
        #expect(bench.records["shop"] == ["x", "plain", "y"])
        #expect(oldest == nil)
    }

    @Test("Turned off, every line is a record")
    func off() throws {
        var bench = Bench(.off)
        try bench.take(Self.trace.map { (0, $0) }, of: [Self.stream("shop")])
        #expect(bench.records["shop"] == Self.trace)
    }

    @Test("With a pattern of one's own a record goes from one such line to the next")
    func pattern() throws {
        var bench = Bench(.start(try StartPattern("^#\\d+ ")))
        let lines = ["#1 begins", "goes on", #"{"even":"so"}"#, "#2 begins", "end"]
        try bench.take(lines.map { (0, $0) }, of: [Self.stream("shop")])
        _ = bench.path.release(asOf: .max)
        try bench.read()
        #expect(bench.records["shop"] == [lines[0...2].joined(separator: "\n"), lines[3...4].joined(separator: "\n")])
    }

    @Test("A pattern that cannot tell lines apart is refused", arguments: ["(", "x*", "(((a{900}){9}))"])
    func refusedPatterns(pattern: String) {
        #expect(throws: StartPattern.Problem.self) { try StartPattern(pattern) }
    }
}
