import Objectives
import Settings
import Testing

@Suite struct TierPlanTests {
    private func budget(_ objective: String) throws -> ErrorBudget {
        let percent = try #require(ExactDecimal(parsing: objective))
        return try #require(ErrorBudget(objectivePercent: percent))
    }

    private static let expectedFactors: [(days: Int64, factors: [String])] = [
        (30, ["14.4", "6", "3", "1"]), (28, ["13.44", "5.6", "2.8", "1"]), (90, ["43.2", "18", "9", "3"]),
        (7, ["3.36", "1.4", "0.7", "~0.2333"]),
    ]

    @Test("Factors follow the period, and from 28 days never fall below 1", arguments: expectedFactors)
    func factors(days: Int64, expected: [String]) {
        let period = Period.rolling(seconds: days * 86_400)
        #expect(Tier.allCases.map { TierPlan.factor($0, period).text } == expected)
        #expect(TierPlan.factor(.fast, .calendarMonth).text == "14.4")
    }

    @Test func `A tier that would fire inside the objective is left out with the arithmetic`() throws {
        let plan = TierPlan(budget: try budget("99.9"), period: .rolling(seconds: 7 * 86_400))
        #expect(plan.rules.map(\.tier) == [.fast, .medium])
        #expect(plan.omissions.map(\.tier) == [.slow, .trickle])
        let reason = try #require(plan.omissions.first?.reason)
        #expect(
            reason
                == "10% of the budget in 1d: factor 10% × 7d / 1d = 0.7, below 1: it would fire while the objective is met"
        )
    }

    @Test func `A tier that no outage exceeds is left out with the arithmetic`() throws {
        let plan = TierPlan(budget: try budget("90"), period: .standard)
        #expect(plan.rules.map(\.tier) == [.medium, .slow, .trickle])
        #expect(
            plan.omissions.map(\.reason) == [
                "2% of the budget in 1h: factor 2% × 30d / 1h = 14.4; 14.4 × 10% = 144% errors, which no outage exceeds: "
                    + "it would never fire"
            ]
        )
        #expect(plan.rules.first?.reason.hasSuffix("= 6; 6 × 10% = 60% errors in 6h and 30m") == true)
        // Exactly all requests are no more than all requests.
        let exact = TierPlan(budget: try budget("50"), period: .rolling(seconds: 100 * 3_600))
        #expect(
            exact.rules.map(\.tier) == [] && exact.omissions.first?.reason.contains("2 × 50% = 100% errors") == true
        )
    }

    @Test func `A tier that the configuration turns off is left out`() throws {
        let plan = TierPlan(budget: try budget("99.9"), period: .standard, disabled: [.slow, .trickle])
        #expect(plan.rules.map(\.tier) == [.fast, .medium])
    }

    @Test func `Every period and every objective has a plan`() throws {
        for hours in Int64(1)...(366 * 24) {
            let period = Period.rolling(seconds: hours * 3_600)
            for objective in ["0.000000001", "99.999999999", "33.333333333", "99.9"] {
                let plan = TierPlan(budget: try budget(objective), period: period)
                #expect(plan.rules.count + plan.omissions.count == 4)
            }
        }
    }
}
