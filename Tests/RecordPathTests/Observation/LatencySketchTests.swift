import RecordPath
import TestSupport
import Testing

@Suite struct LatencySketchTests {
    @Test func `Quantiles are off by at most one part in 32 of themselves`() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<50 {
            let largest = Int64.random(in: 5...9_999_999, using: &random)
            let values = (0..<Int.random(in: 1...500, using: &random)).map { _ in
                Int64.random(in: 2...largest, using: &random)
            }.sorted()
            var bench = JudgementBench { _ in }
            bench.process(values.map { "{\"status\":200,\"latency_us\":\($0)}" })
            let latencies = bench.snapshot().latencies
            let sketch = try #require(latencies["shop"])
            #expect(sketch.total == UInt64(values.count))
            for share in [0.5, 0.95, 0.99, 1] {
                let exact = 1_000 * Double(values[max(1, Int((Double(values.count) * share).rounded(.up))) - 1])
                let estimate = try #require(sketch.quantile(share))
                #expect(abs(estimate - exact) <= exact * LatencySketch.relativeError, "\(share) of \(values.count)")
            }
        }
    }

    @Test func `Sketches add up, and tell what came since`() throws {
        var bench = JudgementBench { _ in }
        bench.process([#"{"status":200,"latency_ms":10}"#])
        let first = bench.snapshot().latencies
        let before = try #require(first["shop"])
        bench.process([#"{"status":200,"latency_ms":1000}"#, #"{"status":200,"latency_ms":1000}"#])
        let second = bench.snapshot().latencies
        let after = try #require(second["shop"])
        let since = after.since(before)
        #expect(since.total == 2 && (since.quantile(0.01) ?? 0) > 0.9e9)
        var sum = since
        sum += before
        #expect(sum == after)
        #expect(LatencySketch().quantile(0.5) == nil)
    }

    @Test func `An exemplar is a failed request where there is one`() throws {
        var bench = JudgementBench { _ in }
        let trace = { (number: Int) in "4bf92f3577b34da6a3ce929d0e0e47\(number)" }
        bench.process([
            "{\"status\":200,\"latency_ms\":20,\"trace_id\":\"\(trace(10))\"}",
            "{\"status\":503,\"latency_ms\":21,\"trace_id\":\"\(trace(11))\"}",
            "{\"status\":200,\"latency_ms\":22,\"trace_id\":\"\(trace(12))\"}",
            "{\"status\":200,\"latency_ms\":2000,\"trace_id\":\"\(trace(13))\"}", #"{"status":200,"latency_ms":1}"#,
        ])
        let snapshot = bench.snapshot()
        let durations = try #require(snapshot.durations.values.first)
        let traces = Dictionary(uniqueKeysWithValues: durations.exemplars.map { ($0.bucket, $0.traceID.text) })
        let bounds = snapshot.bounds
        #expect(traces[bounds.firstIndex(of: 25_000_000) ?? 0] == trace(11))
        #expect(traces[bounds.firstIndex(of: 2_500_000_000) ?? 0] == trace(13))
        #expect(traces.count == 2)
    }

    @Test func `Each second has an exemplar of its own, but a failed request stays for a minute`() throws {
        var bench = JudgementBench { _ in }
        let trace = { (number: Int) in "4bf92f3577b34da6a3ce929d0e0e47\(number)" }
        var told: [String] = []
        let requests = [(10, 200, 1), (11, 200, 2), (12, 503, 3), (13, 200, 4), (14, 200, 4), (15, 200, 4)]
        for (number, status, second) in requests {
            let lines = [
                "{\"status\":\(status),\"latency_ms\":20,\"trace_id\":\"\(trace(number))\"}",
                "{\"status\":200,\"latency_ms\":21,\"trace_id\":\"\(trace(number + 10))\"}",
            ]
            bench.process(lines, now: Int64(second) * 1_000_000_000)
            told += try #require(bench.takeSnapshot().durations.values.first).exemplars.map(\.traceID.text)
        }
        // A second begins with the first snapshot in it; the last request is of the same second as the one before.
        #expect(told == [trace(10), trace(11), trace(12), trace(12), trace(12)])
    }
}
