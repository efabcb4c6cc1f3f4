extension AuditReport {
    /// For a terminal: the verdicts, what was found container by container, and once for each check why it matters
    /// and how to mend it.
    func table(coloured: Bool) -> String {
        let paint = Paint(isOn: coloured)
        guard !containers.isEmpty else { return "no containers\n" }
        var lines: [String] = []
        let width = services.map(\.service.count).max() ?? 0
        for service in services {
            let verdict = service.isGo ? paint.good("go   ") : paint.bad("NO-GO")
            lines.append("\(verdict)  \(Self.pad(service.service, width))  \(service.summary)")
        }
        let ids = findings.map(\.id.count).max() ?? 0
        for container in containers where !container.findings.isEmpty {
            lines += ["", paint.strong(container.name) + "  \(container.service), \(container.image)"]
            for finding in container.findings {
                let severity = Self.pad(finding.severity, 8)
                let isBad = finding.severity == "critical" || finding.severity == "high"
                let id = Self.pad(finding.id, ids)
                lines.append("  \(isBad ? paint.bad(severity) : severity)  \(id)  \(finding.evidence)")
            }
        }
        for (heading, rest) in [("Why, and how to mend it:", mending(paint)), ("Could not be told:", unknown)]
        where !rest.isEmpty {
            lines += ["", heading] + rest
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Of each check that found something.
    private func mending(_ paint: Paint) -> [String] {
        let found = Set(findings.map(\.id))
        return Check.all.filter { found.contains($0.id) }.flatMap { check in
            ["  \(paint.strong(check.id))  \(check.why)", "      \(check.mend)"]
        }
    }

    /// One line for each check that was without evidence, with the containers.
    private var unknown: [String] {
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
