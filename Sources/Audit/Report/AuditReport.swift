/// The audit of one host's containers.
///
/// Deterministic: the same evidence gives the same bytes in every format.
package struct AuditReport: Sendable {
    /// What the engine says of itself.
    package struct Engine: Sendable, Encodable {
        package let version: String
        package let system: String
        package let kernel: String

        init(_ info: EngineAnswer) {
            version = info.ServerVersion.text ?? ""
            system = info.OperatingSystem.text ?? ""
            kernel = info.KernelVersion.text ?? ""
        }
    }

    package let engine: Engine
    /// By name.
    package let containers: [ContainerReport]
    /// Findings of this severity and worse make a service a no-go.
    package let failOn: Severity

    /// Makes a report.
    package init(engine: EngineAnswer, containers: [ContainerReport], failOn: Severity = .high) {
        self.engine = Engine(engine)
        self.containers = containers.sorted { ($0.name, $0.id) < ($1.name, $1.id) }
        self.failOn = failOn
    }

    /// All findings, by container, the worst of each first.
    package var findings: [Finding] { containers.flatMap(\.findings) }

    /// Go or no-go, no-go first.
    package var services: [ServiceVerdict] {
        Dictionary(grouping: containers, by: \.service)
            .map { ServiceVerdict($0.key, $0.value, failOn: failOn) }
            .sorted { ($0.verdict, $1.service) > ($1.verdict, $0.service) }
    }

    /// Whether every service is a go.
    package var isGo: Bool { services.allSatisfy(\.isGo) }

    /// The report in a format.
    package func text(_ format: AuditFormat, coloured: Bool = false) -> String {
        switch format {
        case .table: table(coloured: coloured)
        case .json: json
        case .markdown: markdown
        case .sarif: sarif
        case .junit: junit
        }
    }
}
