import RecordPath
import Settings

extension SLO {
    /// Labels that an SLO may have.
    private static let maximumLabels = 32

    /// Reads an item of `slos`; nil where what is wrong with it, which is reported, leaves no SLO.
    package init?(reading reader: ConfigurationReader, attributes: inout AttributeNames) {
        let name = Self.name(reader)
        let service = Self.service(reader)
        let objective = Self.objective(reader)
        let period = Self.period(reader)
        let sli = SLIOptions(reading: reader.child("sli"), attributes: &attributes)
        let runbook = Self.runbook(reader)
        let alert = AlertOptions(reading: reader.child("alert"))
        let labels = Self.labels(reader, "labels")
        guard let name, let service, let objective, let period, let sli else { return nil }
        self.init(
            name: name,
            service: service,
            objective: objective,
            period: period,
            indicator: sli.indicator,
            latencyThreshold: sli.latencyThreshold,
            runbook: runbook,
            alert: alert,
            labels: labels
        )
    }

    private static func name(_ reader: ConfigurationReader) -> String? {
        guard let name = reader.requiredString("name", "write a short one such as availability") else { return nil }
        guard SLOName.isName(name) else {
            let advice = "use letters, digits and - _ . with a letter or digit at both ends"
            reader.report("name", "\(MessageText.quoted(name)) is no name of an SLO", advice)
            return nil
        }
        return name
    }

    private static func service(_ reader: ConfigurationReader) -> String? {
        let advice = "write the service's name, or \"*\" for every service"
        guard let service = reader.requiredString("service", advice) else { return nil }
        guard service == everyService || SLOName.isService(service) else {
            reader.report("service", "\(MessageText.quoted(service)) is no name of a service", advice)
            return nil
        }
        return service
    }

    private static func objective(_ reader: ConfigurationReader) -> ExactDecimal? {
        guard let objective = reader.decimal("objective") else {
            if !reader.keys.contains("objective") {
                reader.report("objective", "is missing", "write a percentage such as 99.9")
            }
            return nil
        }
        guard ErrorBudget(objectivePercent: objective) != nil else {
            let problem = "\(objective)% leaves no budget that errors could take"
            reader.report("objective", problem, "write a percentage above 0 and below 100, such as 99.9")
            return nil
        }
        guard objective >= ExactDecimal(digits: 1) else {
            let problem = "\(objective) is less than one percent"
            reader.report("objective", problem, "write percent, 99.9 and not 0.999")
            return nil
        }
        return objective
    }

    /// `period: 30d`, or `calendar: month`.
    private static func period(_ reader: ConfigurationReader) -> Period? {
        let calendar = reader.scalar("calendar")
        let duration = reader.optionalDuration("period")
        if let calendar {
            if reader.keys.contains("period") {
                reader.report("calendar", "stands beside `period`", "keep one of the two")
                return nil
            }
            guard calendar.text == "month" else {
                reader.report("calendar", "\(calendar.shown) is no calendar period", "write month")
                return nil
            }
            return .calendarMonth
        }
        guard let duration else { return reader.keys.contains("period") ? nil : .standard }
        let period = Period.rolling(seconds: duration.components.seconds)
        guard period.isKept, duration.components.attoseconds == 0 else {
            let problem = "\(DurationText.format(duration)) is no period that can be kept"
            reader.report("period", problem, "write whole hours or days from 1h to 366d, such as 30d")
            return nil
        }
        return period
    }

    private static func runbook(_ reader: ConfigurationReader) -> String? {
        guard let runbook = reader.optionalString("runbook") else { return nil }
        guard runbook.hasPrefix("https://") || runbook.hasPrefix("http://"), runbook.utf8.count <= 2_048 else {
            reader.report("runbook", "is no web address", "write one that begins with https://")
            return nil
        }
        return runbook
    }

    /// The labels of a key; wrong names are reported and left out.
    static func labels(_ reader: ConfigurationReader, _ key: String) -> [Label] {
        let pairs = reader.pairs(key)
        if pairs.count > maximumLabels {
            reader.report(key, "more than \(maximumLabels) labels", "keep those that alerts are routed by")
        }
        return pairs.prefix(maximumLabels).compactMap { pair in
            if !SLOName.isLabel(pair.key) {
                let problem = "\(MessageText.quoted(pair.key)) is no label name"
                reader.report(key, problem, "use letters, digits and _, with no digit and no __ first")
                return nil
            }
            if pair.key.hasPrefix("sloth_") || ["severity", "burnrate_tier"].contains(pair.key) {
                reader.report(key, "`\(pair.key)` is set by the alerts themselves", "choose another name")
                return nil
            }
            return Label(name: pair.key, value: pair.value)
        }
    }
}
