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

    private static func numeric(_ count: Int) -> [(bad: String, total: String)] {
        (0..<count).map { number in
            switch number % 3 {
            case 0: ("status >= \(500 + number)", "status > 0")
            case 1: ("latency > \(50 * (number + 1))ms", "status > 0")
            default: (#"level in ["error", "fatal"]"#, "status != \(400 + number)")
            }
        }
    }

    /// Prints the share of signals in the path that ends in Loki's protobuf with snappy, and in that which only counts.
    static func report(_ work: Workload, _ plan: RecordPlan) {
        for (ending, codec) in [("Loki protobuf + snappy", true), ("no output", false)] {
            var bare = plan
            bare.observes = false
            if !codec { bare.loki = nil }
            let without = seconds(work, bare, codec)
            for (name, objectives) in twenty {
                var full = bare
                full.observes = true
                full.add(objectives)
                let with = seconds(work, full, codec)
                let nanos = Int((with - without) / Double(work.lines) * 1e9)
                let tenths = Int((with - without) / with * 1_000)
                print(
                    "signals, \(name), \(ending): \(nanos) ns/line, \(tenths / 10).\(tenths % 10)% of the record path"
                )
            }
        }
    }

    private static func seconds(_ work: Workload, _ plan: RecordPlan, _ compresses: Bool) -> Double {
        var path = RecordPath(plan)
        var body = Arena(capacity: 4 << 20)
        var compressor = Compressor(.snappy)
        var events: UInt64 = 0
        return CPUClock.best {
            for batch in work.batches {
                path.process(batch)
                for outcome in path.takeOutcomes() { events &+= outcome.good &+ outcome.bad }
                guard compresses, path.pending(.loki).bytes > 1 << 20 else { continue }
                body.removeAll()
                path.take(.loki, into: &body)
                _ = body.withBytes { compressor?.compress(UnsafeRawBufferPointer($0)) }
            }
        }
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
