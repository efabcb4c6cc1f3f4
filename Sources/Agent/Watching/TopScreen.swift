import Objectives

/// One frame of `martlet top` as text lines.
///
/// Pure: figures in, lines out.
struct TopScreen {
    typealias Palette = DemoScreen.Palette

    /// Services and SLOs that are shown at most.
    private static let rowsMax = 20
    let palette: Palette
    /// Columns that texts of unknown length are cut to.
    let width: Int

    /// The lines of a frame.
    func lines(_ figures: TopFigures) -> [String] {
        var lines = [head(figures)]
        lines += figures.inputs.sorted { $0.key < $1.key }.map { state($0.key, $0.value, kind: "input") }
        lines.append("")
        lines += services(figures.services)
        if !figures.objectives.isEmpty { lines += [""] + objectives(figures.objectives) }
        lines.append("")
        lines += figures.outputs.map(output)
        return lines
    }

    private func head(_ figures: TopFigures) -> String {
        let read = DemoScreen.grouped(figures.records)
        let bytes = figures.bytesPerSecond.map { DemoScreen.bytes(UInt64($0)) + "/s" } ?? "-"
        return
            "\(palette.bold)martlet top\(palette.reset)   \(read) records read, \(Self.rate(figures.recordsPerSecond))/s, \(bytes)"
    }

    private func state(_ name: String, _ problem: String?, kind: String) -> String {
        let label = Self.left(kind, 9) + Self.left(name, 14)
        guard let problem else { return label + palette.green + "up" + palette.reset }
        return label + palette.red + String(problem.prefix(max(20, width - 24))) + palette.reset
    }

    private func services(_ services: [TopFigures.Service]) -> [String] {
        let head = ["req/s", "errors", "p50", "p95", "p99", "saturation"].map { Self.right($0, 11) }.joined()
        var lines = [palette.dim + Self.left("service", 24) + head + palette.reset]
        for service in services.prefix(Self.rowsMax) {
            let isBad = (service.errorRatio ?? 0) >= 0.01
            let cells = [
                Self.rate(service.requestsPerSecond), Self.percent(service.errorRatio), DemoScreen.time(service.p50),
                DemoScreen.time(service.p95), DemoScreen.time(service.p99), Self.percent(service.saturation),
            ]
            let row = Self.left(service.name, 24) + cells.map { Self.right($0, 11) }.joined()
            lines.append(isBad ? palette.red + row + palette.reset : row)
        }
        if services.count > Self.rowsMax { lines.append("… and \(services.count - Self.rowsMax) more services") }
        return lines
    }

    private func objectives(_ readings: [ObjectiveReading]) -> [String] {
        let head = ["objective", "budget left", "burn 1h", "alerts"].map { Self.right($0, 13) }.joined()
        var lines = [palette.dim + Self.left("SLO", 30) + head + palette.reset]
        let worst = readings.sorted { ($0.budgetRemaining ?? 1, $0.slothID) < ($1.budgetRemaining ?? 1, $1.slothID) }
        for reading in worst.prefix(Self.rowsMax) {
            let firing = reading.alerts.filter(\.isActive).map(\.tier.rawValue)
            let burn = reading.windows.first { $0.label == "1h" }?.burnRate
            let cells = [
                reading.objective + "%", Self.percent(reading.budgetRemaining),
                burn.map { BurnAlert.rounded($0) } ?? "-",
                firing.isEmpty ? "quiet" : firing.joined(separator: ","),
            ]
            let row = Self.left(reading.slothID, 30) + cells.map { Self.right($0, 13) }.joined()
            lines.append(firing.isEmpty ? row : palette.red + row + palette.reset)
        }
        if readings.count > Self.rowsMax { lines.append("… and \(readings.count - Self.rowsMax) more") }
        return lines
    }

    private func output(_ output: TopFigures.Output) -> String {
        let waiting = "\(DemoScreen.grouped(output.waiting)) waiting (\(DemoScreen.bytes(UInt64(output.spoolBytes))))"
        let head = Self.left("output", 9) + Self.left(output.name, 14)
        let state = output.problem.map { palette.red + String($0.prefix(max(20, width - 60))) + palette.reset }
        return head + Self.right(Self.rate(output.shippedPerSecond) + "/s", 12) + "   " + waiting + "   "
            + (state ?? palette.green + "up" + palette.reset)
    }

    // MARK: Numbers

    private static func rate(_ value: Double?) -> String {
        value.map { $0 < 100 ? DemoScreen.decimal($0, 1) : DemoScreen.grouped(UInt64($0)) } ?? "-"
    }

    private static func percent(_ ratio: Double?) -> String {
        ratio.map { DemoScreen.decimal($0 * 100, 2) + "%" } ?? "-"
    }

    private static func left(_ text: String, _ width: Int) -> String {
        let cut = String(text.prefix(width - 1))
        return cut + String(repeating: " ", count: width - cut.count)
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
