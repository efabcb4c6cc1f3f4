import RecordPath
import Settings

/// What the documents of others have in common.
struct ForeignSLO {
    let reader: ConfigurationReader
    let service: String
    let labels: [SLO.Label]
    let runbook: String?
    /// Where the name stands, and what is added to it.
    var nameReader: ConfigurationReader?
    var suffix = ""

    /// The SLO; nil where its name or objective, which is reported, leaves none.
    func slo(objective: ExactDecimal?, period: Period, sli: SLIOptions) -> SLO? {
        let named = nameReader ?? reader
        guard let name = named.requiredString("name", "write a short one such as availability") else { return nil }
        guard SLOName.isName(name + suffix) else {
            let advice = "use letters, digits and - _ . with a letter or digit at both ends"
            named.report("name", "\(MessageText.quoted(name)) is no name of an SLO", advice)
            return nil
        }
        guard let objective, ErrorBudget(objectivePercent: objective) != nil else {
            reader.reportSelf("has no objective that leaves a budget", "write a percentage above 0 and below 100")
            return nil
        }
        return SLO(
            name: name + suffix,
            service: service,
            objective: objective,
            period: period,
            indicator: sli.indicator,
            latencyThreshold: sli.latencyThreshold,
            runbook: runbook,
            labels: labels
        )
    }
}
