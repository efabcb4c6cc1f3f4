extension AuditReport {
    /// For a change ticket: verdicts, then each finding with why and how to mend it.
    var markdown: String {
        var lines = [
            "# Production readiness: \(isGo ? "go" : "no-go")", "",
            "Docker Engine \(engine.version) on \(engine.system), \(engine.kernel). "
                + "A finding of severity \(failOn.rawValue) or worse is a no-go.",
            "", "| Service | Verdict | Findings | Containers |", "|---|---|---|---|",
        ]
        for service in services {
            let names = service.containers.joined(separator: ", ")
            lines.append(
                "| \(Self.cell(service.service)) | \(service.verdict) | \(service.summary) | \(Self.cell(names)) |"
            )
        }
        for container in containers where !container.findings.isEmpty {
            lines += [
                "", "## \(Self.cell(container.name))", "", "| Severity | Finding | Why | Mend |", "|---|---|---|---|",
            ]
            for finding in container.findings {
                let cells = ["`\(finding.id)`: \(finding.evidence)", finding.why, finding.mend].map(Self.cell)
                lines.append("| \(finding.severity) | \(cells.joined(separator: " | ")) |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A text that breaks no table and is no markup.
    private static func cell(_ text: String) -> String {
        var safe = ""
        for character in text {
            switch character {
            case "|": safe += "\\|"
            case "<": safe += "&lt;"
            case "\n", "\r", "\r\n": safe += " "
            default: safe.append(character)
            }
        }
        return safe
    }
}
