extension ObjectiveReading {
    /// The reading as one line of JSON: what `slo status --format json` prints.
    package var json: String {
        JSONLine.object { line in
            line.field("sloth_id", slothID)
            line.field("service", service)
            line.field("slo", name)
            line.field("objective", json: objective)
            line.field("period", period.label)
            line.field("good", good)
            line.field("bad", bad)
            line.field("late", lateEvents)
            line.field("error_ratio", json: byWindow { $0.errorRatio })
            line.field("burn_rate", json: burnRates)
            line.field("coverage", json: byWindow { $0.coverage })
            line.field("budget_remaining", budgetRemaining)
            line.field("exhaustion_seconds", exhaustionSeconds)
            line.field("budget_shrinks", exhaustionSeconds.map { $0.isFinite } ?? false)
            line.field("alerts", json: "[" + alerts.filter(\.isActive).map(\.json).joined(separator: ",") + "]")
        }
    }

    /// The burn rate of each window, null where it has no events.
    var burnRates: String { byWindow { $0.burnRate } }

    private func byWindow(_ value: (Window) -> Double?) -> String {
        JSONLine.object { line in
            for window in windows { line.field(window.label, value(window)) }
        }
    }
}

extension ObjectiveReading.Alert {
    fileprivate var json: String {
        JSONLine.object { line in
            line.field("tier", tier.rawValue)
            line.field("severity", tier.severity.rawValue)
            line.field("fired_at", firedAt?.rfc3339)
        }
    }
}
