import RecordPath
import Testing

@Suite struct SeriesExpiryTests {
    private static func line(_ route: String, latency: Int = 10) -> String {
        "{\"status\":200,\"method\":\"GET\",\"path\":\"/\(route)\",\"latency_ms\":\(latency)}"
    }

    private static func routes(_ snapshot: SignalSnapshot) -> [String: UInt64] {
        Dictionary(uniqueKeysWithValues: snapshot.requests.map { ($0.key.route, $0.value.count) })
    }

    @Test func `What was counted is told once, and only of series that counted`() throws {
        var bench = JudgementBench { _ in }
        bench.process([Self.line("a"), Self.line("b"), Self.line("b", latency: 700)])
        let first = bench.takeSnapshot()
        #expect(Self.routes(first) == ["/a": 1, "/b": 2])
        bench.process([Self.line("b")])
        let second = bench.takeSnapshot()
        #expect(Self.routes(second) == ["/b": 1])
        #expect(second.durations.values.map { $0.buckets.reduce(0, +) } == [1])
        #expect(second.durations.values.map(\.sum) == [10_000_000])
        let third = bench.takeSnapshot()
        #expect(third.requests.isEmpty && third.durations.isEmpty && third.readRecords.isEmpty)
    }

    @Test func `A series that nothing was counted for is forgotten, others go on`() throws {
        var bench = JudgementBench { _ in }
        bench.process([Self.line("a"), Self.line("b")])
        bench.expire()
        bench.process([Self.line("b")])
        bench.expire()
        bench.process([Self.line("b"), Self.line("c")])
        let counts = bench.snapshot()
        #expect(Self.routes(counts) == ["/a": 1, "/b": 3, "/c": 1])
        let durations = try #require(counts.durations.first { $0.key.route == "/b" }?.value)
        #expect(durations.buckets.reduce(0, +) == 3 && durations.sum == 30_000_000)
    }

    @Test func `What is forgotten makes room under the budget`() throws {
        var bench = JudgementBench { $0.maximumSeries = 10 }
        bench.process((0..<20).map { Self.line("old\(Character(Unicode.Scalar(UInt8(97 + $0))))") })
        let full = bench.takeSnapshot()
        #expect(Self.routes(full)["__other__"] != nil)
        for _ in 0..<3 { bench.expire() }
        bench.process((0..<5).map { Self.line("new\(Character(Unicode.Scalar(UInt8(97 + $0))))") })
        let routes = Self.routes(bench.takeSnapshot())
        #expect(routes.count == 5 && routes["__other__"] == nil)
    }
}
