import RecordPath
import TestSupport
import Testing

/// Requests are counted exactly, however many paths take each other's place in the cache.
struct RequestCacheTests {
    private struct Key: Hashable {
        let method: String
        let path: String
        let status: Int
    }

    private struct Counts: Equatable {
        var requests: UInt64 = 0
        var errors: UInt64 = 0
        var timed: UInt64 = 0
        var sum: Int64 = 0
    }

    private static let words = ["cart", "login", "order", "items", "pay", "search", "user", "help", "list", "new"]
    private static let methods = ["GET", "POST", "PUT"]
    private static let statuses = [200, 404, 503]

    /// `paths` of them are told apart; three methods and three statuses each.
    @Test("Whatever share of the paths the cache holds, the series add up", arguments: [20, 20_000])
    func addsUp(paths: Int) throws {
        var random = SeededGenerator(seed: UInt64(paths))
        var bench = JudgementBench { $0.maximumSeries = 1_000_000 }
        var expected: [Key: Counts] = [:]
        for round in 0..<6 {
            let lines = (0..<5_000).map { _ in Self.request(&random, paths, &expected) }
            bench.process(lines)
            if round == 3 { bench.expire() }
            if round % 2 == 0 { _ = bench.snapshot() }
        }
        let snapshot = bench.snapshot()
        var found: [Key: Counts] = [:]
        for (labels, requests) in snapshot.requests {
            let status = Self.statuses.first { "\($0 / 100)xx" == labels.statusClass } ?? 0
            found[Key(method: labels.method, path: labels.route, status: status)] =
                Counts(requests: requests.count, errors: requests.errors)
        }
        #expect(found.count == expected.count)
        #expect(found.allSatisfy { $1.requests == expected[$0]?.requests && $1.errors == expected[$0]?.errors })
        let times = Dictionary(grouping: expected, by: { [$0.key.method, $0.key.path] }).mapValues { series in
            series.reduce(into: Counts()) { ($0.timed, $0.sum) = ($0.timed + $1.value.timed, $0.sum + $1.value.sum) }
        }
        for (labels, durations) in snapshot.durations {
            let wanted = try #require(times[[labels.method, labels.route]])
            #expect(durations.buckets.reduce(0, +) == wanted.timed && durations.sum == wanted.sum)
        }
        #expect(snapshot.durations.values.reduce(0) { $0 + $1.sum } == expected.values.reduce(0) { $0 + $1.sum })
        #expect(snapshot.limited == 0)
    }

    @Test func `What is over the budget is counted, in series that stand for many, and told`() {
        var random = SeededGenerator(seed: 1)
        var bench = JudgementBench { $0.maximumSeries = 20 }
        var expected: [Key: Counts] = [:]
        bench.process((0..<3_000).map { _ in Self.request(&random, 500, &expected) })
        let snapshot = bench.snapshot()
        let own = snapshot.requests.filter { $0.key.route != "__other__" }
        // A tenth more for services' other routes, and of other services one for each method and status.
        #expect(own.count <= 20 && snapshot.requests.count <= 22 + 9 && snapshot.durations.count <= 22 + 3)
        #expect(snapshot.requests.values.reduce(0) { $0 + $1.count } == 3_000)
        #expect(snapshot.requests.values.reduce(0) { $0 + $1.errors } == expected.values.reduce(0) { $0 + $1.errors })
        #expect(snapshot.durations.values.reduce(0) { $0 + $1.sum } == expected.values.reduce(0) { $0 + $1.sum })
        let timed = snapshot.durations.values.reduce(0) { $0 + $1.buckets.reduce(0, +) }
        #expect(timed == expected.values.reduce(0) { $0 + $1.timed })
        #expect(snapshot.limited > 1_000 && snapshot.limited < 3_000 + timed)
    }

    private static func request(
        _ random: inout SeededGenerator,
        _ paths: Int,
        _ expected: inout [Key: Counts]
    ) -> String {
        var number = Int.random(in: 0..<paths, using: &random)
        var path = ""
        repeat {
            path += "/\(words[number % words.count])"
            number /= words.count
        } while number > 0
        let method = methods[Int.random(in: 0..<3, using: &random)]
        let status = statuses[Int.random(in: 0..<3, using: &random)]
        let latency = Int.random(in: -500..<2_000, using: &random)
        var counts = expected[Key(method: method, path: path, status: status)] ?? Counts()
        counts.requests += 1
        counts.errors += status >= 500 ? 1 : 0
        if latency >= 0 { (counts.timed, counts.sum) = (counts.timed + 1, counts.sum + Int64(latency) * 1_000_000) }
        expected[Key(method: method, path: path, status: status)] = counts
        let time = latency >= 0 ? ",\"latency_ms\":\(latency)" : ""
        return "{\"method\":\"\(method)\",\"path\":\"\(path)\",\"status\":\(status)\(time)}"
    }
}
