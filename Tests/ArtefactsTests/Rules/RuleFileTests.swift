import Artefacts
import Foundation
import Testing

/// The rules as Prometheus' own tools see them.
@Suite(.serialized) struct RuleFileTests {
    private static let hasTools = Tool.isInstalled("promtool")

    @Test("promtool finds nothing wrong with the rules, and every alert passes its unit tests", .enabled(if: hasTools))
    func standard() throws { try check(Blueprints.standard, tests: "Martlet") }

    @Test("SLOs that differ in period, factor, hold, guard, labels and runbook pass too", .enabled(if: hasTools))
    func mixed() throws {
        try check(try Blueprints.mixed(), tests: "MartletErrorBudget")
        try check(try Blueprints.mixed(), tests: "MartletSLO")
    }

    private func check(_ blueprint: Blueprint, tests prefix: String) throws {
        let written = try WrittenArtefacts(ArtefactSet(blueprint).files(.alerts))
        defer { written.remove() }
        let folder = written.folder + "/alerts/prometheus"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".rules.yml") }
        #expect(files.count == 3)
        let lint = try Tool.run(["promtool", "check", "rules", "--lint=all", "--lint-fatal"] + files, in: folder)
        #expect(lint.status == 0, "\(lint.output)")
        let tests = try FileManager.default.contentsOfDirectory(atPath: folder + "/tests").sorted()
            .filter { $0.hasPrefix(prefix) }
        #expect(!tests.isEmpty)
        let result = try Tool.run(["promtool", "test", "rules"] + tests, in: folder + "/tests")
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("Every alert has a unit test that shows it firing and one that shows it quiet")
    func scenarios() {
        for alert in ArtefactSet(Blueprints.standard).ruleFiles.flatMap(\.alerts) {
            let checks = alert.scenarios.flatMap(\.checks)
            #expect(checks.contains { !$0.firing.isEmpty }, "\(alert.name) is never seen firing")
            if alert.severity != .none {
                #expect(checks.contains { $0.firing.isEmpty }, "\(alert.name) is never seen quiet")
            }
        }
    }

    @Test("Alertmanager takes its configuration", .enabled(if: Tool.isInstalled("amtool")))
    func alertmanager() throws {
        let written = try WrittenArtefacts(ArtefactSet(Blueprints.standard).files(.alerts))
        defer { written.remove() }
        let result = try Tool.run(
            ["amtool", "check-config", "inhibit.yml"],
            in: written.folder + "/alerts/alertmanager"
        )
        #expect(result.status == 0, "\(result.output)")
        let route = try Tool.run(
            ["amtool", "config", "routes", "test", "--config.file=inhibit.yml", "severity=critical"],
            in: written.folder + "/alerts/alertmanager"
        )
        #expect(route.output.hasSuffix("martlet-page\n"), "\(route.output)")
    }
}
