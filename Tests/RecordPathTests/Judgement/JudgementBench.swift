import RecordPath
import Testing

/// Runs lines through a record path without outputs and tells what expressions made of them.
struct JudgementBench: ~Copyable {
    private static let names = CanonicalNames(adding: [])
    private static let lexicon = FieldLexicon(
        sense: { path in
            let name = names.name(ofPath: path)
            return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
        },
        verdict: { _ in 0 }
    )
    private static let policy = RedactionPolicy()

    private(set) var path: RecordPath
    private let stream: SourceStream
    private var counted: SignalSnapshot
    static let time: Int64 = 1_795_261_057_000_000_000

    init(service: String = "shop", _ change: (inout RecordPlan) throws -> Void) rethrows {
        var plan = RecordPlan(lexicon: Self.lexicon, redaction: Self.policy)
        try change(&plan)
        path = RecordPath(plan)
        counted = SignalSnapshot(bounds: plan.latencyBounds)
        stream = SourceStream(.init(input: "docker", key: "docker:c1:stdout", fallbackService: service))
    }

    /// Forgets the series that nothing was counted for since the last call; what was counted stays in `snapshot`.
    mutating func expire() {
        _ = snapshot()
        path.expireSignals(idle: 1)
    }

    /// Processes lines as one batch, each with the bench's time as the source's, `now` nanoseconds after the start.
    mutating func process(_ lines: [String], now: Int64 = 0) {
        let batch = RecordBatch()
        let index = batch.add(stream: stream)
        for (number, line) in lines.enumerated() {
            Array(line.utf8).withUnsafeBufferPointer {
                batch.append($0, stream: index, time: Self.time, identity: (0, UInt64(number)))
            }
        }
        path.process(batch, now: now)
        _ = path.release(asOf: .max)
    }

    /// Everything counted for SLOs since the last call.
    mutating func takeOutcomes() -> [OutcomeCount] { path.takeOutcomes() }

    /// Everything counted since the start.
    mutating func snapshot() -> SignalSnapshot {
        counted.add(path.takeSnapshot())
        return counted
    }

    /// What was counted since `snapshot` or this was called.
    mutating func takeSnapshot() -> SignalSnapshot { path.takeSnapshot() }

    /// Whether an expression holds for the last of some lines; the ones before let the path learn their shape.
    static func holds(_ text: String, for line: String, repeated count: Int = 1) throws -> Bool {
        var bench = try JudgementBench { plan in
            var names = AttributeNames()
            plan.drops = [try Expression(text, attributes: &names)]
            plan.attributes = names
        }
        bench.process(Array(repeating: line, count: count))
        let dropped = bench.snapshot().dropped["filter"] ?? 0
        #expect(dropped == 0 || dropped == UInt64(count), "\(text): a shape changes the outcome")
        return dropped > 0
    }
}
