/// One container, and what every check makes of it.
package struct ContainerReport: Sendable {
    /// A check and its verdict.
    package struct Result: Sendable {
        package let check: Check
        package let verdict: Verdict

        /// How bad the finding is, or would be.
        package var severity: Severity {
            if case .finding(_, _, let severity?) = verdict { severity } else { check.severity }
        }

        package var isFinding: Bool { verdict.status == "finding" }
    }

    package let id: String
    package let name: String
    package let service: String
    package let image: String
    /// In the order of the checks.
    package let results: [Result]

    /// Judges a container by some checks.
    package init(_ evidence: ContainerEvidence, by checks: [Check] = Check.all) {
        id = evidence.id
        name = Self.printable(evidence.name)
        service = Self.printable(evidence.service)
        image = Self.printable(evidence.config.Image.text ?? "")
        results = checks.map { Result(check: $0, verdict: $0.judge(evidence)) }
    }

    /// The findings, worst first.
    package var findings: [Finding] {
        results.filter(\.isFinding).enumerated()
            .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
            .compactMap { finding($0.element) }
    }

    /// How many findings there are of a severity.
    package func count(_ severity: Severity) -> Int { results.count { $0.isFinding && $0.severity == severity } }

    private func finding(_ result: Result) -> Finding? {
        guard case .finding(let field, _, _) = result.verdict else { return nil }
        let check = result.check
        return Finding(
            id: check.id,
            severity: result.severity.rawValue,
            container: name,
            service: service,
            title: check.title,
            field: field,
            evidence: Self.printable(result.verdict.evidence),
            why: check.why,
            mend: check.mend,
            references: check.references
        )
    }

    /// Without control characters: labels and variables are free text, and a terminal obeys it.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 })
        )
    }
}
