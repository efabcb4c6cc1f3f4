import Audit
import Foundation
import FoundationXML
import Testing

/// Verdicts, and the formats of a report.
@Suite struct AuditReportTests {
    private let report = AuditReport(
        engine: Sample.answer("engine.json"),
        containers: [ContainerReport(Sample.sound), ContainerReport(Sample.careless)]
    )

    @Test("A service is a no-go with one finding of the severity that counts")
    func verdicts() {
        #expect(report.services.map(\.service) == ["bad", "checkout"])
        #expect(report.services.map(\.verdict) == ["no-go", "go"])
        #expect(!report.isGo)
    }

    @Test("All containers of a service count, and what counts can be chosen")
    func threshold() {
        let twin = Sample.sound.with("HostConfig.Memory", .number(0)).with { $0.name = "good-2" }
        let containers = [ContainerReport(Sample.sound), ContainerReport(twin)]
        let strict = AuditReport(engine: .absent, containers: containers)
        #expect(strict.services.map(\.containers) == [["good", "good-2"]])
        #expect(!strict.isGo)
        #expect(AuditReport(engine: .absent, containers: containers, failOn: .critical).isGo)
    }

    @Test("Findings come worst first, with what, why and how to mend it")
    func findings() throws {
        let found = ContainerReport(Sample.careless).findings
        let severities = try found.map { try #require(Severity(rawValue: $0.severity)) }
        #expect(severities == severities.sorted(by: >))
        #expect(found.prefix(2).map(\.id) == ["not-privileged", "no-engine-socket"])
        #expect(found.allSatisfy { !$0.why.isEmpty && !$0.mend.isEmpty && $0.evidence.hasPrefix($0.field) })
    }

    @Test("JSON holds every finding and every verdict, on one line")
    func json() throws {
        let text = report.text(.json)
        #expect(text.count { $0 == "\n" } == 1)
        let document = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let findings = try #require(document["findings"] as? [[String: Any]])
        #expect(findings.count == report.findings.count)
        #expect(
            Set(findings[0].keys).isSuperset(of: ["id", "severity", "container", "service", "evidence", "why", "mend"])
        )
        #expect(document["verdict"] as? String == "no-go")
        let containers = try #require(document["containers"] as? [[String: Any]])
        #expect((containers[0]["checks"] as? [Any])?.count == Check.all.count)
    }

    @Test("SARIF has a rule for each check and a located result for each finding")
    func sarif() throws {
        let log = try #require(JSONSerialization.jsonObject(with: Data(report.text(.sarif).utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
        let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        #expect(rules == Check.all.map(\.id))
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == report.findings.count)
        for result in results {
            #expect(rules.contains(result["ruleId"] as? String ?? ""))
            #expect(["error", "warning", "note"].contains(result["level"] as? String ?? ""))
            let location = try #require((result["locations"] as? [[String: Any]])?.first)
            #expect(location["physicalLocation"] != nil && location["logicalLocations"] != nil)
        }
    }

    @Test("JUnit is XML in which findings that count are failures")
    func junit() throws {
        let parser = XMLCount()
        let xml = XMLParser(data: Data(report.text(.junit).utf8))
        xml.delegate = parser
        #expect(xml.parse())
        #expect(parser.counts["testcase"] == 2 * Check.all.count)
        let counting = report.findings.count { $0.severity == "high" || $0.severity == "critical" }
        #expect(parser.counts["failure"] == counting)
    }

    @Test("Markdown and table name what is to be mended")
    func people() {
        for format in [AuditFormat.markdown, .table] {
            let text = report.text(format)
            #expect(text.contains("no-engine-socket") && text.lowercased().contains("no-go"))
            #expect(!text.contains("\u{1B}"))
        }
        #expect(report.text(.table, coloured: true).contains("\u{1B}[31m"))
        #expect(AuditReport(engine: .absent, containers: []).text(.table) == "no containers\n")
    }

    @Test("Names cannot break out of any format")
    func hostileNames() throws {
        let name = "x\"]]><b>|&\u{1}\n## y"
        let container = Sample.careless.with {
            $0.name = name
            $0.service = name
        }
        let report = AuditReport(engine: .absent, containers: [ContainerReport(container)])
        #expect(XMLParser(data: Data(report.text(.junit).utf8)).parse())
        #expect(try JSONSerialization.jsonObject(with: Data(report.text(.sarif).utf8)) is [String: Any])
        #expect(!report.text(.markdown).contains("\n## y"))
    }

    @Test("The same evidence gives the same bytes", arguments: AuditFormat.allCases)
    func deterministic(_ format: AuditFormat) {
        let again = AuditReport(
            engine: Sample.answer("engine.json"),
            containers: [ContainerReport(Sample.careless), ContainerReport(Sample.sound)]
        )
        #expect(again.text(format) == report.text(format))
    }

    private final class XMLCount: NSObject, XMLParserDelegate {
        var counts: [String: Int] = [:]

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            counts[name, default: 0] += 1
        }
    }
}
