import Objectives

/// The report of a backtest for people.
package struct BacktestText {
    private let result: BacktestRun.Result

    /// Makes the text of a result.
    package init(_ result: BacktestRun.Result) { self.result = result }

    /// When tiers would have fired and resolved, then how each SLO stood at the end.
    package var text: String {
        var lines: [String] = []
        for firing in result.report.firings {
            let end = firing.resolvedAt.map { "resolved \($0.rfc3339)" } ?? "still firing at the end"
            let tier = firing.tier.rawValue
            lines.append(
                "\(firing.firedAt.rfc3339)  \(tier.padding(8))\(firing.tier.severity.rawValue.padding(7))\(firing.slothID)  \(end)"
            )
        }
        if lines.isEmpty { lines.append("no tier would have fired") }
        for summary in result.report.summaries {
            let reading = summary.reading
            let firings = result.report.firings.filter { $0.slothID == reading.slothID }
            let pages = firings.filter { $0.tier.severity == .page }.count
            let ratio = summary.errorRatio.map { BurnAlert.rounded($0 * 100) + "% bad" } ?? "no events"
            lines.append("")
            lines.append(
                ObjectiveTable.paragraph(reading)
                    + "  in all     \(reading.good) good, \(reading.bad) bad, \(ratio); \(pages) pages, \(firings.count - pages) tickets"
            )
        }
        lines.append("")
        lines.append("\(result.lines) lines in \(BurnAlert.rounded(result.seconds)) CPU seconds")
        if result.undated > 0 { lines.append("\(result.undated) events without any time were left out") }
        if result.omitted > 0 { lines.append("\(result.omitted) events were left out: too many slots of time") }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
