/// Go or no-go of one service: all its containers together.
package struct ServiceVerdict: Sendable, Equatable, Encodable {
    package let service: String
    package let containers: [String]
    /// `go` or `no-go`.
    package let verdict: String
    /// Findings by severity.
    package let findings: [String: Int]

    package var isGo: Bool { verdict == "go" }

    init(_ service: String, _ containers: [ContainerReport], failOn: Severity) {
        self.service = service
        self.containers = containers.map(\.name).sorted()
        var counts: [String: Int] = [:]
        for severity in Severity.allCases {
            counts[severity.rawValue] = containers.reduce(0) { $0 + $1.count(severity) }
        }
        findings = counts
        let isGo = Severity.allCases.allSatisfy { $0 < failOn || counts[$0.rawValue] == 0 }
        verdict = isGo ? "go" : "no-go"
    }

    /// `2 high, 1 low`.
    var summary: String {
        let parts = Severity.allCases.reversed().compactMap { severity -> String? in
            guard let count = findings[severity.rawValue], count > 0 else { return nil }
            return "\(count) \(severity.rawValue)"
        }
        return parts.isEmpty ? "nothing to mend" : parts.joined(separator: ", ")
    }
}
