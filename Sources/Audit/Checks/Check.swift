/// One question about a container: pure, from evidence to verdict.
///
/// Adding a check is one file with one of these, one line in `Check.all`, and a test.
package struct Check: Sendable {
    /// Names it in reports, labels and SARIF rules.
    package let id: String
    /// How much it matters, unless the verdict says otherwise.
    package let severity: Severity
    /// What should be so, as a sentence without its subject.
    package let title: String
    /// Why it matters, in one sentence.
    package let why: String
    /// How to mend it: the lines for Compose, where there are such.
    package let mend: String
    /// Numbers of the seed checklist (`A-4.1.1`) and of the CIS Docker Benchmark (`CIS 4.1`).
    package let references: [String]
    /// Needs the engine's inspection of the container.
    let needsInspection: Bool
    private let question: @Sendable (ContainerEvidence) -> Verdict

    /// Makes a check.
    init(
        _ id: String,
        _ severity: Severity,
        _ title: String,
        why: String,
        mend: String,
        references: [String],
        needsInspection: Bool = true,
        question: @escaping @Sendable (ContainerEvidence) -> Verdict
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.why = why
        self.mend = mend
        self.references = references
        self.needsInspection = needsInspection
        self.question = question
    }

    /// What it makes of a container.
    package func judge(_ container: ContainerEvidence) -> Verdict {
        if needsInspection, container.hostConfig.isAbsent || container.config.isAbsent {
            return .unknown("the engine did not say how the container was made")
        }
        return question(container)
    }
}
