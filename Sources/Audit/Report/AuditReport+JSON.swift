extension AuditReport {
    /// `{"containers":[…],"engine":{…},"fail_on":…,"findings":[…],"services":[…],"verdict":…}` on one line.
    var json: String {
        JSONText.of(
            Document(
                verdict: isGo ? "go" : "no-go",
                failOn: failOn.rawValue,
                engine: engine,
                services: services,
                containers: containers.map(Document.Container.init),
                findings: findings
            )
        ) + "\n"
    }

    private struct Document: Encodable {
        let verdict: String
        let failOn: String
        let engine: Engine
        let services: [ServiceVerdict]
        let containers: [Container]
        let findings: [Finding]

        private enum CodingKeys: String, CodingKey {
            case verdict, engine, services, containers, findings
            case failOn = "fail_on"
        }

        struct Container: Encodable {
            let id: String
            let name: String
            let service: String
            let image: String
            let checks: [Judged]

            init(_ report: ContainerReport) {
                id = report.id
                name = report.name
                service = report.service
                image = report.image
                checks = report.results.map {
                    Judged(
                        id: $0.check.id,
                        status: $0.verdict.status,
                        severity: $0.severity.rawValue,
                        evidence: $0.verdict.evidence
                    )
                }
            }
        }

        struct Judged: Encodable {
            let id: String
            let status: String
            let severity: String
            let evidence: String
        }
    }
}
