import Agent
import Testing

@Suite struct LogLimiterTests {
    private static let second: Int64 = 1_000_000_000

    @Test func aBurstPassesThenOneAnIntervalWithTheCountOfTheRest() {
        var limiter = LogLimiter(burst: 2, interval: 10 * Self.second)
        let verdicts = (0..<5).map { _ in limiter.admit("down", at: 0) }
        #expect(verdicts == [.write(suppressed: 0), .write(suppressed: 0), .suppress, .suppress, .suppress])
        #expect(limiter.admit("down", at: 9 * Self.second) == .suppress)
        #expect(limiter.admit("down", at: 10 * Self.second) == .write(suppressed: 4))
        #expect(limiter.admit("down", at: 10 * Self.second) == .suppress)
    }

    @Test func aQuietMessageHasItsWholeBurstAgain() {
        var limiter = LogLimiter(burst: 2, interval: Self.second)
        for _ in 0..<3 { _ = limiter.admit("down", at: 0) }
        let later = (0..<3).map { _ in limiter.admit("down", at: 100 * Self.second) }
        #expect(later == [.write(suppressed: 1), .write(suppressed: 0), .suppress])
    }

    @Test func oneMessageTakesNothingFromAnother() {
        var limiter = LogLimiter(burst: 1, interval: Self.second)
        #expect(limiter.admit("a", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("a", at: 0) == .suppress)
        #expect(limiter.admit("b", at: 0) == .write(suppressed: 0))
    }

    @Test func whatWasHeldBackIsSaidOnceItsTimeHasCome() {
        var limiter = LogLimiter(burst: 1, interval: 10 * Self.second)
        for _ in 0..<4 { _ = limiter.admit("down", at: 0) }
        #expect(limiter.overdue(at: 9 * Self.second) == [])
        #expect(
            limiter.overdue(at: 10 * Self.second) == [LogLimiter.Overdue(message: "down", suppressed: 3)]
        )
        #expect(limiter.overdue(at: 20 * Self.second) == [])
    }

    @Test func atTheEndEverythingIsSaid() {
        var limiter = LogLimiter(burst: 1, interval: Self.second)
        for message in ["b", "a", "a", "b", "b", "c"] { _ = limiter.admit(message, at: 0) }
        #expect(
            limiter.rest() == [
                LogLimiter.Overdue(message: "a", suppressed: 1), LogLimiter.Overdue(message: "b", suppressed: 2),
            ]
        )
    }

    @Test func messagesBeyondTheMemoryShareOneBucketAndQuietOnesMakeRoom() {
        var limiter = LogLimiter(burst: 2, interval: 10 * Self.second, messagesMax: 2)
        #expect(limiter.admit("a", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("b", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("c", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("d", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("e", at: 0) == .suppress)
        #expect(limiter.admit("f", at: 60 * Self.second) == .write(suppressed: 0))
        #expect(limiter.rest() == [LogLimiter.Overdue(message: "other messages", suppressed: 1)])
    }

    @Test func aClockThatGoesBackDoesNotSilenceAMessageForLong() {
        var limiter = LogLimiter(burst: 1, interval: Self.second)
        #expect(limiter.admit("a", at: 1_000_000 * Self.second) == .write(suppressed: 0))
        #expect(limiter.admit("a", at: 0) == .write(suppressed: 0))
        #expect(limiter.admit("a", at: 0) == .suppress)
    }
}
