import Objectives
import Settings

/// How SLOs stand, for people.
struct ObjectiveTable {
    private let standings: [ObjectiveKeeper.Standing]

    init(_ standings: [ObjectiveKeeper.Standing]) { self.standings = standings }

    /// A paragraph for each SLO and service.
    var text: String {
        standings.isEmpty ? "no SLOs\n" : standings.map { Self.paragraph($0.reading) }.joined(separator: "\n")
    }

    /// A paragraph about one SLO of one service.
    static func paragraph(_ reading: ObjectiveReading) -> String {
        var lines = [title(reading)]
        lines.append(row("window", reading.windows.map(\.label)))
        lines.append(row("errors", reading.windows.map { $0.errorRatio.map { percent($0) } ?? "-" }))
        lines.append(row("burn rate", reading.windows.map { $0.burnRate.map(BurnAlert.rounded) ?? "-" }))
        lines.append(row("observed", reading.windows.map { "\(Int(($0.coverage * 100).rounded()))%" }))
        return lines.joined(separator: "\n") + "\n"
    }

    private static func title(_ reading: ObjectiveReading) -> String {
        var parts = ["\(reading.slothID)  \(reading.objective)% over \(reading.period.label)"]
        parts.append(reading.budgetRemaining.map { "budget left \(percent($0))" } ?? "no events yet")
        if let seconds = reading.exhaustionSeconds {
            parts.append(seconds.isFinite ? "gone in \(span(seconds))" : "not shrinking")
        }
        let firing = reading.alerts.filter(\.isActive).map { "\($0.tier.rawValue) since \($0.firedAt?.rfc3339 ?? "?")" }
        parts.append(firing.isEmpty ? "quiet" : "FIRING \(firing.joined(separator: ", "))")
        return parts.joined(separator: "  ")
    }

    private static func row(_ name: String, _ cells: [String]) -> String {
        "  " + padded(name, 11) + cells.map { padded($0, 9) }.joined()
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func percent(_ ratio: Double) -> String { BurnAlert.rounded(ratio * 100) + "%" }

    /// The two largest units of a time.
    static func span(_ seconds: Double) -> String {
        guard seconds < 1e9 else { return "decades" }
        let total = Int64(seconds)
        let unit: Int64 = total >= 86_400 ? 3_600 : total >= 3_600 ? 60 : 1
        return DurationText.format(.seconds(total / unit * unit))
    }
}
