import Outputs
import RecordPath

/// What all signals and twenty SLOs cost: the record path with and without them, in the same run.
enum SignalCost {
    /// How twenty SLOs may look at a record.
    private static let twenty: [(name: String, objectives: [(bad: String, total: String)])] = [
        ("no SLOs", []), ("20 SLOs of status, level and latency", numeric(20)),
        ("18 of those, one by route, one by attribute", mixed),
    ]

    static let mixed =
        numeric(18) + [
            ("status >= 500", #"route == "/checkout/confirm""#),
            ("status >= 500", #"attributes.region == "eu-central-1""#),
        ]

    static func numeric(_ count: Int) -> [(bad: String, total: String)] {
        (0..<count).map { number in
            switch number % 3 {
            case 0: ("status >= \(500 + number)", "status > 0")
            case 1: ("latency > \(50 * (number + 1))ms", "status > 0")
            default: (#"level in ["error", "fatal"]"#, "status != \(400 + number)")
            }
        }
    }

    /// Prints the share of signals in the path that ends in Loki's protobuf, with and without snappy, and in that
    /// which only counts.
    ///
    /// All variants take turns, part by part of one log, so that what disturbs the machine meets all of them; of each
    /// the least time counts.
    static func report(_ parts: [Workload], _ plan: RecordPlan) {
        let codecs: [(String, Compression?)] = [("Loki protobuf + snappy", .snappy), ("Loki protobuf, no codec", nil)]
        for (ending, codec) in codecs + [("no output", nil)] {
            var bare = plan
            bare.observes = false
            if ending == "no output" { bare.loki = nil }
            let variants = [Variant(bare, codec)] + twenty.map { Variant(bare, codec, $0.objectives) }
            for part in parts { for variant in variants { variant.take(part) } }
            for (name, variant) in zip(twenty.map(\.name), variants.dropFirst()) {
                let (with, without) = (variant.least, variants[0].least)
                let nanos = Int((with - without) / Double(parts[0].lines) * 1e9)
                let tenths = Int((with - without) / with * 1_000)
                print(
                    "signals, \(name), \(ending): \(nanos) ns/line, \(tenths / 10).\(tenths % 10)% of the record path"
                )
            }
        }
    }
}

/// A record path of its own with or without signals.
private final class Variant {
    private var path: RecordPath
    private let batchesOfGroup = (1 << 20) / RecordBatch.targetBytes
    private var body = Arena(capacity: 4 << 20)
    private var compressor: Compressor?
    private var events: UInt64 = 0
    /// The least CPU seconds that a part has taken.
    private(set) var least = Double.infinity

    /// Without objectives, the signals are off too.
    init(_ bare: RecordPlan, _ codec: Compression?, _ objectives: [(bad: String, total: String)]? = nil) {
        var plan = bare
        plan.observes = objectives != nil
        plan.add(objectives ?? [])
        path = RecordPath(plan)
        compressor = codec.flatMap { Compressor($0) }
    }

    /// Takes the next part of the log.
    func take(_ part: Workload) {
        let start = CPUClock.seconds
        for (number, batch) in part.batches.enumerated() {
            path.process(batch)
            if (number + 1) % batchesOfGroup == 0 { takeGroup() }
            guard path.pending(.loki).bytes > 1 << 20 else { continue }
            body.removeAll()
            path.take(.loki, into: &body)
            _ = body.withBytes { compressor?.compress(UnsafeRawBufferPointer($0)) }
        }
        least = min(least, CPUClock.seconds - start)
    }

    /// What a worker takes when it closes a group, which is after a megabyte with the memory limit's default.
    private func takeGroup() {
        for outcome in path.takeOutcomes() { events &+= outcome.good &+ outcome.bad }
        events &+= UInt64(path.takeCounts().series.requests.count)
    }
}

extension RecordPlan {
    /// Adds SLOs for every service.
    mutating func add(_ objectives: [(bad: String, total: String)]) {
        guard !objectives.isEmpty else { return }
        var names = AttributeNames()
        let indicators = objectives.compactMap { objective -> Indicator? in
            guard let bad = try? Expression(objective.bad, attributes: &names),
                let total = try? Expression(objective.total, attributes: &names)
            else { return nil }
            return Indicator(bad: bad, good: nil, total: total)
        }
        precondition(indicators.count == objectives.count, "an expression of the benchmark is wrong")
        attributes = names
        self.objectives = ObjectivePlan(indicators, indices: { _ in Array(indicators.indices) })
    }
}
