import RecordPath
import TestSupport
import Testing

/// Counting by combinations against evaluating every expression for every record.
@Suite struct OutcomeTallyTests {
    private struct Key: Hashable {
        let objective: Int
        let service: String
        let time: Int64
    }

    private struct Tally: Equatable {
        var good: UInt64 = 0
        var bad: UInt64 = 0
    }

    private static let expressions: [(bad: String?, good: String?, total: String?)] = [
        ("status >= 500", nil, "status > 0"), ("latency > 300ms", "latency <= 300ms", "status > 0"),
        (#"level == "fatal""#, nil, nil), (nil, "latency < 50ms", "status in [200, 404]"),
        ("latency in [100ms, 200ms]", nil, nil),
        (#"status != 200 or level in ["error", "fatal"]"#, nil, "latency >= 0s"),
        ("status >= 500", nil, #"route == "/b""#), ("attributes.n > 5", nil, "status > 0"),
        (#"not (status < 500)"#, nil, nil), ("latency == 300ms", "latency != 300ms", nil),
    ]

    private static func indicators(_ names: inout AttributeNames) throws -> [Indicator] {
        try expressions.map { item in
            func read(_ text: String?) throws -> Expression? { try text.map { try Expression($0, attributes: &names) } }
            return Indicator(bad: try read(item.bad), good: try read(item.good), total: try read(item.total))
        }
    }

    /// A random record as a line and as a sample that expressions are tried on.
    private static func record(
        _ random: inout SeededGenerator
    ) -> (line: String, sample: SampleRecord, key: (String, Int64)) {
        let service = ["cart", "search", "pay"].randomElement(using: &random) ?? ""
        let level = [Level.none, .info, .warn, .error, .fatal].randomElement(using: &random) ?? .none
        let status = [nil, 200, 404, 499, 500, 503].randomElement(using: &random) ?? nil
        let millis = [nil, 0, 49, 50, 100, 200, 299, 300, 301, 5_000].randomElement(using: &random) ?? nil
        let route = ["/a", "/b"].randomElement(using: &random) ?? ""
        let number = Int.random(in: 0...9, using: &random)
        let time = JudgementBench.time - Int64.random(in: 0...3, using: &random) * 15_000_000_000
        var fields = ["\"time\":\(time)", "\"service\":\"\(service)\"", "\"path\":\"\(route)\"", "\"n\":\(number)"]
        if level != .none { fields.append("\"level\":\"\(level.name)\"") }
        if let status { fields.append("\"status\":\(status)") }
        if let millis { fields.append("\"latency_ms\":\(millis)") }
        let sample = SampleRecord(
            level: level,
            status: status.map { Int64($0) },
            latency: millis.map { Int64($0) * 1_000_000 },
            time: time,
            texts: [.route: route, .service: service],
            attributes: ["n": "\(number)"]
        )
        return ("{\(fields.joined(separator: ","))}", sample, (service, time / OutcomeCount.slotNanos))
    }

    @Test func `Events counted by combination are those of every record by itself`() throws {
        var names = AttributeNames()
        let indicators = try Self.indicators(&names)
        let own: @Sendable (String) -> [Int] = { $0 == "pay" ? [0, 3, 7] : Array(0..<10) }
        var bench = JudgementBench { plan in
            plan.objectives = ObjectivePlan(indicators, indices: own)
            plan.attributes = names
        }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            var expected: [Key: Tally] = [:]
            var lines: [String] = []
            for _ in 0..<200 {
                let (line, sample, (service, slot)) = Self.record(&random)
                lines.append(line)
                sample.names = names
                for objective in own(service) {
                    guard let outcome = indicators[objective].outcome(of: sample) else { continue }
                    let key = Key(objective: objective, service: service, time: slot * OutcomeCount.slotNanos)
                    if outcome == .bad { expected[key, default: Tally()].bad += 1 }
                    if outcome == .good { expected[key, default: Tally()].good += 1 }
                }
            }
            bench.process(lines)
            var counted: [Key: Tally] = [:]
            for count in bench.takeOutcomes() {
                let key = Key(objective: count.objective, service: count.service, time: count.time)
                counted[key, default: Tally()].good += count.good
                counted[key, default: Tally()].bad += count.bad
            }
            #expect(counted == expected)
        }
        #expect(bench.takeOutcomes().isEmpty)
    }

    @Test func `With more thresholds than classes every record is asked, and nothing changes`() throws {
        var names = AttributeNames()
        let indicators = try (1...100).map { millis in
            Indicator(bad: try Expression("latency > \(millis)ms", attributes: &names), good: nil, total: nil)
        }
        var bench = JudgementBench { $0.objectives = ObjectivePlan(indicators, indices: { _ in Array(0..<100) }) }
        bench.process((1...100).map { "{\"latency_ms\":\($0)}" })
        let outcomes = bench.takeOutcomes()
        for millis in 1...100 {
            let bad = outcomes.filter { $0.objective == millis - 1 }.reduce(0) { $0 + $1.bad }
            #expect(bad == UInt64(100 - millis))
        }
    }

    @Test func `A service without SLOs costs nothing and gives nothing`() {
        var bench = JudgementBench { $0.objectives = ObjectivePlan([], indices: { _ in [] }) }
        bench.process([#"{"status":500}"#])
        #expect(bench.takeOutcomes().isEmpty)
    }
}
