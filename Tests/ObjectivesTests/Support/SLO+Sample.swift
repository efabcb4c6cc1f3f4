import Objectives
import RecordPath
import Settings
import Testing

extension SLO {
    /// An availability SLO of checkout.
    static func sample(
        _ objective: String = "99.9",
        name: String = "availability",
        service: String = "checkout",
        period: Period = .standard,
        minimumBad: UInt64 = 5,
        bad: String = "status >= 500"
    ) throws -> SLO {
        var names = AttributeNames()
        let indicator = Indicator(
            bad: try Expression(bad, attributes: &names),
            good: nil,
            total: try Expression("status > 0", attributes: &names)
        )
        let percent = try #require(ExactDecimal(parsing: objective))
        return try #require(
            SLO(
                name: name,
                service: service,
                objective: percent,
                period: period,
                indicator: indicator,
                alert: AlertOptions(minimumBad: minimumBad)
            )
        )
    }
}
