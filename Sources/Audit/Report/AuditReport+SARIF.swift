extension AuditReport {
    /// SARIF 2.1.0: a rule for each check, a result for each finding, located as `docker://NAME#FIELD`.
    var sarif: String {
        let rules = Check.all.map { check in
            SARIF.Rule(
                id: check.id,
                shortDescription: .init(text: check.title + "."),
                fullDescription: .init(text: check.why),
                help: .init(text: check.mend),
                defaultConfiguration: .init(level: SARIF.level(check.severity)),
                properties: .init(tags: check.references, severity: SARIF.score(check.severity))
            )
        }
        let driver = SARIF.Driver(name: "martlet audit", rules: rules)
        let run = SARIF.Run(tool: .init(driver: driver), results: containers.flatMap(Self.results))
        return JSONText.of(SARIF.Log(runs: [run])) + "\n"
    }

    private static func results(_ container: ContainerReport) -> [SARIF.Result] {
        container.findings.map { finding in
            let place = "docker://\(container.name)"
            return SARIF.Result(
                ruleId: finding.id,
                level: SARIF.level(Severity(rawValue: finding.severity) ?? .low),
                message: .init(text: "\(container.name): \(finding.evidence). Mend: \(finding.mend)"),
                locations: [
                    .init(
                        physicalLocation: .init(artifactLocation: .init(uri: place)),
                        logicalLocations: [
                            .init(
                                name: container.name,
                                fullyQualifiedName: "\(place)#\(finding.field)",
                                kind: "resource"
                            )
                        ]
                    )
                ],
                partialFingerprints: ["containerAndCheck/v1": "\(container.service)/\(finding.id)"]
            )
        }
    }
}

/// The part of SARIF 2.1.0 that a report needs, under its own names.
private enum SARIF {
    struct Log: Encodable {
        let version = "2.1.0"
        let schema = "https://json.schemastore.org/sarif-2.1.0.json"
        let runs: [Run]

        private enum CodingKeys: String, CodingKey {
            case version, runs
            case schema = "$schema"
        }
    }

    struct Run: Encodable {
        let tool: Tool
        let results: [Result]
    }

    struct Tool: Encodable { let driver: Driver }

    struct Driver: Encodable {
        let name: String
        let rules: [Rule]
    }

    struct Rule: Encodable {
        let id: String
        let shortDescription: Message
        let fullDescription: Message
        let help: Message
        let defaultConfiguration: Level
        let properties: Properties
    }

    struct Level: Encodable { let level: String }

    struct Properties: Encodable {
        let tags: [String]
        let severity: String

        private enum CodingKeys: String, CodingKey {
            case tags
            case severity = "security-severity"
        }
    }

    struct Message: Encodable { let text: String }

    struct Result: Encodable {
        let ruleId: String
        let level: String
        let message: Message
        let locations: [Location]
        let partialFingerprints: [String: String]
    }

    struct Location: Encodable {
        let physicalLocation: Physical
        let logicalLocations: [Logical]
    }

    struct Physical: Encodable { let artifactLocation: Artifact }

    struct Artifact: Encodable { let uri: String }

    struct Logical: Encodable {
        let name: String
        let fullyQualifiedName: String
        let kind: String
    }

    static func level(_ severity: Severity) -> String {
        switch severity {
        case .critical, .high: "error"
        case .medium: "warning"
        case .low: "note"
        }
    }

    /// What GitHub sorts by.
    static func score(_ severity: Severity) -> String {
        switch severity {
        case .critical: "9.5"
        case .high: "8.0"
        case .medium: "5.5"
        case .low: "2.0"
        }
    }
}
