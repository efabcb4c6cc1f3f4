/// One frame of the demo as text lines.
///
/// Pure: figures in, lines out.
struct DemoScreen {
    /// Terminal colours; all empty without a terminal or with `NO_COLOR`.
    struct Palette {
        var bold = ""
        var dim = ""
        var red = ""
        var yellow = ""
        var green = ""
        var reset = ""

        static let plain = Palette()
        static let ansi = Palette(
            bold: "\u{1B}[1m",
            dim: "\u{1B}[2m",
            red: "\u{1B}[31m",
            yellow: "\u{1B}[33m",
            green: "\u{1B}[32m",
            reset: "\u{1B}[0m"
        )
    }

    let palette: Palette
    /// Columns; lines are never longer.
    let width: Int

    /// The lines of a frame.
    func lines(_ figures: DemoFigures, inputs: [String: String?], page: String?) -> [String] {
        var lines = [headline(figures, page), ""]
        lines.append(self.inputs(inputs))
        lines.append(records(figures))
        lines.append("")
        lines += services(figures.services)
        lines.append("")
        lines += redactions(figures.redactions)
        lines.append("")
        lines.append(incident(figures.services))
        return lines
    }

    /// What to do next, printed when the demo ends.
    static let nextSteps = [
        "Next:  martlet run -c Config/host.yaml      your own containers' logs, to your Loki",
        "       martlet audit                        whether this host's containers are ready for production",
        "       martlet explain < app.log            what becomes of a line, and why",
        "       martlet redact  < app.log            the same redaction as a filter",
    ]

    private func headline(_ figures: DemoFigures, _ page: String?) -> String {
        let address = page.map { "   \($0)" } ?? ""
        return
            "\(palette.bold)martlet demo\(palette.reset)   \(Int(figures.seconds)) s\(palette.dim)\(address)\(palette.reset)"
    }

    private func inputs(_ inputs: [String: String?]) -> String {
        let parts = inputs.sorted { $0.key < $1.key }.map { name, problem in
            let label = name == "exec" ? "shop" : name
            guard let problem else { return "\(palette.green)\(label)\(palette.reset)" }
            return "\(palette.dim)\(label) (\(problem.prefix(max(20, width - 40))))\(palette.reset)"
        }
        return "inputs     " + parts.joined(separator: "  ")
    }

    private func records(_ figures: DemoFigures) -> String {
        let share = Int((figures.correlatedRatio * 100).rounded())
        return
            "records    \(palette.bold)\(Self.grouped(figures.records))\(palette.reset) read, \(Self.grouped(UInt64(figures.recordsPerSecond)))/s, "
            + "\(Self.bytes(figures.bytes)), \(share)% with a trace or request id"
    }

    private func services(_ services: [DemoFigures.Service]) -> [String] {
        var lines = [
            palette.dim + Self.pad("service", 16) + Self.left("req/s", 9) + Self.left("errors", 10)
                + Self.left("p50", 10)
                + Self.left("p95", 10) + Self.left("burn", 9) + palette.reset
        ]
        for service in services.prefix(10) {
            let colour = service.burnRate >= 14.4 ? palette.red : service.burnRate >= 1 ? palette.yellow : ""
            lines.append(
                colour + Self.pad(String(service.name.prefix(15)), 16)
                    + Self.left(Self.decimal(service.requestsPerSecond, 1), 9)
                    + Self.left(Self.decimal(service.errorRatio * 100, 2) + "%", 10)
                    + Self.left(Self.time(service.p50), 10)
                    + Self.left(Self.time(service.p95), 10) + Self.left(Self.decimal(service.burnRate, 1) + "x", 9)
                    + (colour.isEmpty ? "" : palette.reset)
            )
        }
        return lines
    }

    private func redactions(_ redactions: [(detector: String, count: UInt64)]) -> [String] {
        var lines: [String] = []
        var line = "redacted   "
        for (detector, count) in redactions.prefix(16) {
            let part = "\(detector) \(Self.grouped(count))  "
            if line.count + part.count > width {
                lines.append(line)
                line = "           "
            }
            line += part
        }
        return lines + [line]
    }

    private func incident(_ services: [DemoFigures.Service]) -> String {
        guard let worst = services.max(by: { $0.burnRate < $1.burnRate }), worst.burnRate >= 14.4 else {
            return
                "\(palette.green)no incident\(palette.reset)\(palette.dim): every service is inside its error budget\(palette.reset)"
        }
        let hours = 720 / worst.burnRate
        return
            "\(palette.red)\(palette.bold)INCIDENT\(palette.reset)\(palette.red)   \(worst.name) fails \(Self.decimal(worst.errorRatio * 100, 1))% of requests: "
            + "a 99.9% budget of 30 days is gone in \(Self.decimal(hours, 1)) h\(palette.reset)"
    }

    // MARK: Numbers

    static func grouped(_ number: UInt64) -> String {
        var text = String(number)
        var at = text.count - 3
        while at > 0 {
            text.insert(",", at: text.index(text.startIndex, offsetBy: at))
            at -= 3
        }
        return text
    }

    static func bytes(_ count: UInt64) -> String {
        if count < 1_000_000 { return decimal(Double(count) / 1000, 1) + " kB" }
        return decimal(Double(count) / 1_000_000, 1) + " MB"
    }

    static func time(_ seconds: Double?) -> String {
        guard let seconds else { return "-" }
        return seconds < 1 ? decimal(seconds * 1000, 0) + " ms" : decimal(seconds, 2) + " s"
    }

    /// A number with `digits` decimals, without Foundation.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let scaled = (value * scale).rounded()
        guard scaled.isFinite, scaled.magnitude < 1e15 else { return "-" }
        let whole = Int64(scaled)
        let unit = Int64(scale)
        let sign = whole < 0 ? "-" : ""
        let integer = String(whole.magnitude / UInt64(unit))
        guard digits > 0 else { return sign + integer }
        let fraction = String(whole.magnitude % UInt64(unit))
        return sign + integer + "." + String(repeating: "0", count: digits - fraction.count) + fraction
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
