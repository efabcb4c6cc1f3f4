import RecordPath
import Testing

@Suite struct SeriesExpiryTests {
    private static func line(_ route: String, latency: Int = 10) -> String {
        "{\"status\":200,\"method\":\"GET\",\"path\":\"/\(route)\",\"latency_ms\":\(latency)}"
    }

    private static func routes(_ snapshot: SignalSnapshot) -> [String: UInt64] {
        Dictionary(uniqueKeysWithValues: snapshot.requests.map { ($0.key.route, $0.value.count) })
    }

    @Test func `A series that nobody asks for goes with its counts, others keep theirs`() throws {
        var bench = JudgementBench { _ in }
        bench.process([Self.line("a"), Self.line("b"), Self.line("b", latency: 700)])
        #expect(bench.path.expireSignals(idle: 1) == nil)
        bench.process([Self.line("b")])
        let gone = try #require(bench.path.expireSignals(idle: 1))
        #expect(Self.routes(gone) == ["/a": 1])
        #expect(gone.durations.values.map(\.sum) == [10_000_000])
        #expect(Self.routes(bench.snapshot()) == ["/b": 3])
        bench.process([Self.line("b"), Self.line("c")])
        let left = bench.snapshot()
        #expect(Self.routes(left) == ["/b": 4, "/c": 1])
        let durations = try #require(left.durations.first { $0.key.route == "/b" }?.value)
        #expect(durations.buckets.reduce(0, +) == 4 && durations.sum == 730_000_000)
    }

    @Test func `What expires makes room under the budget`() throws {
        var bench = JudgementBench { $0.maximumSeries = 10 }
        bench.process((0..<20).map { Self.line("old\(Character(Unicode.Scalar(UInt8(97 + $0))))") })
        #expect(Self.routes(bench.snapshot())["__other__"] != nil)
        let gone = [0, 1, 2].compactMap { _ in bench.path.expireSignals(idle: 1) }
        #expect(gone.flatMap { Array(Self.routes($0).values) }.reduce(0, +) == 20)
        #expect(bench.snapshot().requests.isEmpty)
        bench.process((0..<5).map { Self.line("new\(Character(Unicode.Scalar(UInt8(97 + $0))))") })
        let routes = Self.routes(bench.snapshot())
        #expect(routes.count == 5 && routes["__other__"] == nil)
    }
}
