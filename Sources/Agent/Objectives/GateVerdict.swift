import Objectives
import Settings

/// Whether a deployment may go on: no service of an SLO burns its budget faster than allowed over a window.
struct GateVerdict {
    private struct Item {
        let slothID: String
        let counts: EventCounts
        let burnRate: Double?
        let isOK: Bool
    }

    private let items: [Item]
    private let limit: ExactDecimal
    private let window: String

    /// Judges; a burn rate is compared exactly, and no events at all burn nothing.
    init(
        _ counts: [(slo: SLO, slothID: String, counts: EventCounts)],
        limit: ExactDecimal,
        window: String
    ) {
        let factor = Fraction(limit.digits, limit.denominator)
        items = counts.map { slo, slothID, counts in
            Item(
                slothID: slothID,
                counts: counts,
                burnRate: slo.budget.burnRate(counts),
                isOK: !slo.budget.isExceeded(by: counts, factor: factor)
            )
        }
        self.limit = limit
        self.window = window
    }

    var isOK: Bool { items.allSatisfy(\.isOK) }

    /// One line for each service.
    var text: String {
        items.map { item in
            let burn = item.burnRate.map { "burns \(BurnAlert.rounded($0)) times as fast as it may" } ?? "has no events"
            let verdict = item.isOK ? "ok    " : "BURNS "
            return
                "\(verdict)\(item.slothID) \(burn) over \(window) (\(item.counts.bad) bad of \(item.counts.total), allowed \(limit))\n"
        }.joined()
    }

    var json: String {
        let results = items.map { item in
            let burn = item.burnRate.map { "\($0)" } ?? "null"
            return "{\"sloth_id\":\(LineExplainer.quoted(item.slothID)),\"good\":\(item.counts.good),"
                + "\"bad\":\(item.counts.bad),\"burn_rate\":\(burn),\"ok\":\(item.isOK)}"
        }
        return
            "{\"ok\":\(isOK),\"window\":\"\(window)\",\"max_burn\":\(limit),\"results\":[\(results.joined(separator: ","))]}"
    }
}
