import Outputs
import Testing

@Suite struct RetryPolicyTests {
    @Test func `delays double up to the largest, and jitter covers all of each`() {
        var policy = RetryPolicy(first: .milliseconds(500), max: .seconds(30))
        let ceilings = (0..<9).map { _ in policy.delay(random: 1) }
        #expect(ceilings == [0.5, 1, 2, 4, 8, 16, 30, 30, 30].map { .seconds($0) })
        #expect(policy.delay(random: 0) == .zero)
        #expect(policy.delay(random: 0.5) == .seconds(15))
    }

    @Test func `after a success the next delay is a first one`() {
        var policy = RetryPolicy(first: .seconds(1), max: .seconds(30))
        for _ in 0..<100 { _ = policy.delay(random: 1) }
        policy.succeeded()
        #expect(policy.delay(random: 1) == .seconds(1))
    }

    @Test func `a server that says when is not asked before, within reason`() {
        var policy = RetryPolicy(first: .seconds(1), max: .seconds(30))
        #expect(policy.delay(random: 0, after: .seconds(20)) == .seconds(20))
        #expect(policy.delay(random: 0.5, after: .seconds(20)) == .seconds(21))
        #expect(policy.delay(random: 0, after: .seconds(86_400)) == .seconds(300))
    }

    @Test func `a slow delay is never short`() {
        var policy = RetryPolicy(first: .seconds(1), max: .seconds(30))
        #expect(policy.slowDelay(random: 0) == .seconds(15))
        #expect(policy.slowDelay(random: 0.999) > .seconds(29))
    }

    @Test func `retries at full speed are a part of first tries`() {
        var budget = RetryBudget(percent: 20)
        let atStart = (0..<20).map { _ in budget.retry() }
        #expect(atStart == Array(repeating: true, count: 10) + Array(repeating: false, count: 10))
        for _ in 0..<5 { budget.firstTry() }
        let earned = (0..<2).map { _ in budget.retry() }
        #expect(earned == [true, false])
        for _ in 0..<1000 { budget.firstTry() }
        let saved = (0..<20).filter { _ in budget.retry() }
        #expect(saved.count == 10)
    }
}
