import Agent
import RecordPath
import Testing

/// One budget of series for all workers and all runs.
@Suite struct SeriesBudgetTests {
    private typealias Key = SignalSnapshot.Request

    private func key(_ service: String, _ route: String) -> Key {
        Key(service: service, method: "GET", route: route, statusClass: "2xx")
    }

    private func counted(_ keys: [Key]) -> SeriesCounts {
        var counts = SeriesCounts(bounds: [5], requests: keys, durations: keys)
        for series in keys.indices {
            counts.add(series, count: 2, errors: 1)
            counts.add(series, buckets: [1, 1], sum: 10)
        }
        return counts
    }

    private func budget(_ maximum: Int, known: [Key] = []) -> SeriesBudget {
        let known = Set(known)
        let found = SeriesBudget.Known(count: known.count) { known.contains($0) }
        return SeriesBudget(maximum: maximum, requests: found, durations: found)
    }

    @Test func `What several workers bring is no more than the budget, and nothing goes uncounted`() {
        var budget = budget(100)
        var sum = SignalSnapshot(bounds: [5])
        for worker in 0..<4 {
            budget.add(counted((0..<90).map { key("s", "/\(worker)-\($0)") }), to: &sum)
        }
        #expect(sum.requests.count <= 111 && sum.durations.count <= 111)
        #expect(sum.requests.values.reduce(0) { $0 + $1.count } == 4 * 90 * 2)
        #expect(sum.requests.values.reduce(0) { $0 + $1.errors } == 4 * 90)
        #expect(sum.durations.values.reduce(0) { $0 + $1.sum } == 4 * 90 * 10)
        #expect(sum.requests[key("s", "__other__")]?.count == UInt64(4 * 90 - 100) * 2)
        #expect(sum.limited == UInt64(4 * 90 - 100) * 4)
    }

    @Test func `Series of earlier runs count, stay, and go on`() {
        let known = (0..<100).map { key("s", "/\($0)") }
        var budget = budget(100, known: known)
        var sum = SignalSnapshot(bounds: [5])
        budget.add(counted([known[7], key("s", "/new"), key("t", "/new")]), to: &sum)
        #expect(sum.requests[known[7]]?.count == 2)
        #expect(sum.requests[key("s", "__other__")]?.count == 2)
        #expect(sum.requests[key("t", "__other__")]?.count == 2)
        #expect(sum.requests.count == 3)
    }

    @Test func `Beyond a tenth more, services go together too`() {
        var budget = budget(50)
        var sum = SignalSnapshot(bounds: [5])
        budget.add(counted((0..<500).map { key("service-\($0)", "/") }), to: &sum)
        #expect(sum.requests.count <= 56)
        #expect((sum.requests[key("__other__", "__other__")]?.count ?? 0) > 800)
        #expect(sum.requests.values.reduce(0) { $0 + $1.count } == 1000)
    }

    @Test func `With room for all, all stay as they are`() {
        var budget = budget(100)
        var sum = SignalSnapshot(bounds: [5])
        let keys = (0..<100).map { key("s", "/\($0)") }
        for _ in 0..<3 { budget.add(counted(keys), to: &sum) }
        #expect(sum.requests.count == 100 && sum.limited == 0)
        #expect(sum.requests.values.allSatisfy { $0.count == 6 })
    }
}
