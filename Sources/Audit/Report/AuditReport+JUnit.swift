extension AuditReport {
    /// JUnit: a suite for each container, a case for each check; what is below `--fail-on` passes with a note.
    var junit: String {
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites name=\"martlet audit\">"]
        for container in containers {
            let failures = container.results.count { isFailure($0) }
            let skipped = container.results.count { isSkipped($0) }
            lines.append(
                "  <testsuite name=\"\(Self.escaped(container.name))\" tests=\"\(container.results.count)\" "
                    + "failures=\"\(failures)\" skipped=\"\(skipped)\">"
            )
            for result in container.results { lines += cases(result, container) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private func isFailure(_ result: ContainerReport.Result) -> Bool { result.isFinding && result.severity >= failOn }

    private func isSkipped(_ result: ContainerReport.Result) -> Bool {
        result.verdict.status == "unknown" || result.verdict.status == "inapplicable"
    }

    private func cases(_ result: ContainerReport.Result, _ container: ContainerReport) -> [String] {
        let evidence = Self.escaped(result.verdict.evidence)
        let head =
            "    <testcase classname=\"\(Self.escaped(container.service)).\(Self.escaped(container.name))\" "
            + "name=\"\(result.check.id)\""
        if isFailure(result) {
            let text = Self.escaped("\(result.check.why) Mend: \(result.check.mend)")
            return [
                head + ">",
                "      <failure type=\"\(result.severity.rawValue)\" message=\"\(evidence)\">\(text)</failure>",
                "    </testcase>",
            ]
        }
        if isSkipped(result) { return [head + ">", "      <skipped message=\"\(evidence)\"/>", "    </testcase>"] }
        guard result.isFinding else { return [head + "/>"] }
        return [
            head + ">", "      <system-out>\(result.severity.rawValue): \(evidence)</system-out>", "    </testcase>",
        ]
    }

    /// Without markup, and without the control characters that XML has no way to write.
    private static func escaped(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "\u{9}", "\u{A}", "\u{D}": safe += " "
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": safe += "?"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}
