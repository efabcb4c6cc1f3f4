import Audit
import Testing

/// The checks as a whole.
@Suite struct CatalogueTests {
    @Test("A sound container has no finding, and everything about it is known")
    func sound() {
        let report = ContainerReport(Sample.sound)
        #expect(report.findings == [])
        let others = report.results.filter { $0.verdict.status != "pass" }.map(\.check.id)
        // The engine of the fixture has neither AppArmor nor SELinux.
        #expect(others == ["apparmor-selinux"])
    }

    @Test("Ids are words that labels and rules can have, each once")
    func ids() {
        let ids = Check.all.map(\.id)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.allSatisfy { $0.isLowercase || $0 == "-" }, "\(id)") }
    }

    @Test("Every check says what, why, how to mend it, and where that comes from", arguments: Check.all.map(\.id))
    func texts(_ id: String) throws {
        let check = try #require(Check.all.first { $0.id == id })
        #expect(!check.title.isEmpty && !check.mend.isEmpty && !check.references.isEmpty)
        #expect(check.why.hasSuffix("."))
        #expect(!check.title.hasSuffix("."))
    }

    @Test("Every check has a finding among the tests")
    func covered() {
        let rows =
            SecurityCheckTests.rows + ReliabilityCheckTests.rows + ArtefactCheckTests.rows
            + ObservabilityCheckTests.rows
        let found = Set(rows.filter { $0.status == "finding" }.map(\.check))
        #expect(Set(Check.all.map(\.id)).subtracting(found) == [])
    }

    @Test("Without the engine's inspection nothing passes but what lines show")
    func withoutInspection() {
        let report = ContainerReport(Sample.sound.with { $0.inspect = .absent })
        let passes = report.results.filter { $0.verdict.status == "pass" }.map(\.check.id)
        #expect(passes == ["structured-logs", "log-ids", "no-personal-data-in-logs", "no-secrets-in-logs"])
        #expect(report.findings == [])
    }

    @Test("An inspection of the wrong types judges nothing wrongly")
    func wrongTypes() {
        let strange = """
            {"Config": {"User": 5, "Env": "x", "Image": [], "Labels": [1], "Healthcheck": {"Test": {"a": 1}}},
             "HostConfig": {"Memory": "much", "CapDrop": {"ALL": true}, "SecurityOpt": "x", "PidsLimit": 1.5}}
            """
        let report = ContainerReport(Sample.sound.with { $0.inspect = .json(strange) })
        let found = Set(report.findings.map(\.id))
        #expect(found.isSuperset(of: ["memory-limit", "pids-limit", "capabilities-dropped", "health-check"]))
    }
}
