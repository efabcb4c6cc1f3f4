extension AuditReport {
    /// For a terminal: the verdicts, then what to mend, container by container.
    func table(coloured: Bool) -> String {
        let paint = Paint(isOn: coloured)
        guard !containers.isEmpty else { return "no containers\n" }
        var lines: [String] = []
        let width = services.map(\.service.count).max() ?? 0
        for service in services {
            let verdict = service.isGo ? paint.good("go   ") : paint.bad("NO-GO")
            lines.append("\(verdict)  \(Self.pad(service.service, width))  \(service.summary)")
        }
        for container in containers where !container.findings.isEmpty {
            lines += ["", paint.strong(container.name) + "  \(container.service), \(container.image)"]
            for finding in container.findings { lines += Self.lines(finding, paint) }
        }
        let unknown = Self.unknown(containers)
        if !unknown.isEmpty { lines += ["", "Could not be told:"] + unknown }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ finding: Finding, _ paint: Paint) -> [String] {
        let severity = pad(finding.severity, 8)
        let isBad = finding.severity == "critical" || finding.severity == "high"
        return [
            "  \(isBad ? paint.bad(severity) : severity)  \(finding.id): \(finding.evidence)",
            "            mend: \(finding.mend)",
        ]
    }

    /// One line for each check that was without evidence, with the containers.
    private static func unknown(_ containers: [ContainerReport]) -> [String] {
        Check.all.compactMap { check in
            let names = containers.filter { container in
                container.results.contains { $0.check.id == check.id && $0.verdict.status == "unknown" }
            }
            guard let first = names.first, let result = first.results.first(where: { $0.check.id == check.id }) else {
                return nil
            }
            let who = names.count == 1 ? first.name : "\(names.count) containers"
            return "  \(check.id): \(who): \(result.verdict.evidence)"
        }
    }

    static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Colours of a terminal.
    private struct Paint {
        let isOn: Bool

        func good(_ text: String) -> String { isOn ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
        func bad(_ text: String) -> String { isOn ? "\u{1B}[31m\(text)\u{1B}[0m" : text }
        func strong(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    }
}
