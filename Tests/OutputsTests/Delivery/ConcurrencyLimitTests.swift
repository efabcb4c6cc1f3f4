import Outputs
import Testing

@Suite struct ConcurrencyLimitTests {
    @Test func `failures halve it down to one, successes bring it back a step at a time`() {
        var limit = ConcurrencyLimit(max: 8)
        let down = (0..<4).map { _ in
            limit.failed()
            return limit.current
        }
        #expect(down == [4, 2, 1, 1])
        var steps: [Int: Int] = [:]
        while limit.current < 8 {
            steps[limit.current, default: 0] += 1
            limit.succeeded()
        }
        #expect(steps == [1: 4, 2: 8, 3: 12, 4: 16, 5: 20, 6: 24, 7: 28])
        for _ in 0..<1000 { limit.succeeded() }
        #expect(limit.current == 8)
    }

    @Test func `a failure on the way up starts the count anew`() {
        var limit = ConcurrencyLimit(max: 2)
        limit.failed()
        for _ in 0..<3 { limit.succeeded() }
        limit.failed()
        for _ in 0..<3 { limit.succeeded() }
        #expect(limit.current == 1)
        limit.succeeded()
        #expect(limit.current == 2)
    }
}
