import Audit
import Testing

/// What a check must make of a container that differs from the sound one in one thing.
struct Judgement: CustomTestStringConvertible, Sendable {
    let check: String
    let status: String
    /// A part of the evidence.
    let evidence: String
    var severity: Severity?
    let container: ContainerEvidence

    var testDescription: String { "\(check): \(evidence)" }

    static func finding(
        _ check: String,
        _ evidence: String,
        _ severity: Severity,
        _ container: ContainerEvidence
    ) -> Judgement {
        Judgement(check: check, status: "finding", evidence: evidence, severity: severity, container: container)
    }

    static func other(
        _ check: String,
        _ status: String,
        _ evidence: String,
        _ container: ContainerEvidence
    ) -> Judgement {
        Judgement(check: check, status: status, evidence: evidence, container: container)
    }

    /// The check says so, and no other thing.
    func expectItHolds() throws {
        let check = try #require(Check.all.first { $0.id == self.check }, "no check \(self.check)")
        let report = ContainerReport(container, by: [check])
        let result = try #require(report.results.first)
        #expect(result.verdict.status == status, "\(result.verdict)")
        #expect(result.verdict.evidence.contains(evidence), "\(result.verdict.evidence)")
        if let severity { #expect(result.severity == severity) }
    }
}
