import Objectives
import Settings
import TestSupport
import Testing

@Suite struct ErrorBudgetTests {
    @Test(arguments: ["0", "100", "-1", "100.1"]) func `An objective without a budget is refused`(text: String) throws {
        #expect(ErrorBudget(objectivePercent: try #require(ExactDecimal(parsing: text))) == nil)
    }

    @Test func `A threshold is exact where floating point is not`() throws {
        let objective = try #require(ExactDecimal(parsing: "99.9"))
        let budget = try #require(ErrorBudget(objectivePercent: objective))
        let factor = Fraction(144, 10)
        #expect(!budget.isExceeded(by: EventCounts(good: 9_856, bad: 144), factor: factor))
        #expect(budget.isExceeded(by: EventCounts(good: 9_855, bad: 145), factor: factor))
        #expect(!budget.isExceeded(by: EventCounts(), factor: factor))
        // (100 - 99.9) / 100 is less than 0.001 in floating point, so that a comparison there fires at the threshold.
        #expect(0.0144 > 14.4 * ((100 - 99.9) / 100))
    }

    @Test func `Ratios are undefined without events and never clamped`() throws {
        let objective = try #require(ExactDecimal(parsing: "99.9"))
        let budget = try #require(ErrorBudget(objectivePercent: objective))
        #expect(budget.burnRate(EventCounts()) == nil)
        #expect(budget.remaining(EventCounts()) == nil)
        #expect(budget.burnRate(EventCounts(good: 0, bad: 7)) == 1_000)
        #expect(budget.remaining(EventCounts(good: 0, bad: 7)) == -999)
        #expect(budget.remaining(EventCounts(good: 7, bad: 0)) == 1)
    }

    @Test func `Comparison agrees with exact fractions at any size`() throws {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<5_000 {
            let digits = Int64.random(in: 1...99_999_999_999, using: &random)
            let budget = try #require(ErrorBudget(objectivePercent: ExactDecimal(digits: digits, scale: 9)))
            let factor = Fraction(
                Int64.random(in: 1...90_000, using: &random),
                Int64.random(in: 1...7_200, using: &random)
            )
            let bad = UInt64.random(in: 0...(1 << UInt64.random(in: 1...40, using: &random)), using: &random)
            let good = UInt64.random(in: 0...(1 << UInt64.random(in: 1...40, using: &random)), using: &random)
            // bad / total > (1 - digits / 10^11) · factor
            let left = UInt128(bad) * 100_000_000_000 * UInt128(factor.denominator)
            let right = UInt128(good + bad) * UInt128(100_000_000_000 - digits) * UInt128(factor.numerator)
            #expect(budget.isExceeded(by: EventCounts(good: good, bad: bad), factor: factor) == (left > right))
        }
    }

    @Test func `Fractions are written as one writes them`() {
        #expect(Fraction(144, 10).text == "14.4")
        #expect(Fraction(14, 15).text == "~0.9333")
        #expect(Fraction(2, 3).text == "~0.6667")
        #expect(Fraction(1, 1_000).percent == "0.1%")
        #expect(Fraction(0, 5).text == "0")
    }
}
