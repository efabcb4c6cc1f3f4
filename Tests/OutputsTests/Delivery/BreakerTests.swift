import Outputs
import Testing

@Suite struct BreakerTests {
    private let second: Int64 = 1_000_000_000

    @Test func `it opens at so many failures in a row, not before`() {
        var breaker = Breaker(failures: 3, probe: .seconds(10))
        breaker.failed(now: 0)
        breaker.failed(now: 0)
        breaker.succeeded()
        breaker.failed(now: 0)
        breaker.failed(now: 0)
        #expect(breaker.admit(now: 0) == .go)
        #expect(!breaker.isOpen)
        breaker.failed(now: 0)
        #expect(breaker.isOpen)
        #expect(breaker.admit(now: 4 * second) == .wait(.seconds(6)))
    }

    @Test func `open, it lets one try through and no second one beside it`() {
        var breaker = Breaker(failures: 1, probe: .seconds(10))
        breaker.failed(now: 0)
        #expect(breaker.admit(now: 10 * second) == .go)
        #expect(breaker.admit(now: 11 * second) == .wait(.seconds(9)))
        breaker.succeeded()
        #expect(breaker.admit(now: 11 * second) == .go)
        #expect(breaker.admit(now: 11 * second) == .go)
    }

    @Test func `a try that fails keeps it open for another while`() {
        var breaker = Breaker(failures: 1, probe: .seconds(10))
        breaker.failed(now: 0)
        #expect(breaker.admit(now: 10 * second) == .go)
        breaker.failed(now: 12 * second)
        #expect(breaker.admit(now: 21 * second) == .wait(.seconds(1)))
        #expect(breaker.admit(now: 22 * second) == .go)
    }

    @Test func `a try whose result never comes does not hold it for ever`() {
        var breaker = Breaker(failures: 1, probe: .seconds(10))
        breaker.failed(now: 0)
        #expect(breaker.admit(now: 10 * second) == .go)
        #expect(breaker.admit(now: 20 * second) == .go)
    }

    @Test func `late failures of tries that began before do not prolong it`() {
        var breaker = Breaker(failures: 1, probe: .seconds(10))
        breaker.failed(now: 0)
        breaker.failed(now: 9 * second)
        #expect(breaker.admit(now: 10 * second) == .go)
    }
}
