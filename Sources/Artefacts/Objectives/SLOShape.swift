import Objectives
import Settings

/// What the rules need to know of an SLO.
///
/// Rules are written for all SLOs at once: the counters carry the SLO's labels, so that a service that appears tomorrow
/// has its alerts. Only where SLOs of a configuration differ do rules tell them apart.
struct SLOShape: Sendable {
    let name: String
    let service: String
    let objective: ExactDecimal
    let budget: ErrorBudget
    let period: Period
    let tiers: TierPlan
    let alert: AlertOptions
    let runbook: String?
    let labels: [SLO.Label]

    /// What a configuration without SLOs gets rules for: whatever agents export, over 30 days.
    static let standard = SLOShape(
        name: "availability",
        service: "checkout",
        objective: ExactDecimal(digits: 999, scale: 1),
        budget: standardBudget,
        period: .standard,
        tiers: TierPlan(budget: standardBudget, period: .standard),
        alert: AlertOptions(),
        runbook: nil,
        labels: []
    )

    private static let standardBudget: ErrorBudget = {
        guard let budget = ErrorBudget(objectivePercent: ExactDecimal(digits: 999, scale: 1)) else {
            preconditionFailure("99.9 percent leaves a budget")
        }
        return budget
    }()

    init(
        name: String,
        service: String,
        objective: ExactDecimal,
        budget: ErrorBudget,
        period: Period,
        tiers: TierPlan,
        alert: AlertOptions,
        runbook: String?,
        labels: [SLO.Label]
    ) {
        self.name = name
        self.service = service
        self.objective = objective
        self.budget = budget
        self.period = period
        self.tiers = tiers
        self.alert = alert
        self.runbook = runbook
        self.labels = labels
    }

    init(_ slo: SLO) {
        self.init(
            name: slo.name,
            service: slo.service,
            objective: slo.objective,
            budget: slo.budget,
            period: slo.period,
            tiers: slo.tiers,
            alert: slo.alert,
            runbook: slo.runbook,
            labels: slo.labels
        )
    }

    var isForEveryService: Bool { service == SLO.everyService }

    /// A service that it has, for unit tests.
    var sampleService: String { isForEveryService ? "checkout" : service }

    /// The labels of its series for that service.
    var sampleLabels: [String: String] {
        ["sloth_id": "\(sampleService)-\(name)", "sloth_service": sampleService, "sloth_slo": name]
    }

    /// The factor of a tier; nil where it does not have it.
    func factor(_ tier: Tier) -> Fraction? { tiers.rules.first { $0.tier == tier }?.factor }
}
