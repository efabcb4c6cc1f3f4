import RecordPath
import Settings

/// A service level objective: which share of which events must be good over which time.
package struct SLO: Sendable {
    /// Stands for every service: the SLO has one result for each.
    package static let everyService = "*"

    /// Unique for its service.
    package var name: String
    /// A service, or `*`.
    package var service: String
    /// Percent, as it was written.
    package var objective: ExactDecimal
    package var budget: ErrorBudget
    package var period: Period
    package var indicator: Indicator
    /// The threshold of a latency SLO in nanoseconds: a bound that the latency histogram must have.
    package var latencyThreshold: Int64?
    /// Where alerts send whoever is woken; nil: the generated runbook.
    package var runbook: String?
    package var alert: AlertOptions
    /// In the order of the configuration.
    package var labels: [Label]

    /// A label of the info series and the alerts.
    package struct Label: Sendable, Equatable {
        package let name: String
        package let value: String

        /// Makes a label.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Makes an SLO; nil unless the objective is above 0 and below 100 percent and the period one that can be kept.
    package init?(
        name: String,
        service: String,
        objective: ExactDecimal,
        period: Period = .standard,
        indicator: Indicator,
        latencyThreshold: Int64? = nil,
        runbook: String? = nil,
        alert: AlertOptions = AlertOptions(),
        labels: [Label] = []
    ) {
        guard let budget = ErrorBudget(objectivePercent: objective), period.isKept else { return nil }
        self.name = name
        self.service = service
        self.objective = objective
        self.budget = budget
        self.period = period
        self.indicator = indicator
        self.latencyThreshold = latencyThreshold
        self.runbook = runbook
        self.alert = alert
        self.labels = labels
    }

    /// Whether it has one result for each service.
    package var isForEveryService: Bool { service == Self.everyService }

    /// The id of its result for a service, as Sloth makes it.
    package func slothID(for service: String) -> String { "\(service)-\(name)" }

    /// The id of the SLO itself; that of one for every service begins with `*`.
    package var slothID: String { slothID(for: service) }

    /// The alert tiers it has, and those it cannot have.
    package var tiers: TierPlan { TierPlan(budget: budget, period: period, disabled: alert.disabled) }

    /// A number that changes when what is counted changes, so that old counts are not taken for new ones.
    var fingerprint: UInt64 {
        let parts = [indicator.total?.text, indicator.bad?.text, indicator.good?.text].map { $0 ?? "" }
        // FNV-1a, with a byte between the parts that no text holds.
        return parts.joined(separator: "\u{1F}").utf8.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
    }
}
